"""What is looked for in a real recording, by a real process."""

import asyncio

import pytest

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.ui.lookups import Lookups

PATIENCE = 120.0


def tick(number, opcode=Opcode.TEXT):
    return Frame(float(number), Direction.RECEIVED, opcode, b'{"n": %d, "odd": %d}' % (number, number % 2))


class Somebody:
    """Asks, and hears what has changed."""

    def __init__(self):
        self.recording = Recording(None, lambda: Header("0", "", 0.0))
        self.changes = asyncio.Event()
        self.lookups = Lookups(self._finder, filtered=self.changes.set, searched=self.changes.set)

    def _finder(self, on_news):
        return Finder(self.recording, on_news)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.lookups.close()
        assert await asyncio.to_thread(self.recording.close, PATIENCE)

    async def until(self, condition):
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.changes.clear()
                self.lookups.look_on()
                await self.changes.wait()

    async def filtered(self, *wanted):
        """Wait until the filter in force has found exactly these."""
        await self.until(lambda: self.shown == list(wanted))

    @property
    def shown(self):
        applied = self.lookups.filter
        return None if applied is None else list(applied.findings.hits)

    @property
    def found(self):
        return list(self.lookups.search.findings.hits)


@pytest.fixture
async def somebody():
    async with Somebody() as found:
        found.recording.append([tick(number) for number in range(10)])
        yield found


async def test_a_filter_is_in_force_once_it_has_found_something_and_goes_on(somebody):
    somebody.lookups.ask_filter('/odd": 1/')
    assert somebody.lookups.filter is None
    await somebody.filtered(1, 3, 5, 7, 9)
    assert somebody.lookups.asked is None
    somebody.recording.append([tick(10), tick(11)])
    await somebody.filtered(1, 3, 5, 7, 9, 11)


async def test_a_filter_that_finds_nothing_is_in_force_when_all_was_looked_at(somebody):
    somebody.lookups.ask_filter("nothing")
    await somebody.filtered()


async def test_the_last_good_filter_stays_in_force_behind_a_wrong_one(somebody):
    somebody.lookups.ask_filter(".n > 7")
    await somebody.filtered(8, 9)
    somebody.lookups.ask_filter(".n > 7 and")
    await somebody.until(lambda: somebody.lookups.asked.mistake is not None)
    assert somebody.shown == [8, 9]
    somebody.recording.append([tick(10)])
    await somebody.filtered(8, 9, 10)
    somebody.lookups.ask_filter(".n > 7 and .odd == 1")
    await somebody.filtered(9)


async def test_an_expression_without_end_is_given_up_in_words(somebody):
    somebody.lookups.ask_filter("last(repeat(1))".join(("jq:", "")))
    await somebody.until(lambda: bool(somebody.lookups.asked.words))
    assert "too long" in somebody.lookups.asked.words
    somebody.lookups.ask_filter(".n == 3")
    await somebody.filtered(3)


async def test_a_filter_that_is_cancelled_keeps_what_it_found(somebody):
    somebody.lookups.ask_filter('/odd": 0/')
    await somebody.filtered(0, 2, 4, 6, 8)
    somebody.lookups.cancel_filter()
    assert somebody.shown == [0, 2, 4, 6, 8]
    somebody.lookups.ask_filter("")
    assert somebody.lookups.filter is None


async def test_a_search_goes_through_what_the_filter_lets_through(somebody):
    somebody.lookups.ask_search('"N"')
    await somebody.until(lambda: somebody.found == list(range(10)))
    somebody.lookups.ask_filter('/odd": 1/')
    await somebody.until(lambda: somebody.found == [1, 3, 5, 7, 9])
    somebody.lookups.ask_filter("")
    await somebody.until(lambda: somebody.found == list(range(10)))
    somebody.lookups.ask_search("")
    assert somebody.lookups.search is None
    assert somebody.lookups.needle is None


async def test_control_frames_are_found_where_they_are_shown_or_asked_for(somebody):
    somebody.recording.append([tick(10, Opcode.PING)])
    somebody.lookups.ask_filter(".n > 8")
    await somebody.filtered(9)
    somebody.lookups.ask_filter("is:ping")
    await somebody.filtered(10)
    somebody.lookups.ask_filter("size>1")
    await somebody.filtered(*range(10))
    somebody.lookups.show_control_frames(shown=True)
    await somebody.filtered(*range(11))


async def test_documents_that_are_too_large_for_jq_are_counted(somebody):
    somebody.recording.append(
        [Frame(10.0, Direction.RECEIVED, Opcode.TEXT, b'{"n": 10, "x": "%s"}' % (b"x" * 5_000_000))]
    )
    somebody.lookups.ask_filter(".n > 8")
    await somebody.filtered(9)
    assert somebody.lookups.filter.unread == 1


async def test_a_search_finds_only_what_a_cancelled_filter_has_kept(somebody):
    somebody.lookups.ask_filter('/odd": 1/')
    await somebody.filtered(1, 3, 5, 7, 9)
    somebody.lookups.cancel_filter()
    somebody.recording.append([tick(10), tick(11)])
    somebody.lookups.ask_search('"odd": 1')
    await somebody.until(lambda: somebody.lookups.search.findings.is_done(12))
    assert somebody.found == somebody.shown == [1, 3, 5, 7, 9]
