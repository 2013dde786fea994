"""An event loop whose time is a tape's: when it moves, when it stands still, and that it comes to rest."""

import asyncio
import sys
import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from client_tui.demo.tape_loop import SHORT
from client_tui.threads import in_thread
from tests.demo.conftest import on_tape_loop


def test_time_stands_still_while_the_world_works():
    async def work(loop):
        total = await in_thread(lambda: sum(range(300_000)), name="work")
        return total, loop.time()

    assert on_tape_loop(work) == (sum(range(300_000)), 0.0)


def test_a_child_is_heard_and_takes_no_time():
    async def work(loop):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-S", "-c", "print('hello')", stdout=asyncio.subprocess.PIPE
        )
        said, _ = await child.communicate()
        return said.strip(), child.returncode, loop.time()

    assert on_tape_loop(work) == (b"hello", 0, 0.0)


def test_a_socket_is_heard_and_takes_no_time():
    async def work(loop):
        async def echo(reader, writer):
            writer.write(await reader.readline())
            writer.close()
            await writer.wait_closed()

        async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(b"hello\n")
            said = await reader.read()
            writer.close()
            await writer.wait_closed()
        return said, loop.time()

    assert on_tape_loop(work) == (b"hello\n", 0.0)


def test_a_step_stops_at_each_timer_and_says_so():
    async def work(loop):
        fired = []
        for name, delay in (("c", 3.0), ("a", 1.0), ("b", 2.5)):
            loop.call_later(delay, fired.append, name)
        stops = []
        while loop.time() < 10.0:
            was_due = await loop.step(10.0)
            await loop.quiet()
            stops.append((loop.time(), was_due, "".join(fired)))
        return stops

    assert on_tape_loop(work) == [
        (1.0, True, "a"),
        (2.5, True, "ab"),
        (3.0, True, "abc"),
        (10.0, False, "abc"),
    ]


def test_a_timer_at_the_end_of_a_step_is_due():
    async def work(loop):
        fired = []
        loop.call_later(2.0, fired.append, "now")
        was_due = await loop.step(2.0)
        await loop.quiet()
        return was_due, fired, loop.time()

    assert on_tape_loop(work) == (True, ["now"], 2.0)


@settings(max_examples=30)
@given(st.lists(st.floats(SHORT, 100.0, exclude_min=True), max_size=8))
def test_timers_fire_in_the_order_in_which_they_are_due(delays):
    async def work(loop):
        fired = []
        for delay in delays:
            loop.call_later(delay, fired.append, delay)
        while loop.time() < 101.0:
            await loop.step(101.0)
            await loop.quiet()
        return fired

    assert on_tape_loop(work) == sorted(delays)


def test_a_step_into_the_past_is_none():
    async def work(loop):
        await loop.step(5.0)
        was_due = await loop.step(4.0)
        return was_due, loop.time()

    assert on_tape_loop(work) == (False, 5.0)


def test_short_pauses_take_no_time():
    async def work(loop):
        for _ in range(200):
            await asyncio.sleep(SHORT)
        return loop.time()

    assert on_tape_loop(work) == 0.0


def test_a_short_pause_is_over_only_when_there_is_nothing_else_to_do():
    async def work(loop):
        done = []
        loop.call_later(0.001, done.append, "pause")

        def go_on(left):
            done.append("work") if left == 0 else loop.call_soon(go_on, left - 1)

        loop.call_soon(go_on, 100)
        await loop.quiet()
        return done

    assert on_tape_loop(work) == ["work", "pause"]


def test_a_short_pause_can_be_called_off():
    async def work(loop):
        fired = []
        loop.call_later(0.001, fired.append, "never").cancel()
        loop.call_later(0.001, fired.append, "once")
        await loop.quiet()
        return fired

    assert on_tape_loop(work) == ["once"]


def test_it_comes_to_rest_although_somebody_polls():
    async def work(loop):
        polls = []

        def poll():
            polls.append(loop.time())
            loop.call_later(0.005, poll)

        poll()
        for _ in range(20):
            await loop.quiet()
        await loop.step(1.0)
        await loop.quiet(0.01)
        return len(polls) > 20, set(polls), loop.time()

    assert on_tape_loop(work) == (True, {0.0, 1.0}, 1.0)


def test_quiet_is_so_long_of_the_worlds_time():
    async def work(loop):
        before = time.monotonic()
        await loop.quiet(0.05)
        return time.monotonic() - before, loop.time()

    passed, now = on_tape_loop(work)
    assert passed >= 0.05
    assert now == 0.0


def test_quiet_begins_anew_with_what_comes_from_outside():
    async def work(loop):
        heard = []
        working = [asyncio.create_task(in_thread(lambda: sum(range(100_000)), name="work")) for _ in range(8)]
        for task in working:
            task.add_done_callback(lambda _: heard.append(time.monotonic()))
        while len(heard) < len(working):
            await loop.quiet(0.02)
        await loop.quiet(0.02)
        return time.monotonic() - heard[-1]

    assert on_tape_loop(work) >= 0.02


def test_several_may_wait_for_quiet_at_once():
    async def work(loop):
        await asyncio.gather(loop.quiet(0.02), loop.quiet(), loop.quiet(0.01))
        return loop.time()

    assert on_tape_loop(work) == 0.0


def test_a_step_that_is_called_off_moves_nothing_later():
    async def work(loop):
        stepping = asyncio.create_task(loop.step(5.0))
        await asyncio.sleep(0)
        stepping.cancel()
        with suppress(asyncio.CancelledError):
            await stepping
        await loop.quiet(0.01)
        return loop.time()

    assert on_tape_loop(work) == 0.0


def test_a_timeout_is_of_the_tapes_time():
    async def work(loop):
        async def wait():
            async with asyncio.timeout(2.0):
                await loop.create_future()

        waiting = asyncio.create_task(wait())
        await loop.quiet(0.01)
        was_over = waiting.done()
        await loop.step(10.0)
        await loop.quiet()
        return was_over, loop.time(), isinstance(waiting.exception(), TimeoutError)

    assert on_tape_loop(work) == (False, 2.0, True)


def test_in_the_end_time_passes_by_itself():
    async def work(loop):
        await loop.step(3.0)
        pause = asyncio.create_task(asyncio.sleep(0.01))
        await asyncio.sleep(0)
        loop.let_go()
        loop.let_go()
        await pause
        await asyncio.sleep(SHORT)
        await loop.quiet(SHORT)
        return await loop.step(1e9) or loop.time()

    assert on_tape_loop(work) >= 3.0 + 2 * SHORT - 0.01  # by the resolution of an event loop's clock


def test_it_has_listened_for_as_long_as_it_had_nothing_else_to_do():
    async def work(loop):
        await loop.quiet(0.05)
        after_silence = loop.listened
        sum(range(300_000))
        await loop.quiet()
        return after_silence, loop.listened - after_silence

    after_silence, after_work = on_tape_loop(work)
    assert 0.0 < after_silence < 0.051  # however long it took
    assert after_work == 0.0
