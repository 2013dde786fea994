"""The application that shows a recording, and nothing live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.ui.client_app import ClientApp
from client_tui.ui.recording_screen import RecordingScreen

if TYPE_CHECKING:
    from client_tui.settings import Settings
    from client_tui.ui.client_app import MakeFinder
    from client_tui.ui.recording_screen import Opened


class ViewerApp(ClientApp):
    """Shows the recording that was opened, called `name`."""

    def __init__(self, settings: Settings, opened: Opened, name: str, *, make_finder: MakeFinder) -> None:
        super().__init__(settings, make_finder)
        self._recording = RecordingScreen(settings, opened, name, make_finder)

    def on_mount(self) -> None:
        """Show the recording."""
        self.push_screen(self._recording)
