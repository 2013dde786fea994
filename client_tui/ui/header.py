"""The line at the top: the connection's state, its URL, the round trip, and how much was said."""

from __future__ import annotations

import math
import time
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
    }

    state: reactive[State] = reactive(Connecting())
    url: reactive[str] = reactive("")
    round_trip: reactive[float | None] = reactive(None)
    """In seconds; None while it is not known."""
    counts: reactive[tuple[int, int]] = reactive((0, 0))
    """How many data frames were sent, and how many received."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock

    def on_mount(self) -> None:
        """Keep the countdown going."""
        self.set_interval(_COUNTDOWN_SECONDS, self._tick)

    def _tick(self) -> None:
        if isinstance(self.state, (Closed, Failed)) and self.state.retry is not None:
            self.refresh()

    def watch_state(self, state: State) -> None:
        """Forget the round trip of a connection that is gone."""
        if not isinstance(state, Open):
            self.round_trip = None

    def render(self) -> Content:
        """Lay the line out; where there is not enough room, the URL gives way first."""
        width = self.size.width - 2
        right = self._right()
        state = self._light(width - right.cell_length - 2)
        name = Content.styled("jsonws-tui  ", self._style("header--name")) if width >= 90 else Content("")
        room = width - name.cell_length - state.cell_length - right.cell_length - 4
        url = Content.styled(_shortened(printable(self.url), room), self._style("header--url"))
        gap = max(1, width - name.cell_length - state.cell_length - url.cell_length - right.cell_length - 2)
        return Content.assemble(" ", name, state, "  ", url, " " * gap, right)

    def _light(self, room: int) -> Content:
        retry = self.state.retry if isinstance(self.state, (Closed, Failed)) else None
        when = countdown(retry, self._clock())
        words, style = light(self.state, when)
        if cell_len(words) > room:
            words, style = light(self.state, when, brief=True)
        return Content.styled(words, self._style(style))

    def _right(self) -> Content:
        sent, received = self.counts
        trip = "" if self.round_trip is None else f"rtt {amounts.duration(self.round_trip)}  "
        return Content.assemble(
            Content.styled(trip, self._style("header--meta")),
            Content.styled(f"▲ {sent:,}", self._style("header--sent")),
            "  ",
            Content.styled(f"▼ {received:,}", self._style("header--received")),
        )

    def _style(self, name: str) -> Style:
        return self.get_visual_style(name, partial=True)


def _shortened(url: str, cells: int) -> str:
    """Cut a URL in the middle: its host and the end of its path tell the most."""
    if cell_len(url) <= cells:
        return url
    if cells < 12:
        return ""
    head = chop(url, cells * 2 // 3 - 1)
    tail = url[-cells:]
    while cell_len(tail) > cells - cell_len(head) - 1:
        tail = tail[1:]
    return f"{head}…{tail}"
