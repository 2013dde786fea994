import os
from array import array

import pytest

from client_tui.finding import blocks as module
from client_tui.finding.blocks import Blocks
from tests.support.recorded import Recorded, text


def blocks_of(recorded: Recorded) -> Blocks:
    blocks = Blocks(recorded.fileno())
    blocks.learn(0, recorded.bounds(0))
    return blocks


def lines(block):
    return [block.data[start:end] for start, end in zip(block.edges, block.edges[1:], strict=False)]


@pytest.fixture
def ten(record):
    """Return a recording of ten entries whose lines have the same length."""
    return record(*(text(f'"{number}"') for number in range(9)), text('"9"'))


def test_nothing_is_known_at_first():
    assert len(Blocks(-1)) == 0


def test_lines_are_read_many_at_a_time(ten):
    block = blocks_of(ten).read(range(2, 5))
    assert (block.first, len(block), block.is_whole) == (2, 3, True)
    assert [b'"payload":"\\"%d\\""' % number in line for number, line in enumerate(lines(block), 2)] == [
        True
    ] * 3
    assert all(line.endswith(b"}\n") for line in lines(block))


def test_a_stretch_of_so_many_bytes(ten):
    blocks = blocks_of(ten)
    length = len(lines(blocks.read(range(1)))[0])
    assert blocks.size(range(2, 5)) == 3 * length
    assert blocks.below(10, 3 * length + 1) == range(7, 10)
    assert blocks.below(10, 10**9) == range(10)
    assert blocks.above(0, 3 * length + 1) == range(3)
    assert blocks.above(8, 10**9) == range(8, 10)


def test_a_stretch_has_one_line_at_least(ten):
    blocks = blocks_of(ten)
    assert blocks.below(10, 1) == range(9, 10)
    assert blocks.below(1, 0) == range(1)
    assert blocks.above(0, 1) == range(1)
    assert blocks.above(9, 0) == range(9, 10)


def test_more_is_learnt(ten):
    blocks = blocks_of(ten)
    ten.append(text('"new"'))
    blocks.learn(10, ten.bounds(10))
    assert len(blocks) == 11
    assert b"new" in blocks.read(range(10, 11)).data


def test_a_line_that_has_grown_is_read_anew():
    reading, writing = os.pipe()
    blocks = Blocks(reading)
    blocks.learn(0, array("Q", [0, 5]))
    blocks.learn(1, array("Q", [8, 12]))
    assert [blocks.below(2, 1), blocks.below(1, 100)] == [range(1, 2), range(1)]
    assert blocks.above(0, 7) == range(1)
    os.close(reading)
    os.close(writing)


def test_what_was_known_of_the_last_line_is_forgotten(ten):
    blocks = blocks_of(ten)
    are_sound = blocks.read(range(1)).are_sound
    are_sound[:] = b"\1" * 10
    blocks.learn(10, ten.bounds(10))
    assert blocks.read(range(1)).are_sound == b"\1" * 9 + b"\0"


def test_a_file_that_was_cut(ten):
    blocks = blocks_of(ten)
    ten.truncate(4)
    block = blocks.read(range(3, 6))
    assert not block.is_whole
    assert [bool(line) for line in lines(block)] == [True, False, False]


def test_a_line_that_is_too_long_for_any_memory_is_not_read(ten, monkeypatch):
    blocks = blocks_of(ten)
    monkeypatch.setattr(module, "LONGEST", 10)
    block = blocks.read(range(3, 4))
    assert block.data == b""
    assert not block.is_whole


def test_a_file_that_is_closed(ten):
    blocks = blocks_of(ten)
    ten.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        blocks.read(range(1))
