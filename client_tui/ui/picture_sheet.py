"""The sheet that saves a picture of the screen, taken before the sheet lay over it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.content import Content
from textual.widgets import Static

from client_tui.core import amounts
from client_tui.picture.cover import covered, places
from client_tui.picture.formats import still
from client_tui.picture.look import Look
from client_tui.picture.picture import Pane, Scene
from client_tui.record.new_file import write_new
from client_tui.render.spans import chop
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.file_sheet import FileSheet, StoppedError
from client_tui.ui.screenshot import Camera
from client_tui.ui.secrets_shown import members_shown, secrets_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.secrets_told import Secret
    from client_tui.picture.picture import Picture
    from client_tui.ui.client_app import ClientApp

_TITLE: Final = "jsonws-tui"
_MOST_NAMES: Final = 4
_LONGEST_NAME: Final = 24  # cells


class Covered(NamedTuple):
    """A picture without its secrets, and in how many places it shows dots instead."""

    picture: Picture
    places: int


class Choice(NamedTuple):
    """What can be saved: a picture without any secret, or with those that documents tell under `names`."""

    covered: Covered
    shown: Covered
    names: tuple[str, ...]
    """The members whose values the first one covers; none where both are the same."""


class PictureSheet(FileSheet):
    """Writes the picture that is chosen; it was taken at `taken`, in seconds since the epoch."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.PICTURE)
    TITLE_TEXT = "Save a picture of the screen"
    WRITTEN = "Picture saved"
    FORMATS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "svg": ("svg", "sharp at any size, its text can be selected: for documents"),
        "png": ("png", "pixels: for a chat, or for slides"),
        "txt": ("txt", "the text alone, row by row: for a mail, or to compare"),
        "html": ("html", "a page with text in colour: to copy from"),
    }

    def __init__(self, choice: Choice, *, taken: float, folder: Path) -> None:
        self._choice = choice
        self._is_covered = True
        moment = datetime.fromtimestamp(taken)
        super().__init__(self._words, f"jsonws-tui-{moment:%Y%m%d-%H%M%S}", folder)

    @property
    def _chosen(self) -> Covered:
        return self._choice.covered if self._is_covered else self._choice.shown

    @property
    def _words(self) -> str:
        """How large the picture is, and in how many places it covers a secret."""
        picture, count = self._chosen
        cells = f"{picture.width} × {picture.height} cells"
        return f"{cells} · secrets are covered in {count} place{'s' * (count > 1)}" if count else cells

    # ------------------------------------------------------------------ what documents tell

    def choices(self) -> ComposeResult:
        """Let it be chosen whether the values of members are covered, where there are such."""
        if self._choice.names:
            yield Static(self._members, id="file-choice", markup=False)

    @property
    def _members(self) -> Content:
        names = [chop(name, _LONGEST_NAME) for name in self._choice.names[:_MOST_NAMES]]
        more = ", …" if len(self._choice.names) > _MOST_NAMES else ""
        mark = "x" if self._is_covered else " "
        return Content(f"[{mark}] cover what documents say as {', '.join(names)}{more}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to show the values of members only where there are such."""
        if action == "toggle_secrets":
            return bool(self._choice.names)
        return super().check_action(action, parameters)

    def action_toggle_secrets(self) -> None:
        """Show what documents tell after all, or cover it again; all other secrets stay covered."""
        if self.is_writing:
            return
        self._is_covered = not self._is_covered
        self.query_one("#file-choice", Static).update(self._members)
        self.query_one("#file-what", Static).update(self._words)

    # ------------------------------------------------------------------ the file

    async def write(self, path: Path) -> str:
        """Draw and write in a thread: pixels take a while."""
        self.say("drawing …")
        suffix, scene = self.format, Scene((Pane(self._chosen.picture, _TITLE),))
        return amounts.size(await in_thread(lambda: self._draw(path, suffix, scene), name="picture"))

    def _draw(self, path: Path, suffix: str, scene: Scene) -> int:
        data = still(suffix, scene, Look())
        if self.is_stopped:
            raise StoppedError
        return write_new(path, lambda out: out.write(data), otherwise="No picture was saved")


def take_picture(app: ClientApp) -> None:
    """Take a picture of what `app` shows, and open the sheet for it; over such a sheet do nothing."""
    if isinstance(app.screen, PictureSheet):
        return
    sheet = _sheet(app)

    def tell(path: Path | None) -> None:
        if path is not None and app.watching is not None:
            app.watching.see_picture(path, sheet.format)

    app.push_screen(sheet, tell)


def _sheet(app: ClientApp) -> PictureSheet:
    """Return the sheet for a picture of what `app` shows; no secret but those of documents gets that far."""
    picture = Camera(app).take()
    secrets = secrets_shown(picture, app.screen_stack, app.settings.headers)
    names, told = members_shown(app.screen_stack, secrets)
    shown, hidden = (_covered(picture, found) for found in (secrets, secrets | told))
    choice = Choice(hidden, shown, names if hidden != shown else ())
    return PictureSheet(choice, taken=app.clock(), folder=Path.cwd())


def _covered(picture: Picture, secrets: set[Secret]) -> Covered:
    shown = covered(picture, secrets)
    return Covered(shown, max(places(shown) - places(picture), int(shown != picture)))
