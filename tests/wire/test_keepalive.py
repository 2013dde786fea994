"""The keepalive on a loop whose clock the test turns."""

import heapq
from itertools import count

import pytest

from client_tui.wire.keepalive import Keepalive


class Timer:
    def __init__(self, action):
        self.action = action

    def cancel(self):
        self.action = None


class Clockwork:
    """The part of an event loop that a keepalive needs: timers, and a time that is set by hand."""

    def __init__(self):
        self.now = 0.0
        self._timers = []
        self._order = count()

    def call_later(self, delay, action):
        timer = Timer(action)
        heapq.heappush(self._timers, (self.now + delay, next(self._order), timer))
        return timer

    def turn_to(self, time):
        while self._timers and self._timers[0][0] <= time:
            self.now, _, timer = heapq.heappop(self._timers)
            if timer.action:
                timer.action()
        self.now = time


@pytest.fixture
def log():
    return []


def keepalive(loop, log, interval=20.0, timeout=20.0):
    return Keepalive(
        loop,
        interval,
        timeout,
        ping=lambda: log.append(("ping", loop.now)),
        lost=lambda: log.append(("lost", loop.now)),
    )


def test_pings_at_once_and_then_at_intervals(log):
    loop = Clockwork()
    alive = keepalive(loop, log)
    alive.beat()
    for second in range(0, 60, 10):
        loop.turn_to(second)
        alive.heard()
    assert log == [("ping", 0), ("ping", 20), ("ping", 40)]


def test_a_silent_peer_is_lost(log):
    loop = Clockwork()
    keepalive(loop, log, interval=20, timeout=5).beat()
    loop.turn_to(6)
    assert log == [("ping", 0), ("lost", 5)]


def test_a_peer_that_falls_silent_later_is_lost(log):
    loop = Clockwork()
    alive = keepalive(loop, log, interval=20, timeout=5)
    alive.beat()
    alive.heard()
    loop.turn_to(26)
    assert log == [("ping", 0), ("ping", 20), ("lost", 25)]


def test_a_peer_that_owes_a_sign_is_not_asked_again(log):
    loop = Clockwork()
    keepalive(loop, log, interval=1, timeout=10).beat()
    loop.turn_to(10)
    assert log == [("ping", 0), ("lost", 10)]


def test_stopped_it_asks_no_more(log):
    loop = Clockwork()
    alive = keepalive(loop, log)
    alive.beat()
    alive.stop()
    loop.turn_to(100)
    assert log == [("ping", 0)]
