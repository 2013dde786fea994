import os
import threading
from pathlib import Path

import pytest

from client_tui.cli.source import open_source
from client_tui.core.errors import ClientError
from client_tui.core.frame import Direction, Opcode
from tests.support.recordings import URL, a_bit_of_everything, lines_of, ticks, written

CHROME = Path(__file__).parents[1] / "record" / "chrome.har"


def everything(opened):
    """Read all there is."""
    found = []
    while entries := opened.read(1_000):
        found += entries
    return found


def piped(data):
    """Return a descriptor out of which `data` comes, and then nothing more."""
    reading, writing = os.pipe()

    def write():
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)

    threading.Thread(target=write).start()
    return reading


def test_a_file(tmp_path):
    opened = open_source(str(written(tmp_path / "r.jsonl", a_bit_of_everything())))
    assert opened.header.url == URL
    assert everything(opened) == a_bit_of_everything()


def test_a_pipe_and_what_it_gives_can_be_read_again():
    opened = open_source("-", piped(lines_of(ticks(3))))
    found = []
    while len(found) < 3:
        found += opened.read(2)
    assert found == ticks(3)
    assert [opened[index] for index in range(3)] == ticks(3)


def test_a_pipe_that_goes_on_is_opened_at_its_first_line():
    reading, writing = os.pipe()
    os.write(writing, lines_of(ticks(1)))
    opened = open_source("-", reading)
    assert everything(opened) == ticks(1)
    os.write(writing, lines_of(ticks(2)).splitlines(keepends=True)[-1])
    os.close(writing)
    found = []
    while not found:
        found = everything(opened)
    assert found == ticks(1, start=1)


def test_a_pipe_can_be_waited_for():
    assert everything(open_source("-", piped(lines_of(ticks(50_000))), whole=True)) == ticks(50_000)


@pytest.mark.parametrize("through_a_pipe", [False, True])
def test_a_har_of_a_browser(through_a_pipe):
    opened = open_source("-", piped(CHROME.read_bytes())) if through_a_pipe else open_source(str(CHROME))
    frames = [entry for entry in everything(opened) if hasattr(entry, "opcode")]
    assert frames
    assert {frame.opcode for frame in frames} <= {Opcode.TEXT, Opcode.BINARY}
    assert {frame.direction for frame in frames} == set(Direction)
    assert opened.header.url.startswith("ws")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\x00", "is no text"),
        (b'{"log": {}}', "is no HAR"),
        (b"text\n", "other text"),
    ],
)
@pytest.mark.parametrize("through_a_pipe", [False, True])
def test_what_is_neither_is_refused_in_words(tmp_path, content, words, through_a_pipe):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(ClientError, match=words):
        open_source("-", piped(content)) if through_a_pipe else open_source(str(path))


@pytest.mark.parametrize(
    ("name", "words"), [("no/such", "No such file"), (".", "is a folder"), ("a\0", "null")]
)
def test_what_is_no_file_is_refused_in_words(name, words):
    with pytest.raises(ClientError, match=words):
        open_source(name)


REMEDY = "No space left on device: set TMPDIR to a folder with room for it"


@pytest.fixture
def full():
    """Give files that take nothing."""
    with Path("/dev/full").open("r+b", buffering=0) as file:
        yield file


def test_a_har_for_which_there_is_no_room_is_told_with_the_remedy(full, monkeypatch):
    monkeypatch.setattr("client_tui.cli.source.TemporaryFile", lambda **_: full)
    with pytest.raises(ClientError, match=f"The HAR cannot be read: .*{REMEDY}"):
        open_source(str(CHROME))


def test_a_pipe_for_which_there_is_no_room_is_told_before_a_part_of_it_passes_for_all(full, monkeypatch):
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)
    with pytest.raises(ClientError, match=f"Standard input cannot be read: .*{REMEDY}"):
        open_source("-", piped(lines_of(ticks(3))), whole=True)


def test_where_there_is_no_folder_for_what_is_temporary_it_is_told(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/no/where")
    with pytest.raises(ClientError, match=r"Standard input cannot be read: .*No such file or directory: set"):
        open_source("-", piped(b""))
