import asyncio
import gc
import subprocess
import sys
import threading

import pytest

from client_tui.threads import are_working, in_thread


async def test_it_returns_what_the_work_returns_from_another_thread():
    assert await in_thread(threading.current_thread, name="worker") is not threading.current_thread()


async def test_it_raises_what_the_work_raises():
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0, name="worker")


async def test_the_outcome_of_cancelled_work_is_dropped():
    begun, may_go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_go_on.wait()
        done.set()
        raise ValueError

    task = asyncio.ensure_future(in_thread(work, name="worker"))
    assert await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    may_go_on.set()
    assert await asyncio.to_thread(done.wait, 30)
    gc.collect()  # an exception that was never retrieved would be told of now


def test_nobody_waits_for_it_at_the_end():
    script = """
import asyncio, threading
from client_tui.threads import are_working, in_thread
async def main():
    task = asyncio.ensure_future(in_thread(threading.Event().wait, name="for ever"))
    await asyncio.sleep(0)
    print("left", flush=True)
asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert (ended.stdout, ended.stderr, ended.returncode) == ("left\n", "", 0)


async def test_it_is_told_whether_any_is_under_way():
    may_end = threading.Event()
    work = asyncio.create_task(in_thread(may_end.wait, name="work"))
    await asyncio.sleep(0)
    assert are_working()
    may_end.set()
    assert await work
    for thread in threading.enumerate():
        if thread.name == "work":  # it is about to end
            thread.join()
    assert not are_working()
