import asyncio
import os
import signal
import sys
import threading

import pytest

from client_tui.ending import run_until_signalled
from tests.support.terminal import Terminal

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
# A screen that takes the terminal over and then waits for ever, whatever it is told.
HANGS = """
import asyncio, tty
from client_tui.ending import run_until_signalled
async def run():
    tty.setraw(0)
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(run_until_signalled(run, lambda status: None, patience=0.1))
"""


@pytest.mark.parametrize(("number", "status"), SIGNALS)
async def test_a_signal_asks_the_run_to_leave_with_its_status(number, status):
    left = asyncio.get_running_loop().create_future()

    async def run():
        os.kill(os.getpid(), number)
        assert await left == status

    await run_until_signalled(run, left.set_result)
    backstops = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    assert all(backstop.finished.is_set() for backstop in backstops)


@pytest.mark.parametrize(("number", "status"), SIGNALS)
def test_a_run_that_hangs_ends_all_the_same_and_the_terminal_is_as_it_was(number, status):
    with Terminal([sys.executable, "-c", HANGS], os.environ) as terminal:
        terminal.wait_for("ready")
        terminal.process.send_signal(number)
        assert terminal.wait() == status
        assert terminal.modes_now() == terminal.modes
        assert b"\x1b[?1049l" in terminal.raw
        assert b"\x1b[?25h" in terminal.raw
