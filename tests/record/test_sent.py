import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.record.sent import LARGEST, LARGEST_FILE, SentList

surrogates_too = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "sent.jsonl"


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_it_survives_a_restart(path):
    first = SentList(path)
    first.add('{"x": 1}')
    first.add("[2]")
    assert SentList(path).entries == first.entries == ['{"x": 1}', "[2]"]


def test_the_file_is_the_owners_alone(path):
    SentList(path).add("1")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@given(text=surrogates_too)
def test_every_text_comes_back_as_it_was(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("state") / "sent.jsonl"
    SentList(path).add(text)
    assert SentList(path).entries == [text]


@pytest.mark.parametrize("text", ["a\u2028b\u0085c", "a\r\nb\rc\n", "\ud800", "\x00\x1b", "世界" * 10_000])
def test_no_text_breaks_a_line(path, text):
    sent = SentList(path)
    sent.add(text)
    sent.add("after")
    assert lines(path) == SentList(path).entries == [text, "after"]


def test_the_same_twice_in_a_row_is_kept_once(path):
    sent = SentList(path)
    for text in ("1", "1", "2", "1"):
        sent.add(text)
    assert lines(path) == list(sent.entries) == ["1", "2", "1"]


def test_the_newest_are_kept_and_the_file_is_rewritten_at_twice_the_limit(path):
    sent = SentList(path, limit=3)
    for number in range(8):
        sent.add(str(number))
    assert sent.entries == ["5", "6", "7"]
    assert len(lines(path)) == 8
    assert SentList(path, limit=3).entries == ["5", "6", "7"]
    assert lines(path) == ["5", "6", "7"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["sent.jsonl"]


def test_a_limit_of_none_at_all_leaves_no_trace(path):
    sent = SentList(path, limit=0)
    sent.add("1")
    assert sent.entries == []
    assert not path.parent.exists()


def test_a_document_that_is_too_long_is_not_kept(path):
    sent = SentList(path)
    for text in ("x" * LARGEST, "世" * (LARGEST // 5), "x" * (LARGEST - 3)):
        sent.add(text)
    assert list(sent.entries) == lines(path) == ["x" * (LARGEST - 3)]


def test_only_the_newest_part_of_a_huge_file_is_read(path):
    path.parent.mkdir()
    with path.open("wb") as file:
        for number in range(20):
            file.write(json.dumps(str(number) * LARGEST)[: LARGEST - 2].encode() + b'"\n')
    entries = SentList(path).entries
    assert 10 < len(entries) < 20
    assert path.stat().st_size < 17 * 2**20


def test_a_file_that_grows_too_large_in_one_run_is_cut_back_to_its_newest_half(path):
    sent = SentList(path)
    largest = 0
    for number in range(40):
        sent.add(f"{number:02}" * (LARGEST // 2 - 2))
        largest = max(largest, path.stat().st_size)
    assert largest <= LARGEST_FILE
    assert sent.take_problem() is None
    assert len(sent.entries) == 40
    kept = lines(path)
    assert len(kept) >= 7
    assert kept == sent.entries[-len(kept) :]


def test_a_file_that_another_program_holds_is_told_of_and_written_with_the_next(path):
    SentList(path).add("before")
    sent = SentList(path)
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sent.add("meanwhile")  # it would wait here without end
        assert f"{path}: another program holds the file" in (sent.take_problem() or "")
    assert sent.entries == ["before", "meanwhile"]
    assert lines(path) == ["before"]
    sent.add("after")
    assert lines(path) == ["before", "meanwhile", "after"]


def test_a_file_that_another_program_holds_is_read_and_cut_back_another_time(path):
    for number in range(7):
        SentList(path, limit=100).add(str(number))
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sent = SentList(path, limit=3)
    assert sent.entries == ["4", "5", "6"]
    assert sent.take_problem() is None
    assert len(lines(path)) == 7


@pytest.mark.parametrize("damage", [b'"cut off', b"\xff\xfe\n", b"{}\n", b"[" * 100_000 + b"\n", b"\n\n"])
def test_a_damaged_line_is_skipped_and_does_not_damage_the_next(path, damage):
    SentList(path).add("before")
    with path.open("ab") as file:
        file.write(damage)
    sent = SentList(path)
    sent.add("after")
    assert SentList(path).entries == sent.entries == ["before", "after"]
    assert sent.take_problem() is None


def test_two_clients_at_once_lose_nothing(path):
    program = (
        "import sys; from pathlib import Path; from client_tui.record.sent import SentList\n"
        "for number in range(200):\n"
        "    SentList(Path(sys.argv[1]), 1000, patience=60).add(f'{sys.argv[2]} {number}')"
    )
    clients = [subprocess.Popen([sys.executable, "-c", program, path, name]) for name in ("a", "b", "c")]
    assert [client.wait() for client in clients] == [0, 0, 0]
    assert sorted(lines(path)) == sorted(f"{name} {number}" for name in "abc" for number in range(200))


def test_a_rewriting_does_not_lose_what_another_client_appends(path):
    program = (
        "import sys; from pathlib import Path; from client_tui.record.sent import SentList\n"
        "for number in range(300):\n"
        "    SentList(Path(sys.argv[1]), 5, patience=60).add(f'{sys.argv[2]} {number}')"
    )
    clients = [subprocess.Popen([sys.executable, "-c", program, path, name]) for name in ("a", "b")]
    assert [client.wait() for client in clients] == [0, 0]
    kept = lines(path)
    for name in "ab":
        mine = [int(text.split()[1]) for text in kept if text.startswith(name)]
        assert mine == list(range(300))[300 - len(mine) :]
    assert len(kept) >= 5


def test_a_full_disk_is_told_once_and_the_list_goes_on(tmp_path):
    path = tmp_path / "sent.jsonl"
    path.symlink_to("/dev/full")
    sent = SentList(path)
    sent.add("1")
    sent.add("2")
    assert "/dev/full: No space left on device" in (sent.take_problem() or "")
    sent.add("3")
    assert sent.take_problem() is None
    assert sent.entries == ["1", "2", "3"]


def test_an_append_that_fails_half_way_leaves_no_half_a_line(path):
    SentList(path).add("before")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from client_tui.record.sent import SentList\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "sent = SentList(Path(sys.argv[1])); sent.add('x' * 10_000); print(sent.take_problem())"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert "File too large" in done.stdout
    assert lines(path) == ["before"]


def test_a_folder_that_cannot_be_made_is_told_once(tmp_path):
    (tmp_path / "file").touch()
    sent = SentList(tmp_path / "file" / "state" / "sent.jsonl")
    sent.add("1")
    assert sent.take_problem() is not None
    assert sent.take_problem() is None
    assert sent.entries == ["1"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told_once(tmp_path):
    tmp_path.chmod(0o500)
    sent = SentList(tmp_path / "sent.jsonl")
    sent.add("1")
    assert "Permission denied" in (sent.take_problem() or "")


def test_a_rewriting_goes_through_a_link(tmp_path):
    target = tmp_path / "elsewhere" / "sent.jsonl"
    for number in range(7):
        SentList(target, limit=100).add(str(number))
    link = tmp_path / "sent.jsonl"
    link.symlink_to(target)
    assert SentList(link, limit=3).entries == ["4", "5", "6"]
    assert link.is_symlink()
    assert lines(Path(target)) == ["4", "5", "6"]
