"""How a tape's time passes for real clients of a real server."""

import time

from client_tui.demo.conductor import Conductor
from tests.demo.conftest import on_tape_loop, seated

MOMENT = 0.04
LIMIT = 120.0  # in seconds of the world: far more than anything here takes


def on_stage(url, play, **settings):
    """Open a client that has settled, and let a conductor play."""

    async def work(loop):
        async with seated(loop, url, **settings) as seat:
            painted = []
            conductor = Conductor(loop, [seat], MOMENT, lambda: painted.append(loop.time()))
            return await play(seat, conductor, painted)

    return on_tape_loop(work)


def rows_with(seat, mark):
    return [line for line in seat.puppet.picture().lines if mark in line]


def test_to_settle_is_to_be_connected_and_painted(lab):
    async def play(seat, conductor, painted):
        await conductor.settle()
        return seat.puppet.is_connected, rows_with(seat, "● open") != [], painted

    assert on_stage(lab.url, play) == (True, True, [0.0])


def test_to_settle_takes_no_longer_than_its_patience(lab):
    async def play(seat, conductor, painted):
        await conductor.settle(0.1)
        before = time.monotonic()
        await conductor.settle(0.1)  # it has waited already
        return seat.puppet.is_connected, seat.puppet.is_busy, painted, time.monotonic() - before < LIMIT

    assert on_stage(f"{lab.base}/lab/slow/?handshake=15", play) == (False, True, [0.0, 0.0], True)


def test_time_passes_as_it_is_told_and_replies_come_meanwhile(lab):
    async def play(seat, conductor, _painted):
        await conductor.settle()
        seat.puppet.send("[17]")
        await conductor.pass_time(0.5)
        return seat.pacer.sent, seat.pacer.received, [row.split()[:3] for row in rows_with(seat, "[17]")]

    assert on_stage(lab.url, play, latency=0.25) == (
        1,
        1,
        [["12:01:02.000", "▲", "[17]"], ["12:01:02.250", "▼", "[17]"]],
    )


def test_what_is_not_due_yet_does_not_come(lab):
    async def play(seat, conductor, _painted):
        await conductor.settle()
        seat.puppet.send("[17]")
        await conductor.pass_time(0.2)
        before = seat.pacer.received
        await conductor.pass_time(0.1)
        return before, seat.pacer.received

    assert on_stage(lab.url, play, latency=0.25) == (0, 1)


def test_time_that_passes_lets_in_what_is_due_by_then(lab):
    async def play(seat, conductor, _painted):
        await conductor.settle()
        await conductor.pass_time(1.0)
        return seat.pacer.received

    assert on_stage(f"{lab.base}/lab/flood/", play, interval=0.01, latency=0.01) == 100


def test_the_screen_is_painted_once_a_moment(lab):
    async def play(seat, conductor, painted):
        await conductor.settle()
        painted.clear()
        await conductor.pass_time(1.0)
        return len(painted) < 2 * 1.0 / MOMENT, seat.pacer.received

    assert on_stage(f"{lab.base}/lab/flood/", play, interval=0.001) == (True, 999)


def test_frame_by_frame_it_stops_at_the_frame_itself(lab):
    async def play(seat, conductor, _painted):
        is_over = await conductor.wait(lambda: seat.pacer.received >= 40, LIMIT, frame_by_frame=True)
        return is_over, seat.pacer.received, len(rows_with(seat, '"seq":40,'))

    assert on_stage(f"{lab.base}/lab/flood/", play) == (True, 40, 1)


def test_otherwise_it_stops_at_the_same_frame_each_time(lab):
    async def play(seat, conductor, _painted):
        is_over = await conductor.wait(lambda: rows_with(seat, '"seq":40,') != [], LIMIT)
        return is_over, seat.pacer.received

    first, second = (on_stage(f"{lab.base}/lab/flood/?hz=2000", play) for _ in range(2))
    assert first == second
    assert first[0]


def test_a_wait_has_its_limit(lab):
    async def play(_seat, conductor, _painted):
        return await conductor.wait(lambda: False, 0.1)

    assert on_stage(lab.url, play) is False


def test_it_waits_for_a_retry_in_the_tapes_time():
    async def play(seat, conductor, painted):
        await conductor.wait(lambda: rows_with(seat, "retry 3") != [], LIMIT)
        return seat.puppet.is_retrying, painted[-1] >= 0.4 + 0.9  # the first two delays

    assert on_stage("ws://127.0.0.1:9/", play) == (True, True)


def test_it_is_calm_once_nothing_more_is_expected(lab):
    async def play(seat, conductor, _painted):
        await conductor.settle()
        seat.puppet.send("[17]")
        await conductor.pass_time(0.0)
        while_asked = conductor.is_calm
        await conductor.wait(lambda: conductor.is_calm, LIMIT)
        return while_asked, conductor.is_calm, seat.pacer.received

    assert on_stage(lab.url, play) == (False, True, 1)
