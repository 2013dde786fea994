import json
import math
import os
import random
import subprocess
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.errors import ClientError
from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.lines import Header, decode_or_tell, encode, header_line
from client_tui.record.opened import SLICE, OpenedRecording
from client_tui.record.recording import Recording

HEADER = Header("0.1.0", "ws://127.0.0.1:8000/", 1_700_000_000.0)
HEAD = header_line(HEADER)
PATIENCE = 60.0


def frame(number, payload=None):
    body = b'{"n": %d}' % number if payload is None else payload
    return Frame(1_700_000_000 + number / 8, Direction.RECEIVED, Opcode.TEXT, body)


def line(number, payload=None):
    encoded = encode(number, frame(number, payload))
    return encoded if isinstance(encoded, bytes) else b"".join(encoded)


def lines(*numbers):
    return b"".join(map(line, numbers))


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens a recording with what it is given as its bytes."""
    recordings = []

    def open_recording(data):
        path = tmp_path / "session.jsonl"
        path.write_bytes(data)
        recordings.append(OpenedRecording(path))
        return recordings[-1]

    yield open_recording
    for recording in recordings:
        recording.close()


def read_all(recording, most=100):
    found = []
    while entries := recording.read(most):
        assert len(entries) <= most
        found += entries
    assert len(found) == len(recording)
    return found


def assert_bounds_hold(recording, found):
    """Check that each entry is just what is between its bounds, and that what is read back is the same."""
    bounds = recording.bounds(0)
    size = os.fstat(recording.fileno()).st_size
    assert len(bounds) == len(found) + 1
    for index, entry in enumerate(found):
        data = os.pread(recording.fileno(), bounds[index + 1] - bounds[index], bounds[index])
        by_another = decode_or_tell(data, 0)
        assert type(by_another) is type(entry)
        if isinstance(entry, Frame):
            assert by_another == entry == recording[index]
        else:
            assert recording[index].text == entry.text
    assert bounds[-1] <= size


# ---------------------------------------------------------------------- whole recordings


def test_header_and_entries(opened):
    recording = opened(HEAD + lines(1, 2, 3))
    assert recording.header == HEADER
    assert len(recording) == 0
    assert recording.progress < 1
    assert recording.read(2) == [frame(1), frame(2)]
    assert 0 < recording.progress < 1
    assert recording.read(2) == [frame(3)]
    assert recording.read(2) == []
    assert (recording.progress, recording.torn) == (1.0, "")
    assert [recording[index] for index in range(3)] == [frame(1), frame(2), frame(3)]
    assert_bounds_hold(recording, [frame(1), frame(2), frame(3)])
    assert list(recording.bounds(3)) == [len(HEAD + lines(1, 2, 3))]


@pytest.mark.parametrize("index", [-1, 1])
def test_an_entry_that_was_not_read_is_not_there(opened, index):
    recording = opened(HEAD + lines(1, 2))
    recording.read(1)
    with pytest.raises(IndexError):
        recording[index]


def test_a_header_may_be_missing(opened):
    recording = opened(lines(1, 2))
    assert recording.header is None
    assert read_all(recording) == [frame(1), frame(2)]


def test_a_header_alone_is_a_recording_without_entries(opened):
    for data in (HEAD, HEAD[:-1]):
        recording = opened(data)
        assert recording.header == HEADER
        assert recording.read(10) == []
        assert (recording.progress, recording.torn) == (1.0, "")


def test_what_was_recorded_is_what_is_opened(tmp_path):
    path = tmp_path / "session.jsonl"
    dice = random.Random(7)  # noqa: S311 - the same each time
    entries = [
        frame(number, dice.randbytes(dice.randrange(300)))
        if number % 7
        else Notice(1.5, NoticeKind.INFO, f"{number}")
        for number in range(5000)
    ]
    written = Recording(path, lambda: HEADER)
    written.append(entries)
    assert written.close(PATIENCE)
    recording = OpenedRecording(path)
    found = read_all(recording, 777)
    assert (recording.header, found) == (HEADER, entries)
    assert_bounds_hold(recording, found)
    recording.close()


@pytest.mark.parametrize(("most", "sizes"), [(1, [1, 1, 1, 1]), (3, [1, 1, 1, 1]), (10**9, [2, 2])])
def test_a_slice_is_bounded_in_entries_and_in_bytes(opened, most, sizes):
    recording = opened(HEAD + b"".join(line(number, b"x" * (SLICE * 2 // 5)) for number in range(4)))
    found = []
    while entries := recording.read(most):
        found.append(len(entries))
    assert found == sizes


@pytest.mark.parametrize("size", [SLICE - 130, SLICE - 110, SLICE - 100, SLICE, SLICE + 1, 9 * SLICE])
def test_a_line_of_any_length_is_read(opened, size):
    payload = b"x" * size
    recording = opened(HEAD + line(1) + line(2, payload) + line(3) + line(4, payload))
    found = read_all(recording)
    assert found == [frame(1), frame(2, payload), frame(3), frame(4, payload)]
    assert_bounds_hold(recording, found)


def test_a_line_of_a_hundred_megabytes_is_read(opened):
    payload = b"0123456789" * 10_000_000
    recording = opened(HEAD + line(1, payload) + line(2))
    entries = recording.read(1000)
    assert len(entries) == 1
    assert entries[0].payload == payload
    assert recording.read(1000) == [frame(2)]


def test_a_line_that_is_too_long_to_be_read_is_told_of(opened, tmp_path):
    # A file with a hole in it: the line is long and takes no room.
    recording = opened(HEAD + lines(1))
    with (tmp_path / "session.jsonl").open("r+b") as file:
        file.seek(300 * 2**20)
        file.write(b"\n" + lines(2))
    found = read_all(recording)
    assert found[0] == frame(1)
    assert found[1].text == "line 3 of the recording has 315 MB: too much to be read"
    assert found[2:] == [frame(2)]


# ---------------------------------------------------------------------- as others write them


def test_what_jq_writes_is_read(opened):
    try:
        done = subprocess.run(["jq", "-c", "."], input=HEAD + lines(1, 2), capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("jq is not installed")
    recording = opened(done.stdout)
    assert recording.header == HEADER
    assert read_all(recording) == [frame(1), frame(2)]


def test_spaces_crlf_and_a_byte_order_mark_are_read(opened):
    data = b"\xef\xbb\xbf" + (HEAD + lines(1, 2)).replace(b",", b" ,\t").replace(b"\n", b" \r\n")
    recording = opened(data)
    assert recording.header == HEADER
    found = read_all(recording)
    assert found == [frame(1), frame(2, b'{"n": 2}')]
    assert_bounds_hold(recording, found)


def test_blank_lines_belong_to_the_line_before(opened):
    data = (
        b"\n \r\n"
        + HEAD
        + b"\n\n"
        + line(1)
        + b"\n  \n"
        + line(2)
        + line(3)
        + b"\t\n"
        + b"broken\n"
        + b"\n\n\n"
    )
    recording = opened(data)
    assert recording.header == HEADER
    found = read_all(recording, 1)
    assert found[:3] == [frame(1), frame(2), frame(3)]
    assert found[3].text.startswith("line 12 of the recording is damaged")
    assert recording[3].text == found[3].text
    bounds = recording.bounds(0)
    assert (bounds[0], bounds[-1]) == (data.index(line(1)), len(data))
    assert_bounds_hold(recording, found)


def test_many_blank_lines_are_counted_and_not_kept(opened):
    recording = opened(HEAD + line(1) + b"\n" * 300_000 + b"x\n")
    found = read_all(recording)
    assert found[1].text.startswith("line 300,003 of")
    assert len(recording._blank_behind) == len(recording._blank_lines) == 1


def test_two_recordings_in_one_file(opened):
    recording = opened(HEAD + lines(1) + header_line(Header("2", "ws://b", 7.0)) + lines(1))
    assert recording.header == HEADER
    assert read_all(recording) == [
        frame(1),
        Notice(7.0, NoticeKind.INFO, "here begins the recording of ws://b"),
        frame(1),
    ]


def test_a_last_line_without_a_line_feed_is_whole_if_it_can_be_read(opened):
    recording = opened(HEAD + lines(1, 2)[:-1])
    found = read_all(recording)
    assert found == [frame(1), frame(2)]
    assert (recording.progress, recording.torn) == (1.0, "")
    assert_bounds_hold(recording, found)


# ---------------------------------------------------------------------- damage


def test_a_damaged_line_is_told_of_with_its_number_and_the_rest_goes_on(opened):
    recording = opened(HEAD + lines(1) + b'{"seq":2,"time":"20\n' + b"\x00" * 5000 + b"\n" + lines(4))
    found = read_all(recording)
    assert (found[0], found[3]) == (frame(1), frame(4))
    assert [entry.kind for entry in found[1:3]] == [NoticeKind.ERROR] * 2
    assert found[1].text.startswith("line 3 of the recording is damaged: it is not JSON")
    assert found[2].text.startswith("line 4 of the recording is damaged: it is not JSON")
    assert math.isnan(found[1].at)
    assert_bounds_hold(recording, found)


def test_a_damaged_header_is_told_of(opened):
    recording = opened(b"\x00" * 30 + b"\n" + lines(1))
    assert recording.header is None
    found = read_all(recording)
    assert found[0].text.startswith("line 1 of the recording is damaged")
    assert found[1:] == [frame(1)]


def test_a_torn_last_line_is_told_of_at_the_end_only(opened):
    recording = opened(HEAD + lines(1) + line(2)[:50])
    assert recording.torn == ""
    assert read_all(recording) == [frame(1)]
    assert recording.torn == "line 3 breaks off after 50 B: the file ends there"
    assert recording.progress == 1.0


@given(cut=st.integers(0, 400), junk=st.binary(max_size=20))
def test_wherever_it_is_torn_what_comes_before_is_read(tmp_path_factory, cut, junk):
    whole = HEAD + lines(1, 2, 3)
    path = tmp_path_factory.mktemp("torn") / "session.jsonl"
    path.write_bytes(whole[: len(HEAD) + 1 + cut] + junk.replace(b"\n", b""))
    recording = OpenedRecording(path)
    found = read_all(recording)
    for number, entry in enumerate(found, 1):
        assert entry == frame(number)
    assert recording.header == HEADER
    assert recording.progress == 1.0
    recording.close()


@given(data=st.lists(st.binary(max_size=30) | st.sampled_from([b"\n", b"\r\n", HEAD, line(1), line(2)[:-1]])))
def test_whatever_is_in_it_the_bounds_hold(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "session.jsonl"
    path.write_bytes(line(1) + b"".join(data))
    recording = OpenedRecording(path)
    found = read_all(recording, 2)
    assert_bounds_hold(recording, found)
    numbers = [recording._number(index) for index in range(len(found))]
    starts = [path.read_bytes()[:start].count(b"\n") + 1 for start in recording.bounds(0)[:-1]]
    assert numbers == starts
    recording.close()


# ---------------------------------------------------------------------- a file that grows


def test_a_file_is_followed_as_it_grows(opened, tmp_path):
    recording = opened(HEAD)
    with (tmp_path / "session.jsonl").open("ab", buffering=0) as file:
        assert recording.read(10) == []
        file.write(lines(1, 2))
        assert recording.read(10) == [frame(1), frame(2)]
        for piece in (line(3)[:40], line(3)[40:-1]):
            assert recording.read(10) == []
            file.write(piece)
        assert recording.read(10) == [frame(3)]  # it is whole, though its line feed is not there yet
        assert recording.read(10) == []
        file.write(b"\n" + line(4) + b"\nx\n")
        found = recording.read(10)
        assert found[0] == frame(4)
        assert found[1].text.startswith("line 7 of")
    assert recording.torn == ""
    assert [recording[index] for index in range(4)] == [frame(1), frame(2), frame(3), frame(4)]
    assert_bounds_hold(recording, [frame(1), frame(2), frame(3), frame(4), found[1]])


def test_a_half_written_line_that_is_taken_back_is_read_as_it_is_written_then(opened, tmp_path):
    recording = opened(HEAD + line(1) + line(2, b"x" * 5 * SLICE)[: 3 * SLICE])
    assert recording.read(10) == [frame(1)]
    assert recording.read(10) == []
    assert recording.torn
    path = tmp_path / "session.jsonl"
    os.truncate(path, len(HEAD + line(1)))
    assert recording.read(10) == []
    assert recording.torn == ""
    with path.open("ab") as file:
        file.write(lines(2, 3))
    assert recording.read(10) == [frame(2), frame(3)]


def test_a_live_session_is_followed_to_the_last_entry(tmp_path):
    count = 20_000
    path = tmp_path / "session.jsonl"
    written = Recording(path, lambda: HEADER)
    written.append([frame(0)])
    assert written[0] == frame(0)
    tick = threading.Event()
    while not (path.exists() and path.stat().st_size):
        tick.wait(0.002)

    def write():
        for start in range(1, count, 100):
            written.append([frame(number) for number in range(start, min(start + 100, count))])

    writer = threading.Thread(target=write)
    writer.start()
    recording = OpenedRecording(path)
    found = []
    deadline = time.monotonic() + PATIENCE
    while len(found) < count and time.monotonic() < deadline:
        found += recording.read(500)
    writer.join(PATIENCE)
    assert found == [frame(number) for number in range(count)]
    assert written.close(PATIENCE)
    recording.close()


def test_a_file_that_has_become_shorter_is_no_error(opened, tmp_path):
    recording = opened(HEAD + lines(1, 2, 3))
    assert len(read_all(recording)) == 3
    os.truncate(tmp_path / "session.jsonl", len(HEAD) + 10)
    assert recording.read(10) == []
    assert recording.progress == 1.0
    assert recording[2].text.startswith("line 4 of the recording is damaged")


# ---------------------------------------------------------------------- what is no recording


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "is no text"),
        (b"\x00" * 10_000, "is no text"),
        (b"\xff" * 100, "is no text"),
        ("Grüße\n".encode() * 2000, "holds other text"),
        (b"\n\n  \n", "holds other text"),
        (b"{}", "holds other JSON"),
        (b"[1, 2]\n", "holds other JSON"),
        (json.dumps({"log": {"entries": []}}, indent=2).encode(), "holds other JSON"),
        (b'{"log":{"version":"1.2"' + b" " * 2 * SLICE, "holds other JSON"),
        (b'{"time":"2026-01-01T00:00:00Z","event":"started","level":3}\n' * 2, "holds other JSON"),
        (b"[" * 100_000, "holds other JSON"),
        (b"a\n" * SLICE, "holds other text"),
    ],
    ids=lambda given: repr(given[:20]),
)
def test_what_is_no_recording_is_refused_in_words(opened, data, reason):
    with pytest.raises(ClientError) as told:
        opened(data)
    assert told.value.title == "No recording"
    assert f"session.jsonl {reason}: a recording is what --record FILE writes" in told.value.message


def test_the_beginning_of_a_header_or_of_an_entry_is_a_recording(opened):
    for data in (HEAD[:20], line(1)[:20], line(1, b"x" * 2 * SLICE)[: SLICE + 5]):
        recording = opened(data)
        assert recording.read(10) == []
        assert recording.torn


def test_a_folder_a_pipe_a_device_and_what_is_not_there_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, reason in {
        tmp_path: "is a folder",
        tmp_path / "pipe": "is no file",
        "/dev/null": "is no file",
        tmp_path / "none": "No such file or directory",
        tmp_path / "pipe" / "x": "Not a directory",
        tmp_path / "\x00": "null byte",
    }.items():
        with pytest.raises(ClientError, match=reason):
            OpenedRecording(path)


def test_a_descriptor_is_taken_over(tmp_path):
    path = tmp_path / "session.jsonl"
    path.write_bytes(HEAD + lines(1))
    descriptor = os.open(path, os.O_RDONLY)
    recording = OpenedRecording(descriptor)
    assert read_all(recording) == [frame(1)]
    recording.close()
    assert recording.fileno() == -1
    assert recording[0].text == "it cannot be read back: the recording is closed"
    assert recording.read(10) == []
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
    path.write_bytes(b"")
    descriptor = os.open(path, os.O_RDONLY)
    with pytest.raises(ClientError, match="the input is empty"):
        OpenedRecording(descriptor)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
