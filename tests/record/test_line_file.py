import os

import pytest

from client_tui.record.line_file import LineFile, read_at, write_at


@pytest.fixture
def descriptor(tmp_path):
    descriptor = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def test_it_knows_where_each_line_is():
    lines = LineFile(start=10)
    assert (len(lines), lines.end, list(lines.bounds(0))) == (0, 10, [10])
    lines.add([3, 1])
    lines.add([7])
    assert [lines.span(index) for index in range(3)] == [(10, 13), (13, 14), (14, 21)]
    assert (len(lines), lines.end) == (3, 21)


def test_the_bounds_from_a_line_on_end_with_the_last_ones_end():
    lines = LineFile(start=1)
    lines.add([1, 2, 3])
    assert list(lines.bounds(0)) == [1, 2, 4, 7]
    assert list(lines.bounds(2)) == [4, 7]
    assert list(lines.bounds(3)) == [7]


def test_the_bounds_are_a_copy():
    lines = LineFile()
    bounds = lines.bounds(0)
    lines.add([5])
    assert list(bounds) == [0]


@pytest.mark.parametrize("index", [-1, 2, 1000])
def test_a_line_that_is_not_there_has_no_place(index):
    lines = LineFile()
    lines.add([1, 1])
    with pytest.raises(IndexError):
        lines.span(index)


def test_it_is_closed_once(tmp_path):
    lines = LineFile(os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT))
    lines.add([4])
    held = lines.descriptor
    lines.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held)
    lines.close()
    assert lines.descriptor == -1
    assert lines.span(0) == (0, 4)
    with pytest.raises(OSError, match="the recording is closed"):
        lines.line(0)


def test_a_line_is_read_back(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"..one\ntwo\nthr")
    lines = LineFile(os.open(path, os.O_RDONLY), 2)
    lines.add([4, 4, 4])
    assert [lines.line(index) for index in range(3)] == [b"one\n", b"two\n", b"thr"]
    with pytest.raises(IndexError):
        lines.line(3)
    lines.close()


def test_the_last_line_may_grow_and_the_first_begin_later():
    lines = LineFile(start=1)
    lines.lengthen(2)
    lines.add([5])
    lines.lengthen(3)
    assert list(lines.bounds(0)) == [3, 11]


def test_what_is_written_is_read(descriptor):
    data = bytes(range(256)) * 10_000
    assert write_at(descriptor, data, 5) == 5 + len(data)
    assert read_at(descriptor, 5, 5 + len(data)) == data
    assert read_at(descriptor, 0, 7) == b"\x00" * 5 + data[:2]


def test_a_file_that_ends_sooner_gives_less(descriptor):
    write_at(descriptor, bytearray(b"abc"), 0)
    assert read_at(descriptor, 1, 100) == b"bc"
    assert read_at(descriptor, 3, 100) == read_at(descriptor, 2, 2) == b""


def test_a_file_that_is_closed_is_an_error():
    with pytest.raises(OSError, match="Bad file descriptor"):
        read_at(-1, 0, 1)
