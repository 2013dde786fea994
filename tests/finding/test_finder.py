import asyncio
import os
import signal
import sys
from array import array
from contextlib import asynccontextmanager

import pytest

from client_tui.core.findings import Findings
from client_tui.core.frame import Opcode
from client_tui.core.query import Mistake
from client_tui.finding import finder as module
from client_tui.finding import process
from client_tui.finding.finder import Finder
from client_tui.finding.news import Failed, Found, WrongQuery
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from tests.support.recorded import AT, control, sent, text

PATIENCE = 60.0  # in seconds: far more than anything here takes
ENDLESS = "last(repeat(1))"


class Seeker:
    """Whoever looks for something: what was found so far."""

    def __init__(self, lines, limit):
        self.finder = Finder(lines, self._hear, limit=limit)
        self.heard = []
        self.findings = {}
        self.told = {}
        self._is_within_a_call = False
        self._news = asyncio.Event()

    def _hear(self, news):
        assert not self._is_within_a_call
        self.heard.append(news)
        if isinstance(news, Found):
            findings = self.findings.setdefault((news.name, news.serial), Findings())
            findings.add(news.low, news.high, news.hits)
            self.told[news.name] = news
        self._news.set()

    def find(self, name, *queries, control=False):
        self.told.pop(name, None)
        self._is_within_a_call = True
        self.finder.find(name, queries, control=control)
        self._is_within_a_call = False

    async def until(self, condition):
        """Return what a condition says once it is true."""
        async with asyncio.timeout(PATIENCE):
            while not (result := condition()):
                self._news.clear()
                await self._news.wait()
        return result

    async def hear(self, kind):
        """Return the first news of a kind, and forget it."""
        news = await self.until(lambda: next((each for each in self.heard if isinstance(each, kind)), None))
        self.heard.remove(news)
        return news

    def is_done(self, name, total):
        news = self.told.get(name)
        return news is not None and self.findings[name, news.serial].is_done(total)

    async def found(self, name, total):
        """Return the hits once everything was looked at."""
        await self.until(lambda: self.is_done(name, total))
        return list(self.findings[name, self.told[name].serial].hits)

    async def is_at(self, index):
        """Wait until the child looks at an entry."""
        async with asyncio.timeout(PATIENCE):
            while self.finder._process is None or self.finder._process.look()[1] != index:  # noqa: ASYNC110
                await asyncio.sleep(0)

    @property
    def pid(self):
        return self.finder._process.pid


@pytest.fixture
async def seek():
    """Make finders, which are closed in the end."""
    made = []

    def sought(lines, limit=100.0):
        made.append(Seeker(lines, limit))
        return made[-1]

    yield sought
    for seeker in made:
        await seeker.finder.close()


def numbers(start, end):
    return [text(f'{{"n":{number}}}') for number in range(start, end)]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_matches_all_queries_is_found(seek, record):
    seeker = seek(record(*numbers(0, 3000), sent('{"n":1}')))
    seeker.find("filter", "dir:received", ".n % 1000 == 1", "/n/")
    assert await seeker.found("filter", 3001) == [1, 1001, 2001]
    first = seeker.heard[0]
    assert (first.name, first.high, first.total, first.unread) == ("filter", 3001, 3001, 0)


async def test_the_newest_are_found_first(seek, record):
    seeker = seek(record(*numbers(0, 50_000)))
    seeker.find("filter", ".n")
    await seeker.found("filter", 50_000)
    lows = [news.low for news in seeker.heard]
    assert len(lows) > 3
    assert lows == sorted(lows, reverse=True)


async def test_control_frames_are_found_if_they_are_wanted(seek, record):
    seeker = seek(record(text("x"), control(Opcode.PING, b"x")))
    seeker.find("without", "x")
    seeker.find("with", "x", control=True)
    assert await seeker.found("without", 2) == [0]
    assert await seeker.found("with", 2) == [0, 1]


async def test_several_things_are_found_at_a_time(seek, record):
    seeker = seek(record(*numbers(0, 20_000)))
    seeker.find("filter", ".n % 5000 == 0")
    seeker.find("search", ".n % 5000 == 0", '"15"')
    assert await seeker.found("filter", 20_000) == [0, 5000, 10_000, 15_000]
    assert await seeker.found("search", 20_000) == [15_000]
    names = [news.name for news in seeker.heard]
    assert names.index("search") < len(names) - 1 - names[::-1].index("filter")


async def test_nothing_comes_of_what_was_looked_for_before(seek, record):
    seeker = seek(record(*numbers(0, 20_000)))
    for letter in ("n", "no", "non", "/n/", ".n", ".n =", ".n == 7"):
        seeker.find("filter", letter)
        await asyncio.sleep(0)
        before = len(seeker.heard)
        seeker.finder.prepare()
        await asyncio.sleep(0)
        newest = next(iter(seeker.finder._searches.values())).serial if seeker.finder._searches else None
        assert all(news.serial == newest for news in seeker.heard[before:] if isinstance(news, Found))
    assert await seeker.found("filter", 20_000) == [7]
    serials = [news.serial for news in seeker.heard if isinstance(news, Found)]
    assert serials == sorted(serials)


async def test_nothing_comes_of_what_was_stopped(seek, record):
    seeker = seek(record(*numbers(0, 50_000)))
    seeker.find("filter", ".n")
    await seeker.hear(Found)
    seeker.finder.stop("filter")
    seeker.heard.clear()
    seeker.find("search", "49999")
    await seeker.found("search", 50_000)
    assert {news.name for news in seeker.heard} == {"search"}
    seeker.finder.stop("filter")
    seeker.finder.stop("never heard of")


async def test_what_is_recorded_meanwhile_is_found(seek, record):
    recorded = record(*numbers(0, 10))
    seeker = seek(recorded)
    seeker.find("filter", "n")
    await seeker.found("filter", 10)
    for end in (11, 12, 20):
        recorded.append(*numbers(len(recorded), end))
        seeker.finder.touch()
        assert await seeker.found("filter", end) == list(range(end))


async def test_the_child_hears_of_it_now_and_then(seek, record, monkeypatch):
    recorded = record(*numbers(0, 10))
    seeker = seek(recorded)
    seeker.find("filter", "n")
    await seeker.found("filter", 10)
    asked = []
    monkeypatch.setattr(recorded, "bounds", lambda start: asked.append(start) or recorded._file.bounds(start))
    for _ in range(1000):
        recorded.append(*numbers(0, 1))
        seeker.finder.touch()
    await seeker.found("filter", 1010)
    assert asked == [10]


async def test_nothing_is_said_to_the_child_while_there_is_nothing_to_look_for(seek, record):
    recorded = record(*numbers(0, 10))
    seeker = seek(recorded)
    seeker.finder.touch()
    assert seeker.finder._process is None
    seeker.find("filter", "n")
    await seeker.found("filter", 10)
    seeker.finder.stop("filter")
    seeker.finder.touch()
    assert "bounds" not in seeker.finder._timers


async def test_a_recording_that_begins_later(seek, record):
    recorded = record(*numbers(0, 3))
    descriptor, recorded._file.descriptor = recorded._file.descriptor, -1
    bounds, recorded.bounds = recorded.bounds, lambda start: array("Q", [0])[start:]
    seeker = seek(recorded)
    seeker.find("filter", "n")
    assert await seeker.found("filter", 0) == []
    recorded._file.descriptor, recorded.bounds = descriptor, bounds
    seeker.finder.touch()
    assert await seeker.found("filter", 3) == [0, 1, 2]


async def test_a_session_as_it_is_recorded(seek, tmp_path):
    recording = Recording(tmp_path / "session.jsonl", lambda: Header("0.1.0", "ws://x/", AT))
    seeker = seek(recording)
    seeker.find("filter", ".n % 100 == 7")
    await seeker.found("filter", 0)
    for start in range(0, 1000, 250):
        recording.append(numbers(start, start + 250))
        seeker.finder.touch()  # once is enough, though nothing is written yet
        await seeker.found("filter", start + 250)
    assert await seeker.found("filter", 1000) == list(range(7, 1000, 100))
    assert await asyncio.to_thread(recording.close, PATIENCE)


async def test_a_recording_that_was_closed_is_still_looked_through(seek, record):
    recorded = record(*numbers(0, 3))
    seeker = seek(recorded)
    seeker.find("filter", "n")
    await seeker.found("filter", 3)
    recorded.close()
    seeker.finder.touch()
    seeker.find("filter", "1")
    assert await seeker.found("filter", 3) == [1]


async def test_a_recording_that_was_cut(seek, record):
    recorded = record(*numbers(0, 10))
    seeker = seek(recorded)
    seeker.find("filter", "n")
    await seeker.found("filter", 10)
    recorded.truncate(4)
    seeker.find("filter", ".n")
    assert await seeker.found("filter", 10) == [0, 1, 2, 3]
    seeker.find("filter", "damaged")
    assert await seeker.found("filter", 10) == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        (
            ["n", "dir:x"],
            WrongQuery("filter", Mistake(4, 5, "there is no dir:x: dir: takes sent, out, received, in"), 1),
        ),
        (["n .n =="], WrongQuery("filter", Mistake(5, 7, "the expression ends too early"), 0)),
    ],
)
async def test_a_query_that_is_wrong(seek, record, queries, expected):
    seeker = seek(record(*numbers(0, 3)))
    seeker.find("filter", *queries)
    assert await seeker.hear(WrongQuery) == expected
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]


async def test_a_wrong_query_that_was_replaced_is_not_told_of(seek, record):
    seeker = seek(record(*numbers(0, 3)))
    seeker.find("filter", "dir:")
    seeker.find("filter", "2")
    await seeker.found("filter", 3)
    assert {type(news) for news in seeker.heard} == {Found}


# ---------------------------------------------------------------------- what an expression may do


@pytest.mark.parametrize(
    ("query", "number"),
    [(f"if .n == 1 then {ENDLESS} else 1 end", 2), (f".n == 2 and {ENDLESS}", 3), ("/(a+)+$/", 4)],
)
async def test_an_expression_without_end_is_given_up(seek, record, query, number):
    seeker = seek(record(*numbers(0, 3), text("a" * 40 + "!"), text("z")), limit=0.2)
    seeker.find("filter", query if query.startswith(("/", ".")) else f"jq:{query}")
    failed = await seeker.hear(Failed)
    assert failed == Failed("filter", f"the expression takes too long at #{number}")
    seeker.find("filter", "z")
    assert await seeker.found("filter", 5) == [4]


async def test_others_are_looked_for_on(seek, record):
    seeker = seek(record(*numbers(0, 30_000)), limit=0.2)
    seeker.find("search", ".n % 10000 == 0")
    seeker.find("filter", f".n == 29900 and {ENDLESS}")
    assert (await seeker.hear(Failed)).words == "the expression takes too long at #29,901"
    assert await seeker.found("search", 30_000) == [0, 10_000, 20_000]
    assert {serial for name, serial in seeker.findings if name == "search"} == {1}


async def test_an_expression_that_asks_for_all_memory_is_given_up(seek, record):
    seeker = seek(record(text("1"), text("z")), limit=1000.0)
    seeker.find("filter", 'jq: "x" * 200000000 | explode')
    assert (await seeker.hear(Failed)).words == "the expression takes too much memory at #1"
    seeker.find("filter", "z")
    assert await seeker.found("filter", 2) == [1]


async def test_what_nobody_asks_any_more_holds_nothing_up(seek, record):
    seeker = seek(record(*numbers(0, 3)), limit=1000.0)
    seeker.find("filter", f".n == 1 and {ENDLESS}")
    await seeker.is_at(1)
    stuck = seeker.pid
    seeker.find("filter", f".n == 1 and {ENDLESS} and 1")
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]
    assert not is_running(stuck)


async def test_what_was_stopped_holds_nothing_up(seek, record):
    seeker = seek(record(*numbers(0, 3)), limit=1000.0)
    seeker.find("filter", f".n == 1 and {ENDLESS}")
    await seeker.is_at(1)
    seeker.finder.stop("filter")
    await asyncio.wait_for(seeker.finder._process.wait(), PATIENCE)
    assert seeker.finder._process is None
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]


async def test_a_large_frame(seek, record):
    large = "[" + "1," * 2_500_000 + '"needle"]'
    seeker = seek(record(text("1"), text(large), text("2")))
    seeker.find("words", "needle")
    seeker.find("regex", "/needle..$/")
    seeker.find("jq", ".")
    assert await seeker.found("words", 3) == [1]
    assert await seeker.found("regex", 3) == [1]
    assert await seeker.found("jq", 3) == [0, 2]
    assert sum(news.unread for news in seeker.heard if news.name == "jq") == 1


# ---------------------------------------------------------------------- what may befall the child


async def test_a_child_that_is_killed_while_it_looks(seek, record):
    seeker = seek(record(*numbers(0, 3)), limit=1000.0)
    seeker.find("filter", f".n == 1 and {ENDLESS}")
    await seeker.is_at(1)
    os.kill(seeker.pid, signal.SIGKILL)
    failed = await seeker.hear(Failed)
    assert failed.words == "the process that looks for it ended at #2 (SIGKILL): ask again to go on"
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]


async def test_a_child_that_is_killed_while_it_waits(seek, record):
    recorded = record(*numbers(0, 3))
    seeker = seek(recorded)
    seeker.find("filter", "n")
    await seeker.found("filter", 3)
    os.kill(seeker.pid, signal.SIGKILL)
    recorded.append(*numbers(3, 5))
    assert await seeker.found("filter", 5) == [0, 1, 2, 3, 4]
    assert {serial for _, serial in seeker.findings} == {1}


async def test_a_child_that_cannot_be_started(seek, record, monkeypatch):
    seeker = seek(record(*numbers(0, 3)))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    seeker.find("filter", "n")
    failed = await seeker.hear(Failed)
    assert failed.words.startswith("the process that looks for it cannot be started: ")
    assert "No such file or directory" in failed.words
    monkeypatch.undo()
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]


async def test_a_child_that_ends_at_once(seek, record, monkeypatch):
    monkeypatch.setattr(
        process, "child_command", lambda *_args: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    seeker = seek(record(*numbers(0, 3)))
    seeker.find("filter", "n")
    seeker.find("search", "n")
    assert (await seeker.hear(Failed)).words == "the process that looks for it ends at once (status 3)"
    assert (await seeker.hear(Failed)).name == "search"
    assert seeker.finder._process is None


async def test_the_child_is_ended_after_a_rest(seek, record, monkeypatch):
    monkeypatch.setattr(module, "REST_SECONDS", 0.0)
    seeker = seek(record(*numbers(0, 3)))
    seeker.find("filter", "n")
    await seeker.found("filter", 3)
    child = seeker.finder._process
    seeker.finder.stop("filter")
    await asyncio.wait_for(child.wait(), PATIENCE)
    assert not is_running(child.pid)
    seeker.find("filter", "2")
    assert await seeker.found("filter", 3) == [2]


@pytest.mark.parametrize("query", [".n ==", "dir:"])
async def test_the_child_rests_after_a_wrong_query(seek, record, monkeypatch, query):
    seeker = seek(record(*numbers(0, 3)))
    seeker.find("filter", "n")
    await seeker.found("filter", 3)
    child = seeker.finder._process
    monkeypatch.setattr(module, "REST_SECONDS", 0.0)
    seeker.find("filter", query)
    await seeker.hear(WrongQuery)
    await asyncio.wait_for(child.wait(), PATIENCE)


async def test_a_child_that_was_prepared_is_the_one_that_looks(seek, record):
    seeker = seek(record(*numbers(0, 3)))
    seeker.finder.prepare()
    prepared = seeker.finder._process
    seeker.finder.prepare()
    seeker.find("filter", "n")
    assert "rest" not in seeker.finder._timers
    await seeker.found("filter", 3)
    assert seeker.finder._process is prepared


# ---------------------------------------------------------------------- the end


@asynccontextmanager
async def closed_in_time(seeker):
    yield
    await asyncio.wait_for(seeker.finder.close(), PATIENCE)
    assert not seeker.finder._tasks
    assert not seeker.finder._timers
    seeker.find("filter", "n")
    seeker.finder.prepare()
    seeker.finder.touch()
    assert seeker.finder._process is None
    await asyncio.wait_for(seeker.finder.close(), PATIENCE)


async def test_closed_before_anything(seek, record):
    async with closed_in_time(seek(record(text("1")))):
        pass


async def test_closed_while_the_child_starts(seek, record):
    seeker = seek(record(text("1")))
    async with closed_in_time(seeker):
        seeker.find("filter", "1")
    assert seeker.heard == []


async def test_closed_while_the_child_is_stuck(seek, record):
    seeker = seek(record(*numbers(0, 3)), limit=1000.0)
    async with closed_in_time(seeker):
        seeker.find("filter", f".n == 1 and {ENDLESS}")
        await seeker.is_at(1)
        pid = seeker.pid
        seeker.finder.touch()
    assert not is_running(pid)
