import fcntl
import os
import stat
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.record import sessions as module
from client_tui.record.lines import Header, encode, header_line
from client_tui.record.recording import Recording
from client_tui.record.sessions import clean_up, new_path, sessions

STARTED = datetime(2026, 11, 22, 12, 1, 2, 118274, UTC).timestamp()
DAY = 86_400.0
PATIENCE = 60.0


def frame(payload=b"{}"):
    return Frame(STARTED, Direction.SENT, Opcode.TEXT, payload)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "state" / "sessions"
    path.mkdir(parents=True)
    return path


def record(folder, days_ago=0.0, url="ws://host:8000/", count=2, payload=b"{}"):
    """Write a session that started and ended so many days before now, and return its path."""
    started = STARTED - days_ago * DAY
    path = new_path(folder, started, url)
    recording = Recording(path, lambda: Header("1", url, started))
    recording.append([frame(payload)] * count)
    assert recording.close(PATIENCE)
    os.utime(path, (started, started))
    return path


# ---------------------------------------------------------------------- names


def test_a_name_says_when_and_where_and_sorts_by_time():
    path = new_path(Path("/state"), STARTED, "wss://echo.example:8443/chat?token=secret")
    assert str(path) == f"/state/20261122T120102.118274Z-echo.example-8443-{os.getpid()}.jsonl"
    times = [STARTED + step for step in (-1e9, -60, -1, -0.5, -0.000001, 0, 0.1, 3600, 1e9)]
    names = [new_path(Path(), at, f"ws://{os.urandom(3).hex()}/").name for at in times]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("ws://[::1]:8000/", "1-8000"),
        ("ws://user:secret@host/", "host"),
        ("ws://../../etc", "session"),
        ("ws://a/../b", "a"),
        ("ws://-.-/", "session"),
        ("ws://grüße.example/", "gr-e.example"),
        ("ws://[", "session"),
        ("", "session"),
        ("ws://" + "x" * 300, "x" * 60),
        ("ws://a\x00\n\x1b[31m/", "session"),
        ("ws://a\x00\n\x1bm/", "a-m"),
    ],
)
def test_a_host_of_any_kind_makes_a_safe_name(url, host):
    assert (
        new_path(Path("/state"), STARTED, url).name == f"20261122T120102.118274Z-{host}-{os.getpid()}.jsonl"
    )


@given(url=st.text() | st.text().map("ws://{}/".format), at=st.floats())
def test_a_name_never_leaves_the_folder(url, at):
    path = new_path(Path("/state"), at, url)
    assert path.parent == Path("/state")
    assert path.name.isascii()
    assert path.name.isprintable()
    assert len(path.name) < 120
    assert not path.name.startswith(".")


# ---------------------------------------------------------------------- what is there


def test_sessions_are_listed_the_newest_first(folder):
    paths = [record(folder, days_ago, f"ws://host{days_ago}/", count=days_ago + 1) for days_ago in (1, 0, 2)]
    found = sessions(folder)
    assert [info.path for info in found] == [paths[1], paths[0], paths[2]]
    assert [info.url for info in found] == ["ws://host0/", "ws://host1/", "ws://host2/"]
    assert [info.count for info in found] == [1, 2, 3]
    assert [info.size for info in found] == [path.stat().st_size for path in (paths[1], paths[0], paths[2])]
    assert [info.started for info in found] == [STARTED, STARTED - DAY, STARTED - 2 * DAY]
    assert [info.changed for info in found] == [STARTED, STARTED - DAY, STARTED - 2 * DAY]
    assert not any(info.is_live for info in found)


def test_a_session_is_live_while_it_is_recorded(folder):
    path = new_path(folder, STARTED, "ws://host/")
    recording = Recording(path, lambda: Header("1", "ws://host/", STARTED))
    recording.append([frame()])
    deadline = time.monotonic() + PATIENCE
    while not (found := sessions(folder)):
        assert time.monotonic() < deadline
    assert [info.is_live for info in found] == [True]
    assert recording.close(PATIENCE)
    assert [info.is_live for info in sessions(folder)] == [False]


def test_to_look_does_not_hold_what_is_looked_at(folder):
    path = record(folder)
    sessions(folder)
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("size", [10, 64 * 1024, 1_000_000, 5_000_000])
def test_entries_are_counted_by_the_last_line_however_long_it_is(folder, size):
    path = record(folder, count=3, payload=b"x" * size)
    assert sessions(folder)[0].count == 3
    with path.open("ab") as file:
        file.write(b'{"seq":4,"time":"20')  # torn
    assert sessions(folder)[0].count == 3


@pytest.mark.parametrize(
    ("end", "count"), [(b"", 0), (b'{"seq":1', 0), (b"damaged\n", None), (b"\n\n", None)]
)
def test_a_count_that_the_end_does_not_say_is_none(folder, end, count):
    header = header_line(Header("1", "ws://host/", STARTED))
    (folder / "any.jsonl").write_bytes(header + end)
    assert [info.count for info in sessions(folder)] == [count]


def test_a_session_that_was_renamed_or_whose_beginning_is_damaged_is_listed(folder):
    path = record(folder)
    path.rename(folder / "the one with the bug.jsonl")
    assert [info.started for info in sessions(folder)] == [STARTED]
    damaged = record(folder, 1)
    with damaged.open("r+b") as file:
        file.write(b"\x00" * 50)
    assert [(info.url, info.started) for info in sessions(folder)] == [
        ("ws://host:8000/", STARTED),
        ("", STARTED - DAY),
    ]


def foreign_files(folder):
    """Put all kinds of things into the folder that are no sessions."""
    (folder / "notes.txt").write_text("mine")
    (folder / "other.jsonl").write_text('{"some": "thing"}\n')
    (folder / "empty.jsonl").touch()
    (folder / "binary.jsonl").write_bytes(bytes(range(256)))
    (folder / "folder.jsonl").mkdir()
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "dangling.jsonl").symlink_to(folder / "nowhere")
    (folder / os.fsdecode(b"\xff\xfe.jsonl")).write_bytes(b"x")
    new_path(folder, STARTED - 50 * DAY, "ws://empty/").touch()
    new_path(folder, STARTED - 51 * DAY, "ws://folder/").mkdir()


def test_what_is_no_session_is_left_out(folder):
    foreign_files(folder)
    path = record(folder)
    assert [info.path for info in sessions(folder)] == [path]


def test_a_folder_that_is_not_there_has_no_sessions(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file", Path("/a\x00b")):
        assert sessions(path) == []
        assert clean_up(path, 0, 0, STARTED) == []


# ---------------------------------------------------------------------- what may go


def test_without_bounds_nothing_goes(folder):
    record(folder, 1000)
    assert clean_up(folder, None, None, STARTED) == []
    assert len(sessions(folder)) == 1


def test_what_is_too_old_goes_the_oldest_first(folder):
    paths = {days_ago: record(folder, days_ago) for days_ago in (0, 1, 2, 3)}
    before = sessions(folder)
    deleted = clean_up(folder, None, 1.5 * DAY, STARTED)
    assert deleted == [before[3], before[2]]
    assert [info.path for info in sessions(folder)] == [paths[0], paths[1]]
    assert clean_up(folder, None, 1.5 * DAY, STARTED) == []


def test_the_oldest_go_until_the_size_is_right(folder):
    paths = [record(folder, days_ago, payload=b"x" * 1000) for days_ago in (0, 1, 2, 3)]
    size = paths[0].stat().st_size
    assert [info.path for info in clean_up(folder, 2 * size, None, STARTED)] == [paths[3], paths[2]]
    assert clean_up(folder, 2 * size, None, STARTED) == []
    assert [info.path for info in clean_up(folder, 2 * size - 1, None, STARTED)] == [paths[1]]
    assert [info.path for info in clean_up(folder, 0, None, STARTED)] == [paths[0]]


def test_what_is_live_never_goes(folder):
    old = record(folder, 100)
    path = new_path(folder, STARTED - 200 * DAY, "ws://host/")
    recording = Recording(path, lambda: Header("1", "ws://host/", STARTED))
    recording.append([frame()])
    deadline = time.monotonic() + PATIENCE
    while len(sessions(folder)) < 2:
        assert time.monotonic() < deadline
    os.utime(path, (0, 0))
    assert [info.path for info in clean_up(folder, 0, 0, STARTED)] == [old]
    assert recording.close(PATIENCE)
    assert [info.path for info in clean_up(folder, 0, 0, STARTED)] == [path]


def test_what_is_not_named_like_ours_never_goes(folder):
    foreign_files(folder)
    renamed = record(folder, 100).rename(folder / "the one with the bug.jsonl")
    before = sorted(each.name for each in folder.iterdir())
    assert clean_up(folder, 0, 0, STARTED) == []
    assert sorted(each.name for each in folder.iterdir()) == before
    assert renamed.exists()


def test_nothing_goes_through_a_link(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = record(elsewhere, 100)
    link = folder / target.name
    link.symlink_to(target)
    assert sessions(folder) == []
    assert clean_up(folder, 0, 0, STARTED) == []
    assert link.is_symlink()
    assert target.exists()


def test_a_folder_may_be_a_link_itself(folder, tmp_path):
    path = record(folder, 100)
    (tmp_path / "link").symlink_to(folder)
    assert [info.path for info in clean_up(tmp_path / "link", 0, None, STARTED)] == [
        tmp_path / "link" / path.name
    ]
    assert not path.exists()


def test_what_changes_between_the_look_and_the_deletion_stays(folder):
    path = record(folder, 100)
    found = sessions(folder)[0]
    with path.open("ab") as file:
        file.write(encode(3, frame()))
    descriptor = os.open(folder, os.O_RDONLY)
    assert not module._delete(found, descriptor)
    assert path.exists()
    assert module._delete(replace(found, size=path.stat().st_size, changed=path.stat().st_mtime), descriptor)
    assert not module._delete(found, descriptor)
    os.close(descriptor)
    assert not path.exists()


def test_where_no_one_can_tell_whether_it_is_live_a_day_must_have_passed(folder):
    record(folder)
    unsure = replace(sessions(folder)[0], is_live=None)
    assert not module._may_go(unsure, STARTED + DAY)
    assert module._may_go(unsure, STARTED + DAY + 1)


def test_no_descriptor_is_left(folder):
    foreign_files(folder)
    record(folder)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        sessions(folder)
        clean_up(folder, 0, 0, STARTED)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_folder_that_a_recording_makes_is_the_owners_alone(tmp_path):
    path = record(tmp_path / "state" / "sessions")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
