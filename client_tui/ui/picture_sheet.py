"""The sheet that saves a picture of the screen, taken before the sheet lay over it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from client_tui.core import amounts
from client_tui.picture.cover import covered
from client_tui.picture.formats import still
from client_tui.picture.look import Look
from client_tui.picture.picture import Pane, Scene
from client_tui.record.new_file import write_new
from client_tui.threads import in_thread
from client_tui.ui.file_sheet import FileSheet, StoppedError
from client_tui.ui.screenshot import Camera
from client_tui.ui.secrets_shown import secrets_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from client_tui.picture.picture import Picture
    from client_tui.ui.client_app import ClientApp

_TITLE = "jsonws-tui"


class PictureSheet(FileSheet):
    """Writes `picture`, which was taken at `taken`, in seconds since the epoch."""

    TITLE_TEXT = "Save a picture of the screen"
    WRITTEN = "Picture saved"
    FORMATS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "svg": ("svg", "sharp at any size, its text can be selected: for documents"),
        "png": ("png", "pixels: for a chat, or for slides"),
        "txt": ("txt", "the text alone, row by row: for a mail, or to compare"),
        "html": ("html", "a page with text in colour: to copy from"),
    }

    def __init__(self, picture: Picture, *, is_covered: bool, taken: float, folder: Path) -> None:
        moment = datetime.fromtimestamp(taken)
        cells = f"{picture.width} × {picture.height} cells"
        secrets = " · secrets of headers are covered" if is_covered else ""
        super().__init__(f"{cells}{secrets}", f"jsonws-tui-{moment:%Y%m%d-%H%M%S}", folder)
        self._scene = Scene((Pane(picture, _TITLE),))

    async def write(self, path: Path) -> str:
        """Draw and write in a thread: pixels take a while."""
        self.say("drawing …")
        suffix = self.format
        return amounts.size(await in_thread(lambda: self._draw(path, suffix), name="picture"))

    def _draw(self, path: Path, suffix: str) -> int:
        data = still(suffix, self._scene, Look())
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
    """Return the sheet for a picture of what `app` shows; no secret gets that far."""
    picture = Camera(app).take()
    secrets = secrets_shown(picture, app.screen_stack, app.settings.headers)
    shown = covered(picture, secrets)
    return PictureSheet(shown, is_covered=shown != picture, taken=app.clock(), folder=Path.cwd())
