"""The sheet that exports what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from client_tui.core import amounts
from client_tui.core.printable import printable
from client_tui.threads import in_thread
from client_tui.ui.file_sheet import FileSheet, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from client_tui.core.frame import Entry
    from client_tui.record.lines import Header

_PROGRESS_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: entries by their indices, out of `total`, and which `text` let them through."""

    indices: Sequence[int]
    total: int
    text: str
    entry: Callable[[int], Entry]
    header: Header


class ExportSheet(FileSheet):
    """Writes the entries that are `wanted`."""

    TITLE_TEXT = "Export what is shown"
    WRITTEN = "Exported"
    FORMATS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "ndjson": ("jsonl", "a line an entry; this client opens it again"),
        "json": ("json", "one document, for jq and for scripts"),
        "markdown": ("md", "to be read: in a report of a bug, say"),
        "har": ("har", "for the developer tools of a browser"),
    }

    def __init__(self, wanted: Export, folder: Path) -> None:
        super().__init__(_what(wanted), _stem(wanted), folder)
        self._wanted = wanted
        self._done = 0

    def on_mount(self) -> None:
        """Tell how far it has come, while it is written."""
        self.set_interval(_PROGRESS_SECONDS, self._show_progress)

    def _show_progress(self) -> None:
        if self.is_writing:
            count = len(self._wanted.indices)
            self.say(f"writing … {self._done * 100 // max(1, count)} %")

    async def write(self, path: Path) -> str:
        """Write in a thread, which goes on until it is told to stop."""
        from client_tui.record.export_file import export_file  # not needed for the first paint

        self._done = 0
        wanted, to = self._wanted, self.format
        size = await in_thread(lambda: export_file(path, self._entries(), wanted.header, to), name="export")
        return f"{_entries(len(wanted.indices))} · {amounts.size(size)}"

    def _entries(self) -> Iterator[Entry]:
        """Yield what is to be written; called in the thread."""
        for index in self._wanted.indices:
            if self.is_stopped:
                raise StoppedError
            yield self._wanted.entry(index)
            self._done += 1


def _what(wanted: Export) -> str:
    count, total = len(wanted.indices), wanted.total
    if wanted.text:
        return f"{_entries(count)} of {total:,}: what matches {printable(wanted.text)}"
    if count == total:
        return _entries(count)
    return f"{_entries(count)} of {total:,}: without pings, pongs and close frames"


def _entries(count: int) -> str:
    return f"{count:,} entr{'y' if count == 1 else 'ies'}"


def _stem(wanted: Export) -> str:
    """Return a name for the file, without its ending: when the conversation began."""
    try:
        return f"jsonws-{datetime.fromtimestamp(wanted.header.started):%Y-%m-%d-%H%M%S}"
    except (OverflowError, ValueError, OSError):
        return "jsonws-session"
