import os
from pathlib import Path

from client_tui.record.spool import HEAD, Spool


def content(spool):
    """Return what has come by now, and close the file."""
    size = os.fstat(spool.descriptor).st_size
    data = os.pread(spool.descriptor, size, 0)
    os.close(spool.descriptor)
    return data


def write(writing, data):
    """Write all of `data`: the spool takes it meanwhile."""
    view = memoryview(data)
    while view:
        view = view[os.write(writing, view) :]


def test_all_that_comes_is_in_the_file_in_its_order():
    reading, writing = os.pipe()
    spool = Spool(reading)
    data = b"".join(b"%d\n" % number for number in range(300_000))
    write(writing, data)
    os.close(writing)
    spool.wait_for_end()
    assert content(spool) == data


def test_the_first_line_is_enough_to_begin_with_and_the_rest_follows():
    reading, writing = os.pipe()
    spool = Spool(reading)
    write(writing, b"first\nsec")
    spool.wait_for_head()
    assert os.pread(spool.descriptor, 6, 0) == b"first\n"
    write(writing, b"ond\n")
    os.close(writing)
    spool.wait_for_end()
    assert content(spool) == b"first\nsecond\n"


def test_without_a_line_break_a_mebibyte_is_enough():
    reading, writing = os.pipe()
    spool = Spool(reading)
    write(writing, b"x" * HEAD)
    spool.wait_for_head()
    os.close(writing)
    assert len(content(spool)) == HEAD


def test_an_empty_pipe_ends():
    reading, writing = os.pipe()
    os.close(writing)
    spool = Spool(reading)
    spool.wait_for_head()
    spool.wait_for_end()
    assert content(spool) == b""


def test_a_reader_that_goes_away_ends_nothing():
    reading, writing = os.pipe()
    spool = Spool(reading)
    write(writing, b"first\n")
    spool.wait_for_head()
    os.close(spool.descriptor)
    write(writing, b"x" * 500_000)
    os.close(writing)
    spool.wait_for_end()


def test_a_file_is_not_copied(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"content\n")
    descriptor = os.open(path, os.O_RDONLY)
    spool = Spool(descriptor)
    spool.wait_for_head()
    spool.wait_for_end()
    assert spool.descriptor == descriptor
    assert content(spool) == b"content\n"


def test_what_cannot_be_read_ends_too(tmp_path: Path):
    spool = Spool(os.open(tmp_path, os.O_RDONLY))
    spool.wait_for_head()
    spool.wait_for_end()
    assert content(spool) == b""
