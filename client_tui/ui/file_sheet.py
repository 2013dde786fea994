"""A sheet that asks for a format and a file's name, and writes a new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from client_tui.core.errors import ClientError
from client_tui.core.printable import printable
from client_tui.ui import keys
from client_tui.ui.key_line import KeyLine
from client_tui.ui.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.ui.client_app import ClientApp


class StoppedError(Exception):
    """The user has closed the sheet before all was written."""


class FileSheet(ModalScreen[Path | None]):
    """Asks, and lets a subclass write; `folder` is where a bare name leads.

    It ends with the path of the file, None where the user wants none. `what` says what is to
    be written. `stem` is the suggested name without its ending.
    """

    TITLE_TEXT: ClassVar[str]
    WRITTEN: ClassVar[str]
    """The title of the notification that tells of the file."""
    FORMATS: ClassVar[Mapping[str, tuple[str, str]]]
    """Each format's ending of a file's name, and what it is for."""
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.FILE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"file--chosen", "file--format", "file--meta"}

    def __init__(self, what: str, stem: str, folder: Path) -> None:
        super().__init__()
        self._what = what
        self._stem = stem
        self._folder = folder
        self._format = 0
        self.is_writing = False
        """Whether a file is being written."""
        self.is_stopped = False
        """Whether the user wants no file any more."""

    async def write(self, path: Path) -> str:
        """Write the new file in the format that is chosen, and return words about what is in it.

        Raises:
            ClientError: the file cannot be written.
            StoppedError: the sheet was closed meanwhile; no file stays.

        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Make the frame: what, in which format, to which file, and words below."""
        with Vertical(id="file") as frame:
            frame.border_title = Content(self.TITLE_TEXT)
            yield Static(self._what, id="file-what", markup=False)
            yield Static(id="file-formats", markup=False)
            yield from self.choices()
            with Horizontal(id="file-line"):
                yield Static("file", id="file-label")
                name = f"{self._stem}.{self._ending}"
                yield LineInput(name, id="file-name", compact=True, select_on_focus=False)
            yield Static(id="file-words", markup=False)
        yield KeyLine()

    def choices(self) -> ComposeResult:
        """Lay out what else can be chosen, below the formats."""
        yield from ()

    def on_mount(self) -> None:
        """Begin with the name, which the formats' keys leave alone."""
        self._show_formats()
        self.field.focus()

    @property
    def field(self) -> LineInput:
        """Where the file's name is typed."""
        return self.query_one(LineInput)

    @property
    def format(self) -> str:
        """The format that is chosen."""
        return list(self.FORMATS)[self._format]

    @property
    def _ending(self) -> str:
        return self.FORMATS[self.format][0]

    # ------------------------------------------------------------------ what is seen

    def _show_formats(self) -> None:
        lines = [self._format_line(name) for name in self.FORMATS]
        self.query_one("#file-formats", Static).update(Content("\n").join(lines))

    def _format_line(self, name: str) -> Content:
        is_chosen = name == self.format
        style = self.get_visual_style("file--chosen" if is_chosen else "file--format", partial=True)
        meta = self.get_visual_style("file--meta", partial=True)
        mark = "▸" if is_chosen else " "
        return Content.assemble(
            Content.styled(f"{mark} {name:<10}", style), Content.styled(self.FORMATS[name][1], meta)
        )

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Show words below the file's name."""
        line = self.query_one("#file-words", Static)
        line.set_class(is_wrong, "-wrong")
        line.update(Content(printable(words)))

    # ------------------------------------------------------------------ what the user does

    def action_format(self, direction: int) -> None:
        """Choose the format below or above; a name that ends as its format's files do ends anew."""
        before = f".{self._ending}"
        self._format = (self._format + direction) % len(self.FORMATS)
        self._show_formats()
        if self.field.value.endswith(before):
            self.field.value = f"{self.field.value.removesuffix(before)}.{self._ending}"
            self.field.cursor_position = len(self.field.value)

    @on(Input.Changed)
    def _changed(self) -> None:
        self.say("")

    def action_write(self) -> None:
        """Write the file."""
        if self.is_writing:
            return
        if not cast("ClientApp", self.app).writes_files:
            self.say("no file is written while a tape is played: its pictures are Screenshots", is_wrong=True)
            return
        name = self.field.value.strip()
        if not name:
            self.say("give the file a name", is_wrong=True)
            return
        try:
            path = self._folder / Path(name).expanduser()
        except RuntimeError:  # what pathlib says of a ~user that nobody knows
            self.say(f"there is no home folder for {name}", is_wrong=True)
            return
        self.is_writing = True
        self._write(path)

    @work(exclusive=True, group="file")
    async def _write(self, path: Path) -> None:
        try:
            words = await self.write(path)
        except ClientError as error:
            self.say(error.message, is_wrong=True)
            return
        except StoppedError:
            return
        finally:
            self.is_writing = False
        self.dismiss(path)
        self.app.notify(printable(f"{words} · {path}"), title=self.WRITTEN, timeout=10, markup=False)

    def action_close(self) -> None:
        """Put the sheet away; what is half-written goes too."""
        self.is_stopped = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Stop writing, however the sheet goes."""
        self.is_stopped = True
