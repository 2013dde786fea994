"""The sheet that lists the recorded sessions, of which one can be opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from client_tui.core import amounts
from client_tui.core.printable import printable
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.record.sessions import SessionInfo

MOST: Final = 200
"""How many sessions are listed: the newest."""


class SessionsSheet(ModalScreen[Path | None]):
    """Lists what `read` returns, the newest first; ends with the path of the one that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.SHEET)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "session--time",
        "session--meta",
        "session--url",
        "session--live",
    }

    def __init__(self, read: Callable[[], Sequence[SessionInfo]]) -> None:
        super().__init__()
        self._read = read
        self._sessions: Sequence[SessionInfo] = ()

    def compose(self) -> ComposeResult:
        """Make the frame."""
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content("Recorded sessions")
            sheet.border_subtitle = Content("enter opens one")
            yield Static("looking …", id="sessions-words", markup=False)
            yield OptionList(id="sessions")
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(OptionList).display = False
        self._fill()

    @work(exclusive=True, group="sessions")
    async def _fill(self) -> None:
        """Read what there is in a thread: each file's beginning and end are looked at."""
        self._sessions = (await in_thread(self._read, name="sessions"))[:MOST]
        words = self.query_one("#sessions-words", Static)
        if not self._sessions:
            words.update(Content("There is none yet."))
            return
        words.display = False
        listed = self.query_one(OptionList)
        listed.add_options([Option(self._line(session)) for session in self._sessions])
        listed.display = True
        listed.highlighted = 0
        listed.focus()

    def _line(self, session: SessionInfo) -> Content:
        style = self.get_visual_style
        count = "?" if session.count is None else f"{session.count:,}"
        return Content.assemble(
            Content.styled(moment(session.started), style("session--time", partial=True)),
            Content.styled(f"{count:>11} ", style("session--meta", partial=True)),
            Content.styled(f"{amounts.size(session.size):>8}  ", style("session--meta", partial=True)),
            Content.styled("● " if session.is_live else "  ", style("session--live", partial=True)),
            Content.styled(printable(session.url), style("session--url", partial=True)),
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._sessions[event.option_index].path)


def moment(at: float) -> str:
    """Return a moment (seconds since the epoch) as a local date and time, in nineteen characters."""
    try:
        return f"{datetime.fromtimestamp(at):%Y-%m-%d %H:%M:%S}"
    except (OverflowError, ValueError, OSError):
        return "-" * 19
