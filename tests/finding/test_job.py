import math
from array import array

import pytest

from client_tui.core.findings import Findings
from client_tui.finding import job as module
from client_tui.finding.blocks import Blocks
from client_tui.finding.job import Job
from client_tui.finding.matcher import Matcher
from client_tui.finding.messages import Find
from client_tui.finding.watch import Board, Watch
from tests.support.recorded import text


@pytest.fixture
def watch():
    board = Board.make()
    watch = Watch(board, 1000.0)
    yield watch
    watch.stop()
    board.close()


@pytest.fixture
def small(monkeypatch):
    """Let little be read at once."""
    monkeypatch.setattr(module, "_MOST", 1000)
    monkeypatch.setattr(module, "_LEAST", 100)


def job_of(blocks, query, low=None, high=None):
    return Job(Find(7, (query,), False, low, high), Matcher([query], control=False), blocks)


def blocks_of(recorded):
    blocks = Blocks(recorded.fileno())
    blocks.learn(0, recorded.bounds(0))
    return blocks


def numbers(start, end):
    return [text(f'{{"n":{number}}}') for number in range(start, end)]


def test_all_is_looked_at_in_one_go_where_there_is_time(record, watch):
    job = job_of(blocks_of(record(*numbers(0, 100))), ".n % 10 == 3")
    assert job.has_work
    looked = job.work(watch, math.inf)
    assert (looked.serial, looked.low, looked.high, looked.total, looked.unread) == (7, 0, 100, 100, 0)
    assert looked.hits == array("I", range(3, 100, 10))
    assert not job.has_work


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("query", ["n", "/n/", ".n"])
def test_the_newest_are_looked_at_first(record, watch, query):
    job = job_of(blocks_of(record(*numbers(0, 100))), query)
    found = Findings()
    lows = []
    while job.has_work:
        looked = job.work(watch, -math.inf)
        found.add(looked.low, looked.high, looked.hits)
        lows.append(looked.low)
    assert lows == sorted(lows, reverse=True)
    assert len(lows) > 5
    assert list(found.hits) == list(range(100))


@pytest.mark.usefixtures("small")
def test_new_ones_are_looked_at_in_between(record, watch):
    recorded = record(*numbers(0, 60))
    blocks = blocks_of(recorded)
    job = job_of(blocks, "/n/")
    found = Findings()
    went = []
    while job.has_work:
        looked = job.work(watch, -math.inf)
        found.add(looked.low, looked.high, looked.hits)
        went.append("up" if looked.low >= 60 else "down")
        total = len(blocks)
        if total < 80:
            recorded.append(*numbers(total, total + 2))
            blocks.learn(total, recorded.bounds(total))
    assert list(found.hits) == list(range(80))
    assert found.is_done(80)
    assert went[:5] == ["down", "up", "down", "up", "down"]


def test_a_job_goes_on_where_another_was(record, watch):
    job = job_of(blocks_of(record(*numbers(0, 100))), "n", 40, 60)
    first, second = job.work(watch, math.inf), job.work(watch, math.inf)
    assert (first.low, first.high) == (60, 100)
    assert (second.low, second.high) == (0, 40)
    assert not job.has_work


def test_an_empty_recording_is_told_of_once(watch):
    job = job_of(Blocks(-1), "n")
    assert job.has_work
    looked = job.work(watch, math.inf)
    assert (looked.low, looked.high, looked.total) == (0, 0, 0)
    assert not job.has_work


def test_a_line_that_is_longer_than_what_is_read_at_once(record, watch):
    large = text('"' + "x" * 1_000_000 + '"')
    job = job_of(blocks_of(record(text("1"), large, text("2"), large)), "xxx")
    assert list(job.work(watch, math.inf).hits) == [3]  # what was found before the next large one is told
    assert list(job.work(watch, math.inf).hits) == [1]
    assert not job.has_work


@pytest.mark.usefixtures("small")
def test_less_is_read_at_once_where_it_takes_long_and_more_again_where_not(record, watch):
    job = job_of(blocks_of(record(*numbers(0, 200))), "/n/")
    job.work(watch, -math.inf)
    sizes = [job._size]
    for _ in range(3):
        job.work(watch, -math.inf)
        sizes.append(job._size)
    assert sizes[:3] == [500, 250, 125]
    job.work(watch, math.inf)
    assert job._size == 1000


def test_what_is_too_large_for_jq_is_counted(record, watch, monkeypatch):
    monkeypatch.setattr("client_tui.finding.jq_program.LARGEST", 10)
    job = job_of(blocks_of(record(text("[1]"), text("[1,2,3,4,5,6]"))), ".")
    looked = job.work(watch, math.inf)
    assert (list(looked.hits), looked.unread) == ([0], 1)


def test_a_recording_that_is_closed(record, watch):
    recorded = record(*numbers(0, 3))
    job = job_of(blocks_of(recorded), "n")
    recorded.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        job.work(watch, math.inf)
