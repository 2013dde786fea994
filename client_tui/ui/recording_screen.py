"""A recording that was opened, shown as if it were live: all but the connection and the composer."""

from __future__ import annotations

import asyncio
import math
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import work

from client_tui.core.transcript import Transcript
from client_tui.record.lines import Header
from client_tui.ui import keys
from client_tui.ui.conversation import ConversationScreen
from client_tui.ui.key_line import KeyLine
from client_tui.ui.recording_header import RecordingHeader

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.frame import Entry
    from client_tui.settings import Settings
    from client_tui.ui.client_app import MakeFinder
    from client_tui.ui.history import HistoryPane

SLICE: Final = 2_000
"""How many entries are taken in between two turns of the event loop, at most."""
FOLLOW_SECONDS: Final = 0.25
"""How often a file that has been read is looked at again: it may grow."""
_GOES_TO: Final = "0123456789-"


class Opened(Protocol):
    """A recording that is read on, and read back."""

    header: Header | None

    def read(self, most: int) -> list[Entry]:
        """Return the next entries; none where there are no more for now."""

    @property
    def progress(self) -> float:
        """How much has been read, from 0 to 1."""

    @property
    def torn(self) -> str:
        """Why it cannot be read on, in words, or ""."""

    def __len__(self) -> int:
        """Return how many entries were read."""

    def __getitem__(self, index: int) -> Entry:
        """Return an entry that was read."""

    def fileno(self) -> int:
        """Return the file's descriptor."""

    def bounds(self, start: int) -> array[int]:
        """Return where the lines of the entries from `start` on begin."""

    def close(self) -> None:
        """Close the file."""


class Past:
    """A transcript's store that gets longer by being read only."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def append(self, entries: Sequence[Entry]) -> None:
        """Refuse: what was recorded is not added to."""
        raise NotImplementedError

    def __getitem__(self, index: int) -> Entry:
        return self._opened[index]


class RecordingScreen(ConversationScreen):
    """Shows a recording called `name`, and follows it while it grows.

    `reuse_in` takes an entry that is to be used again; None where there is no composer.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.RECORDING)

    def __init__(
        self,
        settings: Settings,
        opened: Opened,
        name: str,
        make_finder: MakeFinder,
        *,
        reuse_in: Callable[[Entry], None] | None = None,
    ) -> None:
        super().__init__(settings, Transcript(Past(opened)), lambda on_news: make_finder(opened, on_news))
        self._opened = opened
        self._called = name
        self._reuse_in = reuse_in
        self._damaged = 0
        self.header = RecordingHeader()
        """The line at the top."""

    def compose(self) -> ComposeResult:
        """Lay the panes out, from the top down."""
        yield self.header
        yield from self.panes()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin in the history, and read on."""
        self.history.focus()
        header = self.header
        header.name_of_file = self._called
        if self._opened.header is not None:
            header.url = self._opened.header.url
            header.started = _moment(self._opened.header.started)
        self._read_on(self.history)

    def on_unmount(self) -> None:
        """Close the file: nothing asks for its entries any more."""
        self._opened.close()

    @property
    def recorded_as(self) -> Header:
        """What the recording says of itself; where it says nothing, when it began."""
        start = self.transcript.at(0) if len(self.transcript) else 0.0
        return self._opened.header or Header("", "", start)

    # ------------------------------------------------------------------ reading

    @work(group="read")
    async def _read_on(self, history: HistoryPane) -> None:
        """Take the file in, a slice a turn of the loop, and look again when it has been read."""
        torn = ""
        while True:
            entries = self._opened.read(SLICE)
            if entries:
                self._take(entries)
                history.touch()
                await asyncio.sleep(0)
                continue
            self.header.progress = None
            self._tell_trouble(torn if torn == self._opened.torn else "")
            torn = self._opened.torn  # it may be a line that is being written: it is told when it stays
            await asyncio.sleep(FOLLOW_SECONDS)

    def _take(self, entries: Sequence[Entry]) -> None:
        is_first = not len(self.transcript)
        self.transcript.note(entries)
        self._damaged += sum(math.isnan(entry.at) for entry in entries)
        header = self.header
        header.counts = (self.transcript.sent, self.transcript.received)
        if is_first and not header.started:
            header.started = _moment(self.transcript.at(0))
        if header.progress is not None or is_first:
            header.progress = self._opened.progress
        self._tell_trouble("")

    def _tell_trouble(self, torn: str) -> None:
        damaged = (
            f"{self._damaged:,} damaged line{'' if self._damaged == 1 else 's'}" if self._damaged else ""
        )
        self.header.trouble = " · ".join(filter(None, (damaged, torn)))

    # ------------------------------------------------------------------ what the user does

    @property
    def is_base(self) -> bool:
        """Whether there is no other conversation below this one."""
        return self.app.screen_stack.index(self) == 1  # the first is Textual's own

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the history's way to the composer out: there is none."""
        if action == "to_composer":
            return False
        return super().check_action(action, parameters)

    def action_to_composer(self) -> None:
        """Go nowhere."""

    def take_typed(self, character: str) -> None:
        """Go to the place that is being typed, or look for the text."""
        bar = self.place_bar if character in _GOES_TO else self.search_bar
        bar.take_typed(character)

    def reuse(self, entry: Entry) -> None:
        """Hand an entry to the composer below."""
        if self._reuse_in is None:
            copy = self.keys_of("copy")
            self.notify(f"There is no composer here; {copy} copies the frame", severity="warning")
        else:
            self.app.call_later(self._reuse_in, entry)  # when this screen is gone
            self.app.pop_screen()

    def action_leave(self) -> None:
        """End the search, or the filter; where there is neither, close the recording."""
        if self.end_search():
            return
        if self.filter_bar.is_open:
            self.filter_bar.take_away()
        elif self.is_base:
            self.app.exit(return_code=0)
        else:
            self.app.pop_screen()


def _moment(at: float) -> str:
    try:
        return f"{datetime.fromtimestamp(at):%Y-%m-%d %H:%M:%S}"
    except (OverflowError, ValueError, OSError):
        return ""
