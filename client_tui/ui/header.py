"""The line at the top: the connection's state, its URL, the round trip, what was said and is kept."""

from __future__ import annotations

import math
import time
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from client_tui.core import amounts
from client_tui.core.failure import Failure, FailureKind
from client_tui.core.printable import printable
from client_tui.core.states import Closed, Closing, Connecting, Failed, Open, Retry, State
from client_tui.render.spans import chop

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.style import Style

_COUNTDOWN_SECONDS = 0.25
# For kinds whose own names say what it was about, but not that it failed.
_FAILED: Final = {
    FailureKind.NAME_LOOKUP: "name lookup failed",
    FailureKind.TLS: "TLS failed",
    FailureKind.REDIRECT: "redirected",
    FailureKind.HANDSHAKE: "handshake failed",
    FailureKind.PROXY: "proxy failed",
    FailureKind.TARGET: "URL or header unusable",
    FailureKind.OTHER: "failed",
}


class Kept(Enum):
    """What becomes of the session: its mark in the line, and the component class that colours it."""

    IN_FILE = ("● rec", "header--kept")
    NOWHERE = ("○ not kept", "header--meta")
    IN_TROUBLE = ("✗ rec", "header--failed")


class Light(NamedTuple):
    """A state in a symbol and a word or two, and the component class that colours them."""

    words: str
    style: str


def light(state: State, retry: str, *, brief: bool = False) -> Light:
    """Return how a state is shown; `retry` tells when the next attempt follows.

    What is `brief` leaves a close code's meaning out; the history has it.
    """
    match state:
        case Connecting():
            return Light("◌ connecting", "header--waiting")
        case Open():
            return Light("● open", "header--open")
        case Closing():
            return Light("◌ closing", "header--waiting")
        case Closed():
            style = "header--waiting" if state.retry else "header--closed"
            meaning = "" if brief else f" {state.meaning}"
            return Light(f"○ closed {state.code}{meaning}{retry}", style)
        case Failed():
            return Light(f"✗ {_failed(state.failure)}{retry}", "header--failed")


def _failed(failure: Failure) -> str:
    """Return what failed in a few words; all of them are in the history."""
    if failure.kind is FailureKind.HTTP_STATUS:
        return f"HTTP {failure.status}"
    return _FAILED.get(failure.kind, str(failure.kind.value))


def countdown(retry: Retry | None, now: float) -> str:
    """Return when a retry is due, in whole seconds: it is never said to be sooner than it is."""
    if retry is None:
        return ""
    return f" · retry {retry.number} in {max(0, math.ceil(retry.due - now))} s"


class ConnectionHeader(Widget):
    """Shows what it is told; counts down by itself while a retry is pending."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "header--name",
        "header--open",
        "header--waiting",
        "header--closed",
        "header--failed",
        "header--url",
        "header--meta",
        "header--sent",
        "header--received",
        "header--kept",
    }

    state: reactive[State] = reactive(Connecting())
    url: reactive[str] = reactive("")
    round_trip: reactive[float | None] = reactive(None)
    """In seconds; None while it is not known."""
    counts: reactive[tuple[int, int]] = reactive((0, 0))
    """How many data frames were sent, and how many received."""
    kept: reactive[Kept | None] = reactive(None)
    """What becomes of the session; None where that is not told."""
    remedy: reactive[str] = reactive("")
    """What helps where the connection is gone and nothing follows by itself."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock

    def on_mount(self) -> None:
        """Keep the countdown going."""
        self.set_interval(_COUNTDOWN_SECONDS, self.tick)

    def tick(self) -> None:
        """Look at the clock."""
        if self._is_retried:
            self.refresh()

    def watch_state(self, state: State) -> None:
        """Forget the round trip of a connection that is gone."""
        if not isinstance(state, Open):
            self.round_trip = None

    def render(self) -> Content:
        """Lay the line out; where there is not enough room, the URL gives way first."""
        width = self.size.width - 2
        right = self._right(width - self._light(0).cell_length - 1)
        state = self._light(width - right.cell_length - 2)
        name = Content.styled("jsonws-tui  ", self._style("header--name")) if width >= 90 else Content("")
        room = width - name.cell_length - state.cell_length - right.cell_length - 4
        url = Content.styled(shortened(printable(self.url), room), self._style("header--url"))
        gap = max(1, width - name.cell_length - state.cell_length - url.cell_length - right.cell_length - 2)
        return Content.assemble(" ", name, state, "  ", url, " " * gap, right)

    def _light(self, room: int) -> Content:
        """Return the state in as many words as there is room for."""
        follows = self._follows()
        fullest = light(self.state, follows)
        if cell_len(fullest.words) > room:
            fullest = light(self.state, follows, brief=True)
        if cell_len(fullest.words) > room and not self._is_retried:
            fullest = light(self.state, "", brief=True)
        return Content.styled(fullest.words, self._style(fullest.style))

    @property
    def _is_retried(self) -> bool:
        return isinstance(self.state, (Closed, Failed)) and self.state.retry is not None

    def _follows(self) -> str:
        """Return what comes after the state: the next attempt, or what helps where none comes."""
        if not isinstance(self.state, (Closed, Failed)):
            return ""
        if self.state.retry is None:
            return f" · {self.remedy}" if self.remedy else ""
        return countdown(self.state.retry, self._clock())

    def _right(self, room: int) -> Content:
        """Return the line's end, in `room` cells: what is told elsewhere too gives way."""
        trip = "" if self.round_trip is None else f"rtt {amounts.duration(self.round_trip)}"
        sent, received = self.counts
        mark, style = self.kept.value if self.kept else ("", "")
        parts = [
            Content.styled(trip, self._style("header--meta")),
            Content.assemble(
                Content.styled(f"▲ {sent:,}", self._style("header--sent")),
                "  ",
                Content.styled(f"▼ {received:,}", self._style("header--received")),
            ),
            Content.styled(mark, self._style(style)) if mark else Content(""),
        ]
        shown = [part for part in parts if part.cell_length]
        while shown and sum(part.cell_length + 2 for part in shown) - 2 > room:
            shown.pop(0)
        return Content("  ").join(shown)

    def _style(self, name: str) -> Style:
        return self.get_visual_style(name, partial=True)


def shortened(url: str, cells: int) -> str:
    """Cut a URL, or a path, in the middle: its beginning and the end of its path tell the most."""
    if cell_len(url) <= cells:
        return url
    if cells < 12:
        return ""
    head = chop(url, cells * 2 // 3 - 1)
    tail = url[-cells:]
    while cell_len(tail) > cells - cell_len(head) - 1:
        tail = tail[1:]
    return f"{head}…{tail}"
