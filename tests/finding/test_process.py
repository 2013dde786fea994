import asyncio
import signal
import sys
from pathlib import Path

import pytest

from client_tui.finding.messages import Bounds, Find, Looked
from client_tui.finding.process import Process, child_command, child_environment
from client_tui.finding.watch import TOO_LONG
from tests.support.recorded import text

PATIENCE = 60.0  # in seconds: far more than anything here takes


class Owner:
    """Whoever started a child: what it heard."""

    def __init__(self, recorded=None, limit=100.0):
        descriptor = -1 if recorded is None else recorded.fileno()
        self.heard = asyncio.Queue()
        self.process = Process(descriptor, limit, self.heard.put_nowait, lambda: self.heard.put_nowait(None))

    async def hear(self):
        """Return the next thing that is said; None at the end."""
        return await asyncio.wait_for(self.heard.get(), PATIENCE)


@pytest.fixture
async def start():
    """Start children that are ended in the end."""
    owners = []

    async def started(*args, **options):
        owners.append(Owner(*args, **options))
        await owners[-1].process.start()
        return owners[-1]

    yield started
    for owner in owners:
        owner.process.kill()
        await owner.process.wait()


def told(recorded):
    return Bounds(0, recorded.bounds(0))


async def test_it_is_spoken_to_and_heard(start, record):
    recorded = record(text("1"), text("2"))
    owner = await start(recorded)
    owner.process.send(told(recorded))
    owner.process.send(Find(3, ("2",), False))
    looked = await owner.hear()
    assert isinstance(looked, Looked)
    assert (looked.serial, list(looked.hits)) == (3, [1])
    assert owner.process.returncode is None


async def test_without_a_recording(start):
    owner = await start()
    owner.process.send(Find(3, ("2",), False))
    assert (await owner.hear()).total == 0


async def test_its_end_is_told_after_all_that_it_said(start, record):
    recorded = record(text("1"), text("2"))
    owner = await start(recorded, limit=0.2)
    owner.process.send(told(recorded))
    owner.process.send(Find(3, ("1",), False))
    owner.process.send(Find(4, (". == 1 and last(repeat(1))",), False))
    assert (await owner.hear()).serial == 3
    assert await owner.hear() is None
    assert owner.process.returncode == -TOO_LONG
    assert owner.process.look() == owner.process.place == (4, 0)
    await owner.process.wait()
    owner.process.send(Find(5, ("1",), False))  # nobody is there


async def test_nothing_is_heard_of_one_that_was_killed(start, record):
    recorded = record(*[text("1")] * 1000)
    owner = await start(recorded)
    owner.process.send(told(recorded))
    for serial in range(1, 50):
        owner.process.send(Find(serial, (".",), False))
    await owner.hear()
    owner.process.kill()
    already = owner.heard.qsize()
    await owner.process.wait()
    assert owner.heard.qsize() == already
    assert owner.process.returncode == -signal.SIGKILL
    owner.process.kill()
    owner.process.send(Find(100, (".",), False))


async def test_one_that_is_killed_before_it_runs():
    owner = Owner()
    starting = asyncio.create_task(owner.process.start())
    await asyncio.sleep(0)
    owner.process.kill()
    await starting
    await asyncio.wait_for(owner.process.wait(), PATIENCE)
    assert owner.process.returncode == -signal.SIGKILL
    assert owner.heard.empty()


def descriptors():
    return set(Path("/proc/self/fd").iterdir())


async def test_one_that_cannot_be_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    owner = Owner()
    before = descriptors()
    with pytest.raises(FileNotFoundError):
        await owner.process.start()
    await asyncio.wait_for(owner.process.wait(), PATIENCE)
    owner.process.kill()
    assert descriptors() == before
    assert owner.process.pid is None


async def test_what_it_is_at_is_seen_at_any_time(start, record):
    recorded = record(text("1"), text("2"), text("3"))
    owner = await start(recorded)
    assert owner.process.look() == (0, 0)
    owner.process.send(told(recorded))
    owner.process.send(Find(9, (". == 2 and last(repeat(1))",), False))
    async with asyncio.timeout(PATIENCE):
        while owner.process.look() != (9, 1):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)


def test_it_is_told_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET", "hush")
    monkeypatch.delenv("TZ", raising=False)
    assert child_environment().keys() == {"PYTHONPATH"}
    monkeypatch.setenv("TZ", "UTC")
    assert child_environment()["TZ"] == "UTC"


def test_the_folder_that_the_user_works_in_stays_out(monkeypatch):
    monkeypatch.setattr(sys, "path", ["", "/somewhere"])
    assert child_environment()["PYTHONPATH"] == "/somewhere"
    assert "-P" in child_command(3, 4, 2.0)


@pytest.mark.parametrize("written", [False, True])
def test_compiled_modules_are_written_as_here(monkeypatch, written):
    monkeypatch.setattr(sys, "dont_write_bytecode", not written)
    assert ("-B" in child_command(3, 4, 2.0)) is not written
