import subprocess
import sys
from pathlib import Path

import pytest

from client_tui.core.errors import ClientError
from client_tui.demo.library import bundled, find, read_tape
from client_tui.demo.tape import Mistakes, Output, Screenshot, Tape

NAMES = ["firehose", "hello", "lost-and-found", "rooms", "validation"]


def why_not(path):
    with pytest.raises(ClientError) as failure:
        read_tape(path)
    assert failure.value.title == "The tape cannot be read"
    return failure.value.message.removeprefix(f"{path}: ")


# ---------------------------------------------------------------------- those of the package


def test_five_tapes_come_with_the_package():
    assert [tape.name for tape in bundled()] == NAMES


@pytest.mark.parametrize("tape", bundled(), ids=lambda tape: tape.name)
def test_each_says_in_a_sentence_what_it_shows(tape):
    assert tape.about.endswith(".")
    assert tape.about.isprintable()
    assert not tape.about.startswith("#")
    assert len(f"{tape.name:16}{tape.about}") <= 110


@pytest.mark.parametrize("tape", bundled(), ids=lambda tape: tape.name)
def test_each_can_be_read_and_its_pictures_bear_its_name(tape):
    read = read_tape(tape.path)
    assert isinstance(read, Tape)
    paths = [each.path for each in read.commands if isinstance(each, Output | Screenshot)]
    assert paths
    assert all(path.startswith(tape.name) for path in paths)


# ---------------------------------------------------------------------- which one is meant


def test_a_name_is_that_of_a_tape_of_the_package_whose_pictures_go_where_the_user_is():
    path, folder = find("hello")
    assert path == bundled()[1].path
    assert folder == Path()


@pytest.mark.parametrize("name", ["a.tape", "below/a.tape", "/elsewhere/a.tape", "below/hello", "hallo"])
def test_all_else_is_a_file_whose_pictures_go_beside_it(name):
    assert find(name) == (Path(name), Path(name).parent)


def test_a_file_of_the_same_name_goes_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("hello").write_text("Serve\n")
    assert find("hello") == (Path("hello"), Path())


def test_a_folder_of_the_same_name_does_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("hello").mkdir()
    assert find("hello")[0] == bundled()[1].path


def test_a_folder_that_may_not_be_looked_into_has_none(tmp_path):
    """Root may look into all of them: whoever is root is somebody else for it."""
    (tmp_path / "closed").mkdir()
    program = (
        "import os\n"
        "from client_tui.demo import library\n"
        "tapes = library.bundled()\n"
        "library.bundled = lambda: tapes  # somebody else may not look into the folder of these either\n"
        "os.chdir('closed')\n"
        "os.chmod('.', 0)\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "print(library.find('hello')[0].name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    (tmp_path / "closed").chmod(0o700)
    assert done.stdout == "hello.tape\n"


# ---------------------------------------------------------------------- reading


def test_a_tape_goes_on_with_others_seen_from_where_it_is(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "a.tape").write_text("Source below/b.tape\nSleep 1s\n")
    (tmp_path / "below" / "b.tape").write_text("Source c.tape\n")
    (tmp_path / "below" / "c.tape").write_text("Serve\n")
    tape = read_tape(tmp_path / "a.tape")
    assert isinstance(tape, Tape)
    assert [type(each).__name__ for each in tape.commands] == ["Serve", "Sleep"]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfServe\n", b"Serve\r\nWait open\r\n", b""])
def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_mistakes(tmp_path, data):
    path = tmp_path / "a.tape"
    path.write_bytes(data)
    assert isinstance(read_tape(path), Tape)


def test_lines_end_where_they_end(tmp_path):
    path = tmp_path / "a.tape"
    path.write_bytes(b"Serve\rWait open\n")
    (mistake,) = read_tape(path)
    assert "a lone carriage return ends no line" in mistake.reason


def test_a_theme_must_be_one_of_the_client(tmp_path):
    path = tmp_path / "a.tape"
    path.write_text("Set Theme jsonws-drak\nServe\n")
    tape = read_tape(path)
    assert isinstance(tape, Mistakes)
    assert str(tape) == f"{path}:1: there is no theme jsonws-drak: did you mean jsonws-dark?"


# ---------------------------------------------------------------------- what cannot be read


def test_a_file_that_is_not_there(tmp_path):
    assert why_not(tmp_path / "a.tape") == "No such file or directory"


@pytest.mark.parametrize(
    ("name", "remedy"), [("helo", "did you mean hello?"), ("x", f"choose from {', '.join(NAMES)}")]
)
def test_a_name_that_is_none_is_told_the_nearest(name, remedy):
    why = why_not(Path(name))
    assert why == f"there is no such file, and no such tape in the package: {remedy}"


def test_a_folder(tmp_path):
    assert why_not(tmp_path) == "Is a directory"


def test_a_name_that_is_too_long(tmp_path):
    assert why_not(tmp_path / ("x" * 300)) == "File name too long"


@pytest.mark.parametrize("data", [b"\xff\xfeS\x00", b"Type 'w\xf6rld'\n", b"\xed\xa0\x80"])
def test_what_is_not_utf_8(tmp_path, data):
    path = tmp_path / "a.tape"
    path.write_bytes(data)
    assert why_not(path) == "it is not UTF-8"


def test_no_more_is_read_than_a_tape_can_have():
    assert why_not(Path("/dev/zero")) == "a tape has at most 1,048,576 characters"


def test_what_is_wrong_with_another_tape_is_a_mistake_of_the_line_that_goes_on_with_it(tmp_path):
    (tmp_path / "b.tape").write_bytes(b"\xff")
    path = tmp_path / "a.tape"
    path.write_text("Serve\nSource b.tape\nSource c.tape\n")
    assert str(read_tape(path)).splitlines() == [
        f"{path}:2: {tmp_path}/b.tape is no tape: it is not UTF-8",
        f"{path}:3: {tmp_path}/c.tape cannot be read: No such file or directory",
    ]
