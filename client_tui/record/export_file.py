"""An export as a new file: whole, or not there at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from client_tui.core.errors import ClientError
from client_tui.record.exports import export
from client_tui.record.private import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from client_tui.core.frame import Entry
    from client_tui.record.lines import Header

_TITLE = "Nothing was exported"


def export_file(path: Path, entries: Iterable[Entry], header: Header, to: str) -> int:
    """Write entries to a new file, for its owner alone, in the format `to`; return its size in bytes.

    Whatever keeps it from being written whole, also an exception out of `entries`, leaves no file.

    Raises:
        ClientError: there is such a file already, or it cannot be written.

    """
    descriptor = _make(path)
    try:
        with os.fdopen(descriptor, "wb") as out:
            export(entries, header, to, out)
            return out.tell()
    except OSError as error:
        _remove(path)
        raise ClientError(_TITLE, f"{path}: {error.strerror}") from error
    except BaseException:
        _remove(path)
        raise


def _make(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    except FileExistsError as error:
        raise ClientError(_TITLE, f"there is a file {path} already: name another") from error
    except OSError as error:
        raise ClientError(_TITLE, f"{path}: {error.strerror}") from error
    except ValueError as error:  # a NUL in it
        raise ClientError(_TITLE, f"{path}: {error}") from error


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
