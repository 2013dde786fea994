"""Looks for things in a recording by way of a child process, and never waits for it."""

from __future__ import annotations

import asyncio
import signal
from array import array
from dataclasses import dataclass
from itertools import count
from subprocess import SubprocessError
from typing import TYPE_CHECKING, Final

from client_tui.core.query import Mistake, parse
from client_tui.finding.messages import Bounds, Find, GaveUp, Looked, Stop, Wrong
from client_tui.finding.news import Failed, Found, WrongQuery
from client_tui.finding.process import Process
from client_tui.finding.watch import TOO_LONG, where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.finding.messages import Message
    from client_tui.finding.news import News
    from client_tui.record.line_file import Lines

LIMIT_SECONDS: Final = 2.0
"""The processor's time that an expression may take for one entry. Large entries have more."""
PATIENCE_SECONDS: Final = 0.25
"""For how long the child may go on with an entry for the sake of what is looked for no more."""
BETWEEN_SECONDS: Final = 0.05
"""How long the child waits for the next word of what was recorded meanwhile."""
REST_SECONDS: Final = 20.0
"""After how long the child is ended while there is nothing to look for."""
_TRIES: Final = 3


@dataclass(slots=True)
class _Search:
    """Something that is looked for. What stands from `low` up to `high` was looked at; None at first."""

    serial: int
    name: str
    queries: tuple[str, ...]
    control: bool
    low: int | None = None
    high: int | None = None


class Finder:
    """Finds in a recording, of which `lines` tells, what matches queries; see `core.query`.

    The newest entries are looked at first, and those that are recorded meanwhile in between.
    `on_news` hears of it, from the event loop and never from within a call; that of an
    earlier `find` of the same name never comes after a later one. An expression that takes
    longer than `limit` seconds for one entry is given up.
    """

    def __init__(
        self, lines: Lines, on_news: Callable[[News], None], *, limit: float = LIMIT_SECONDS
    ) -> None:
        self._lines = lines
        self._on_news = on_news
        self._limit = limit
        self._serials = count(1)
        self._searches: dict[str, _Search] = {}
        self._process: Process | None = None
        self._is_started = False
        self._told = 0  # how many bounds the child knows
        self._last = array("Q")  # the last of them
        self._tries = 0  # how often it was started since it said anything
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._is_closed = False

    # ------------------------------------------------------------------ what is asked

    def prepare(self) -> None:
        """Start the child, if it does not run: something is about to be looked for."""
        self._start()
        self._rest()

    def find(self, name: str, queries: Sequence[str], *, control: bool) -> None:
        """Look for what matches all of `queries`, in place of what was looked for under that name.

        Without `control`, pings, pongs and close frames are left out.
        """
        self.stop(name)
        if self._is_closed:
            return
        search = _Search(next(self._serials), name, tuple(queries), control)
        self._searches[name] = search
        self._cancel("rest")
        mistakes = [(number, parse(query)) for number, query in enumerate(search.queries)]
        for number, mistake in mistakes:
            if isinstance(mistake, Mistake):  # the child would say so too, a moment later
                wrong = Wrong(search.serial, number, mistake)
                asyncio.get_running_loop().call_soon(self._hear, wrong)
                return
        self._start()
        if self._is_started:
            self._tell_bounds()
            self._tell(search)

    def stop(self, name: str) -> None:
        """Look no further for what goes by that name."""
        search = self._searches.pop(name, None)
        if search is None:
            return
        if self._process is not None and self._is_started:
            self._process.send(Stop(search.serial))
            place = self._process.look()
            if place[0] == search.serial:
                self._later("stuck", PATIENCE_SECONDS, self._end_stuck, self._process, place)
        self._rest()

    def touch(self) -> None:
        """Look at what was recorded meanwhile, too."""
        if self._searches and self._is_started and "bounds" not in self._timers:
            self._later("bounds", BETWEEN_SECONDS, self._tell_bounds)

    async def close(self) -> None:
        """End the child. Nothing is found any more."""
        self._is_closed = True
        self._searches.clear()
        for name in list(self._timers):
            self._cancel(name)
        self._end()
        while self._tasks:
            await asyncio.wait(self._tasks)

    # ------------------------------------------------------------------ the child

    def _start(self) -> None:
        if self._process is None and not self._is_closed:
            self._tries += 1
            self._process = Process(self._lines.fileno(), self._limit, self._hear, self._ended)
            self._is_started = False
            task = asyncio.get_running_loop().create_task(self._run(self._process))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, process: Process) -> None:
        """Run a child until it ends."""
        try:
            await process.start()
        except (OSError, ValueError, SubprocessError) as error:  # no memory, or no processes left
            if process is self._process:
                self._process = None
                self._fail_all(f"the process that looks for it cannot be started: {error}")
            return
        if process is self._process:
            self._is_started = True
            self._told, self._last = 0, array("Q")
            self._tell_bounds()
            for search in self._searches.values():
                self._tell(search)
        await process.wait()

    def _end(self) -> None:
        """End the child that there is; whoever looks for something starts another."""
        if self._process is not None:
            self._process.kill()
        self._process = None
        self._is_started = False

    def _ended(self) -> None:
        """Say for what the child has died, and go on with the rest."""
        process = self._process
        if process is None:
            return
        serial, index = process.place
        status = process.returncode or 0
        self._end()
        search = self._by_serial(serial)
        if search is not None:
            self._tries = 0
            self._fail(search, _words(status, index))
        elif self._tries >= _TRIES:
            self._fail_all(f"the process that looks for it ends at once ({_status(status)})")
        if self._searches:
            self._start()

    def _end_stuck(self, process: Process, place: tuple[int, int]) -> None:
        """Start anew if the child still looks at the same entry for the sake of what nobody asks any more."""
        if process is self._process and process.look() == place and self._by_serial(place[0]) is None:
            self._end()
            if self._searches:
                self._start()

    def _rest(self) -> None:
        """End the child in a while if there is nothing to look for until then."""
        if not self._searches and not self._is_closed:
            self._later("rest", REST_SECONDS, self._end)

    # ------------------------------------------------------------------ what is said to it

    def _tell(self, search: _Search) -> None:
        if self._process is not None:
            self._process.send(Find(search.serial, search.queries, search.control, search.low, search.high))

    def _tell_bounds(self) -> None:
        """Say where the lines end that were recorded meanwhile; those that are being written follow soon."""
        self._tell_new_bounds()
        if max(0, self._told - 1) < len(self._lines):
            self.touch()

    def _tell_new_bounds(self) -> None:
        process, descriptor = self._process, self._lines.fileno()
        if process is None or not self._is_started:
            return
        if descriptor < 0:  # there is nothing yet, or it was closed
            return
        if process.descriptor != descriptor:
            self._end()
            self._start()
            return
        start = max(0, self._told - 1)
        bounds = self._lines.bounds(start)
        if self._lines.fileno() == descriptor and bounds != self._last:
            self._told = start + len(bounds)
            self._last = bounds[-1:]
            process.send(Bounds(start, bounds))

    # ------------------------------------------------------------------ what it says

    def _hear(self, message: Message) -> None:
        self._tries = 0
        match message:
            case Looked(serial, low, high, total, unread, hits):
                search = self._by_serial(serial)
                if search is not None:
                    search.low = low if search.low is None else min(low, search.low)
                    search.high = high if search.high is None else max(high, search.high)
                    self._on_news(Found(search.name, serial, low, high, hits, total, unread))
            case Wrong(serial, query, mistake):
                search = self._by_serial(serial)
                if search is not None:
                    self._drop(search)
                    self._on_news(WrongQuery(search.name, mistake, query))
            case GaveUp(serial, words):
                search = self._by_serial(serial)
                if search is not None:
                    self._fail(search, words)

    def _by_serial(self, serial: int) -> _Search | None:
        return next((search for search in self._searches.values() if search.serial == serial), None)

    def _drop(self, search: _Search) -> None:
        del self._searches[search.name]
        self._rest()

    def _fail(self, search: _Search, words: str) -> None:
        self._drop(search)
        self._on_news(Failed(search.name, words))

    def _fail_all(self, words: str) -> None:
        for search in list(self._searches.values()):
            self._fail(search, words)

    # ------------------------------------------------------------------ timers

    def _later(self, name: str, seconds: float, call: Callable[..., None], *args: object) -> None:
        """Call something in a while, in place of what was to be called under that name."""
        self._cancel(name)
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, self._now, name, call, args)

    def _now(self, name: str, call: Callable[..., None], args: Sequence[object]) -> None:
        del self._timers[name]
        call(*args)

    def _cancel(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()


def _words(status: int, index: int) -> str:
    """Say why a child ended that looked at an entry."""
    if status == -TOO_LONG:
        return f"the expression takes too long {where(index)}"
    if status == -signal.SIGABRT:  # what jq does where there is no memory
        return f"the expression takes too much memory {where(index)}"
    return f"the process that looks for it ended {where(index)} ({_status(status)}): ask again to go on"


def _status(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"
