"""The sheet that exports what is shown: in which format, and to which file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from client_tui.core import amounts
from client_tui.core.errors import ClientError
from client_tui.core.printable import printable
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.key_line import KeyLine
from client_tui.ui.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.frame import Entry
    from client_tui.record.lines import Header

FORMATS: Final = {
    "ndjson": ("jsonl", "a line an entry; this client opens it again"),
    "json": ("json", "one document, for jq and for scripts"),
    "markdown": ("md", "to be read: in a report of a bug, say"),
    "har": ("har", "for the developer tools of a browser"),
}
"""Each format's ending of a file's name, and what it is for."""
_PROGRESS_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: entries by their indices, out of `total`, and which `text` let them through."""

    indices: Sequence[int]
    total: int
    text: str
    entry: Callable[[int], Entry]
    header: Header


class StoppedError(Exception):
    """The user has closed the sheet before all was written."""


class ExportSheet(ModalScreen[None]):
    """Asks for a format and a file's name, and writes; `folder` is where a bare name leads."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.EXPORT)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"export--chosen", "export--format", "export--meta"}

    def __init__(self, wanted: Export, folder: Path) -> None:
        super().__init__()
        self._wanted = wanted
        self._folder = folder
        self._format = 0
        self._done = 0
        self._is_running = False
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Make the frame: what, in which format, to which file, and words below."""
        with Vertical(id="export") as frame:
            frame.border_title = Content("Export what is shown")
            yield Static(self._what(), id="export-what", markup=False)
            yield Static(id="export-formats", markup=False)
            with Horizontal(id="export-line"):
                yield Static("file", id="export-label")
                yield LineInput(self._suggested_name(), id="export-file", compact=True, select_on_focus=False)
            yield Static(id="export-words", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the name, which the formats' keys leave alone."""
        self._show_formats()
        self.field.focus()
        self.set_interval(_PROGRESS_SECONDS, self._show_progress)

    @property
    def field(self) -> LineInput:
        """Where the file's name is typed."""
        return self.query_one(LineInput)

    @property
    def format(self) -> str:
        """The format that is chosen."""
        return list(FORMATS)[self._format]

    # ------------------------------------------------------------------ what is seen

    def _what(self) -> str:
        count, total = len(self._wanted.indices), self._wanted.total
        entries = f"{count:,} entr{'y' if count == 1 else 'ies'}"
        if self._wanted.text:
            return f"{entries} of {total:,}: what matches {printable(self._wanted.text)}"
        return entries if count == total else f"{entries} of {total:,}: without pings, pongs and close frames"

    def _show_formats(self) -> None:
        lines = [self._format_line(name) for name in FORMATS]
        self.query_one("#export-formats", Static).update(Content("\n").join(lines))

    def _format_line(self, name: str) -> Content:
        is_chosen = name == self.format
        style = self.get_visual_style("export--chosen" if is_chosen else "export--format", partial=True)
        meta = self.get_visual_style("export--meta", partial=True)
        mark = "▸" if is_chosen else " "
        return Content.assemble(
            Content.styled(f"{mark} {name:<10}", style), Content.styled(FORMATS[name][1], meta)
        )

    def _suggested_name(self) -> str:
        """Return a name for the file: when the conversation began."""
        try:
            began = f"{datetime.fromtimestamp(self._wanted.header.started):%Y-%m-%d-%H%M%S}"
        except (OverflowError, ValueError, OSError):
            began = "session"
        return f"jsonws-{began}.{FORMATS[self.format][0]}"

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        line = self.query_one("#export-words", Static)
        line.set_class(is_wrong, "-wrong")
        line.update(Content(printable(words)))

    def _show_progress(self) -> None:
        if self._is_running:
            count = len(self._wanted.indices)
            self._say(f"writing … {self._done * 100 // max(1, count)} %")

    # ------------------------------------------------------------------ what the user does

    def action_format(self, direction: int) -> None:
        """Choose the format below or above; a name that ends as its format's files do ends anew."""
        before = f".{FORMATS[self.format][0]}"
        self._format = (self._format + direction) % len(FORMATS)
        self._show_formats()
        if self.field.value.endswith(before):
            self.field.value = f"{self.field.value.removesuffix(before)}.{FORMATS[self.format][0]}"
            self.field.cursor_position = len(self.field.value)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._say("")

    def action_export(self) -> None:
        """Write the file."""
        if self._is_running:
            return
        name = self.field.value.strip()
        if not name:
            self._say("give the file a name", is_wrong=True)
            return
        try:
            path = self._folder / Path(name).expanduser()
        except RuntimeError:  # what pathlib says of a ~user that nobody knows
            self._say(f"there is no home folder for {name}", is_wrong=True)
            return
        self._write(path)

    @work(exclusive=True, group="export")
    async def _write(self, path: Path) -> None:
        """Write in a thread, which goes on until it is told to stop."""
        from client_tui.record.export_file import export_file  # not needed for the first paint

        self._is_running, self._done = True, 0
        wanted, to = self._wanted, self.format
        try:
            size = await in_thread(
                lambda: export_file(path, self._entries(), wanted.header, to), name="export"
            )
        except ClientError as error:
            self._is_running = False
            self._say(error.message, is_wrong=True)
            return
        except StoppedError:
            return
        self.dismiss()
        count = len(wanted.indices)
        words = f"{count:,} entr{'y' if count == 1 else 'ies'} · {amounts.size(size)} · {path}"
        self.app.notify(printable(words), title="Exported", timeout=10, markup=False)

    def _entries(self) -> Iterator[Entry]:
        """Yield what is to be written; called in the thread."""
        for index in self._wanted.indices:
            if self._is_stopped:
                raise StoppedError
            yield self._wanted.entry(index)
            self._done += 1

    def action_close(self) -> None:
        """Put the sheet away; what is half-written goes too."""
        self._is_stopped = True
        self.dismiss()

    def on_unmount(self) -> None:
        """Stop writing, however the sheet goes."""
        self._is_stopped = True
