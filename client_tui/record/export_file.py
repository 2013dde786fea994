"""An export as a new file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.record.exports import export
from client_tui.record.new_file import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from client_tui.core.frame import Entry
    from client_tui.record.lines import Header


def export_file(path: Path, entries: Iterable[Entry], header: Header, to: str) -> int:
    """Write entries to a new file, for its owner alone, in the format `to`; return its size in bytes.

    Whatever keeps it from being written whole, also an exception out of `entries`, leaves no file.

    Raises:
        ClientError: there is such a file already, or it cannot be written.

    """
    return write_new(path, lambda out: export(entries, header, to, out), otherwise="Nothing was exported")
