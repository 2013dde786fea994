import fcntl
import gc
import itertools
import json
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.lines import Header, decode, decode_or_tell
from client_tui.record.recording import HURRY, KEPT, ROOM, Recording, open_recording
from client_tui.record.secrets import Cover

HEADER = Header("0.1.0", "ws://127.0.0.1:8000/", 1_700_000_000.0)
PATIENCE = 60.0  # in seconds: far more than anything here takes


def frame(number, payload=None):
    body = b'{"n": %d}' % number if payload is None else payload
    return Frame(1_700_000_000 + number / 8, Direction.RECEIVED, Opcode.TEXT, body)


def notice(text, detail=""):
    return Notice(1_700_000_000.5, NoticeKind.WARNING, text, detail)


def until(condition):
    deadline = time.monotonic() + PATIENCE
    tick = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        tick.wait(0.002)


def lines(path):
    data = path.read_bytes()
    assert data.endswith(b"\n")
    return data.splitlines(keepends=True)


def entries(path):
    header, *rest = map(decode, lines(path))
    assert header == HEADER
    return rest


class Room:
    """A folder to record in, and what recordings there tell of."""

    def __init__(self, folder):
        self.path = folder / "state" / "session.jsonl"
        self.troubles = queue.SimpleQueue()
        self.opened = []

    def record(self, path=..., *, header=lambda: HEADER, cover=None):
        where = self.path if path is ... else path
        self.opened.append(Recording(where, header, cover=cover, tell=self.troubles.put))
        return self.opened[-1]

    def trouble(self):
        return self.troubles.get(timeout=PATIENCE)


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path)
    yield room
    for recording in room.opened:
        recording.close(PATIENCE)
    assert room.troubles.empty()


# ---------------------------------------------------------------------- what is written


def test_a_header_and_then_a_line_an_entry(room):
    recording = room.record()
    recording.append([frame(1), notice("news")])
    recording.append([frame(2)])
    assert recording.close(PATIENCE)
    assert entries(room.path) == [frame(1), notice("news"), frame(2)]
    assert [json.loads(line).get("seq") for line in lines(room.path)] == [None, 1, 2, 3]


def test_it_is_written_without_being_asked(room):
    recording = room.record()
    recording.append([frame(1)])
    until(lambda: room.path.exists() and room.path.read_bytes().count(b"\n") == 2)
    recording.append([frame(2)])
    until(lambda: room.path.read_bytes().count(b"\n") == 3)


def test_without_an_entry_there_is_no_file_and_no_header_is_asked_for(room):
    asked = []
    recording = room.record(header=lambda: asked.append(1) or HEADER)
    assert recording.close(PATIENCE)
    assert recording.fileno() == -1
    assert not asked
    assert not room.path.parent.exists()


def test_file_and_folder_are_the_owners_alone(room):
    old = os.umask(0)
    try:
        recording = room.record()
        recording.append([frame(1)])
        assert recording.close(PATIENCE)
    finally:
        os.umask(old)
    assert stat.S_IMODE(room.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(room.path.parent.stat().st_mode) == 0o700


def test_without_a_path_nothing_is_left_behind(room, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    recording = room.record(None)
    recording.append([frame(1)])
    until(lambda: len(recording.bounds(0)) == 2)
    assert recording[0] == frame(1)
    assert recording.close(PATIENCE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "payload",
    [
        b"x" * (2**20 + 1),
        ("é" * 300_000 + "世\U0001f600" * 300_000).encode(),
        b"x" * 2**20 + b"\xff" * 2**20,
        b'{"a": "\\ud800\x00"}' * 100_000,
        b"x" * (5 * 2**20),
    ],
    ids=lambda payload: f"{len(payload)} B",
)
def test_a_large_payload_is_kept_whole(room, payload):
    recording = room.record()
    recording.append([frame(1), frame(2, payload), frame(3)])
    assert recording[1] == frame(2, payload)
    until(lambda: len(recording.bounds(0)) == 4)
    assert [recording[index] for index in range(3)] == [frame(1), frame(2, payload), frame(3)]
    assert recording.close(PATIENCE)
    assert entries(room.path) == [frame(1), frame(2, payload), frame(3)]


def test_words_that_are_not_utf_8_are_kept(room):
    odd = notice("\udcff\udc80 \ud800", "a\r\nb\x00\u2028")
    recording = room.record()
    recording.append([odd])
    until(lambda: len(recording.bounds(0)) == 2)
    assert recording[0] == odd
    assert recording.close(PATIENCE)
    assert entries(room.path) == [odd]


def test_a_hundred_thousand_entries_are_there_in_order_and_can_be_read_meanwhile(room):
    count = 100_000
    recording = room.record()
    wrong = []
    ended = threading.Event()

    def read():
        read_so_far = 0
        while not (ended.is_set() and read_so_far == count):
            there = len(recording)
            wrong.extend(place for place in range(read_so_far, there) if recording[place] != frame(place))
            read_so_far = there

    reader = threading.Thread(target=read)
    reader.start()
    for start in range(0, count, 50):
        recording.append([frame(number) for number in range(start, start + 50)])
    ended.set()
    reader.join(PATIENCE)
    assert not reader.is_alive()
    assert wrong == []
    assert recording.close(PATIENCE)
    assert len(recording) == count
    assert entries(room.path) == [frame(number) for number in range(count)]


# ---------------------------------------------------------------------- what is read back


def test_an_entry_is_read_from_memory_and_then_from_the_file(room):
    may_write = threading.Event()
    recording = room.record(header=lambda: may_write.wait(PATIENCE) and HEADER)
    recording.append([frame(1), notice("a")])
    assert (recording[0], recording[1], len(recording), len(recording.bounds(0))) == (
        frame(1),
        notice("a"),
        2,
        1,
    )
    may_write.set()
    until(lambda: len(recording.bounds(0)) == 3)
    assert (recording[0], recording[1], len(recording)) == (frame(1), notice("a"), 2)


@pytest.mark.parametrize("index", [-1, 2, 1000])
def test_an_entry_that_is_not_there_is_an_error_in_memory_and_in_the_file(room, index):
    may_write = threading.Event()
    recording = room.record(header=lambda: may_write.wait(PATIENCE) and HEADER)
    recording.append([frame(1), frame(2)])
    with pytest.raises(IndexError):
        recording[index]
    may_write.set()
    until(lambda: len(recording.bounds(0)) == 3)
    with pytest.raises(IndexError):
        recording[index]


def test_another_process_can_read_by_the_bounds(room):
    recording = room.record()
    recording.append([frame(number) for number in range(1000)])
    until(lambda: len(recording.bounds(0)) == 1001)
    bounds = recording.bounds(400)
    found = [
        decode_or_tell(os.pread(recording.fileno(), end - start, start), 0)
        for start, end in itertools.pairwise(bounds)
    ]
    assert found == [frame(number) for number in range(400, 1000)]


@pytest.mark.parametrize("damage", [b"", b"\x00" * 500, b"{}\n" * 200])
def test_an_entry_that_somebody_damaged_is_told_of(room, damage):
    recording = room.record()
    recording.append([frame(number) for number in range(3)])
    until(lambda: len(recording.bounds(0)) == 4)
    room.path.write_bytes(damage)
    told = recording[1]
    assert isinstance(told, Notice)
    assert "line 3 of the recording is damaged" in told.text


# ---------------------------------------------------------------------- secrets


def test_what_is_secret_is_not_in_the_file_though_the_session_shows_it(room):
    said = [
        notice("connected", "Server: a\nSet-Cookie: s=s3cr3tc00kie\nDate: b"),
        notice("invalid Authorization header: s3cr3tword"),
        notice("the server quoted t0kent0ken", "and again: t0kent0ken"),
        notice("nothing secret"),
    ]
    recording = room.record(cover=Cover([("Authorization", "Bearer t0kent0ken")]))
    recording.append(said)
    until(lambda: len(recording.bounds(0)) == 5)
    assert [recording[index] for index in range(4)] == said
    data = room.path.read_bytes()
    for secret in (b"s3cr3t", b"t0ken"):
        assert secret not in data
    assert b"Server: a" in data
    assert b"Date: b" in data


def test_only_so_much_is_remembered_of_what_was_covered(room):
    said = [notice("no", f"Cookie: {number}\n{'x' * 50_000}") for number in range(100)]
    recording = room.record()
    recording.append(said)
    until(lambda: len(recording.bounds(0)) == 101)
    found = [recording[index] == said[index] for index in range(100)]
    assert 10 < sum(found) < 30
    assert "Cookie: (not recorded)" in recording[99].detail


# ---------------------------------------------------------------------- where it cannot be written


def make_fifo(path):
    path.parent.mkdir()
    os.mkfifo(path)


def make_full(path):
    path.parent.mkdir()
    path.write_text("the holiday pictures")


def make_device(path):
    path.parent.mkdir()
    path.symlink_to("/dev/null")


PLACES = {
    "a pipe": (make_fifo, "it is no file"),
    "a device": (make_device, "it is no file"),
    "a folder": (lambda path: path.mkdir(parents=True), "Is a directory"),
    "a file that holds something": (make_full, "it holds something already"),
    "below a file": (lambda path: path.parent.touch(), "Not a directory"),
}


@pytest.mark.parametrize(("make", "reason"), PLACES.values(), ids=PLACES)
def test_a_place_that_cannot_be_written_is_told_of_once_and_the_session_goes_on(room, make, reason):
    make(room.path)
    before = room.path.lstat() if room.path.exists() else None
    recording = room.record()
    recording.append([frame(1)])
    trouble = room.trouble()
    assert trouble.words.startswith(f"{room.path} cannot be written ({reason}")
    assert not trouble.is_over
    recording.append([frame(2)])
    until(lambda: len(recording.bounds(0)) == 3)
    assert [recording[0], recording[1]] == [frame(1), frame(2)]
    assert (recording.path, recording.is_in_trouble) == (None, False)
    assert recording.close(PATIENCE)
    if before is not None:
        assert room.path.lstat().st_size == before.st_size


def test_a_folder_that_the_system_does_not_let_anybody_write_is_told_of(room):
    recording = room.record(Path("/proc/1/session.jsonl"))
    recording.append([frame(1)])
    assert "/proc/1/session.jsonl cannot be written" in room.trouble().words
    until(lambda: len(recording.bounds(0)) == 2)


def test_an_empty_file_may_be_recorded_into_and_keeps_its_mode(room):
    room.path.parent.mkdir()
    room.path.touch()
    room.path.chmod(0o640)
    recording = room.record()
    recording.append([frame(1)])
    assert recording.close(PATIENCE)
    assert entries(room.path) == [frame(1)]
    assert stat.S_IMODE(room.path.stat().st_mode) == 0o640


def test_what_another_client_records_into_is_left_to_it(room):
    other = open_recording(room.path)  # it has not written yet
    recording = room.record()
    recording.append([frame(1)])
    assert "another client records into it" in room.trouble().words
    os.close(other)
    assert recording.close(PATIENCE)
    assert room.path.read_bytes() == b""


def test_the_file_is_locked_for_as_long_as_it_is_recorded_into(room):
    recording = room.record()
    recording.append([frame(1)])
    until(room.path.exists)
    until(lambda: len(recording.bounds(0)) == 2)
    with room.path.open("rb") as file:
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        assert recording.close(PATIENCE)
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


def test_a_listener_that_has_gone_does_not_end_the_recording(room):
    make_full(room.path)
    recording = room.record()

    def gone(_trouble):
        raise RuntimeError("Event loop is closed")

    recording.tell = gone
    recording.append([frame(1)])
    until(lambda: len(recording.bounds(0)) == 2)
    assert recording[0] == frame(1)


# ---------------------------------------------------------------------- a disk that is full

ON_A_FULL_DISK = f"""
import json, os, resource, signal, sys, threading
from pathlib import Path
from client_tui.core.frame import *
from client_tui.record.lines import Header
from client_tui.record.recording import KEPT, Recording
path, limit, count, size = Path(sys.argv[1]), *map(int, sys.argv[2:])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
troubles, full, over = [], threading.Event(), threading.Event()
def tell(trouble):
    on_disk = path.read_bytes()
    troubles.append([trouble.words, trouble.is_over, on_disk[-1:] in (b"", b"\\n")])
    (over if trouble.is_over else full).set()
def frame(number):
    payload = b"%09d" % number + b"x" * size
    return Frame(float(number), Direction.RECEIVED, Opcode.TEXT, payload)
asked = []
def header():
    asked.append(1)
    return Header("1", "ws://a", 1.0)
recording = Recording(path, header, tell=tell)
for start in range(0, count, 20):
    recording.append([frame(number) for number in range(start, start + 20)])
    if start == 0:
        assert full.wait({PATIENCE}) or limit > 2**30
assert recording.has_room
kept = recording._backlog.bytes
in_memory = isinstance(recording[count - 1], Frame) and len(recording) == count
status = Path("/proc/self/status").read_text()  # getrusage would count what pytest had when it forked
rss = int(status.partition("VmHWM:")[2].split()[0]) * 1024
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert over.wait({PATIENCE})
whole = recording.close({PATIENCE})
told = dict(troubles=troubles, kept=kept, in_memory=in_memory, rss=rss, whole=whole, asked=len(asked))
print(json.dumps(told))
"""


def record_on_a_full_disk(path, *numbers):
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, path, *map(str, numbers)], capture_output=True, text=True
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize("limit", [10, 2000], ids=["amid the header", "amid a line"])
def test_a_full_disk_is_told_of_once_and_the_recording_is_whole_when_there_is_room_again(tmp_path, limit):
    path = tmp_path / "session.jsonl"
    told = record_on_a_full_disk(path, limit, 2000, 100)
    assert told["troubles"] == [
        [f"the recording {path} takes no more: File too large", False, True],
        [f"the recording {path} is written again", True, True],
    ]
    assert told["in_memory"]
    assert told["whole"]
    _, *rest = map(decode, lines(path))
    assert [int(entry.payload[:9]) for entry in rest] == list(range(2000))


def test_while_the_disk_is_full_the_newest_frames_are_kept_and_memory_is_bounded(tmp_path):
    path = tmp_path / "session.jsonl"
    told = record_on_a_full_disk(path, 10, 600, 2**20)
    assert told["asked"] < 20  # the disk is tried each second, and not with each frame
    assert told["kept"] <= KEPT
    assert told["rss"] < 300 * 2**20  # of 600
    assert told["in_memory"]
    assert told["whole"]
    _, *rest = map(decode, lines(path))
    assert len(rest) == 600
    kinds = [type(entry) for entry in rest]
    lost = Counter(kinds)[Notice]
    assert 500 < lost < 560
    assert kinds == [Notice] * lost + [Frame] * (600 - lost)
    assert [entry.at for entry in rest] == [float(number) for number in range(600)]
    assert rest[0].text == "a frame was here: it could be kept nowhere"


def test_a_disk_that_stays_full_leaves_whole_lines(tmp_path):
    path = tmp_path / "session.jsonl"
    program = (
        "import resource, signal, sys, threading; from pathlib import Path\n"
        "from client_tui.core.frame import *\n"
        "from client_tui.record.lines import Header; from client_tui.record.recording import Recording\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "full = threading.Event()\n"
        "header = Header('1', 'ws://a', 1.0)\n"
        "recording = Recording(Path(sys.argv[1]), lambda: header, tell=lambda _: full.set())\n"
        "recording.append([Frame(1.0, Direction.SENT, Opcode.TEXT, b'1')])\n"
        "while len(recording.bounds(0)) < 2: threading.Event().wait(0.01)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "recording.append([Frame(1.0, Direction.SENT, Opcode.TEXT, b'2' * 5_000_000)] * 2)\n"
        "full.wait(60)\n"
        "print(recording.close(60), len(recording), len(recording[2].payload))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False 3 5000000\n", "")
    assert [type(decode(line)) for line in lines(path)] == [Header, Frame]


# ---------------------------------------------------------------------- kill -9


def test_a_client_that_is_killed_leaves_all_but_the_last_moment_in_whole_lines(tmp_path):
    path = tmp_path / "session.jsonl"
    program = (
        "import sys, threading, time; from pathlib import Path; from client_tui.core.frame import *\n"
        "from client_tui.record.lines import Header; from client_tui.record.recording import Recording\n"
        "recording = Recording(Path(sys.argv[1]), lambda: Header('1', 'ws://a', 1.0))\n"
        "for number in range(10**9):\n"
        "    recording.append([Frame(time.time(), Direction.SENT, Opcode.TEXT, b'%d' % number)])\n"
        "    if number % 500 == 0:\n"
        "        print(number, flush=True)\n"
        "        while number > 20_000 and number not in range(len(recording.bounds(0)) - 1):\n"
        "            threading.Event().wait(0.01)\n"
        "        if number > 20_000: print('written', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True) as child:
        announced = 0
        for line in child.stdout:
            if line == "written\n":
                break
            announced = int(line)
        child.send_signal(signal.SIGKILL)
        child.wait(PATIENCE)
    whole, _, _torn = path.read_bytes().rpartition(b"\n")
    header, *found = map(decode, whole.splitlines())
    assert header == Header("1", "ws://a", 1.0)
    assert len(found) > announced > 20_000
    assert [int(entry.payload) for entry in found] == list(range(len(found)))


# ---------------------------------------------------------------------- room, and the end


def test_there_is_no_room_while_a_slow_disk_has_enough_to_do(room):
    may_write = threading.Event()
    recording = room.record(header=lambda: may_write.wait(PATIENCE) and HEADER)
    assert recording.has_room
    recording.append([frame(number, b"x" * (HURRY // 2)) for number in range(ROOM // HURRY * 2)])
    assert not recording.has_room
    may_write.set()
    until(lambda: recording.has_room)


def test_what_is_closed_holds_no_descriptor_and_says_so(room):
    recording = room.record()
    recording.append([frame(1)])
    assert recording.close(PATIENCE)
    assert recording.fileno() == -1
    assert len(recording) == 1
    told = recording[0]
    assert isinstance(told, Notice)
    assert told.text == "it cannot be read back: the recording is closed"
    assert recording.close(PATIENCE)


def test_no_descriptor_is_left_whatever_became_of_it(room, tmp_path):
    make_full(room.path)
    gc.collect()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(20):
        for path in (tmp_path / f"{number}.jsonl", None, room.path):
            recording = room.record(path)
            recording.append([frame(1)])
            assert recording.close(PATIENCE)
        room.trouble()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_disk_that_does_not_answer_is_not_waited_for(room):
    answers = threading.Event()
    recording = room.record(header=lambda: answers.wait(PATIENCE) and HEADER)
    recording.append([frame(1)])
    started = time.monotonic()
    assert not recording.close(0.05)
    assert time.monotonic() - started < PATIENCE / 2
    assert recording[0] == frame(1)  # it is still there to be looked at
    answers.set()
    assert recording.close(PATIENCE)
    assert entries(room.path) == [frame(1)]


def test_reading_and_closing_at_once_never_reads_another_file(room, tmp_path):
    # A descriptor that was closed is given to the next file that is opened, in the middle of a read.
    other = tmp_path / "other"
    other.write_bytes(b'{"n": 1}\n' * 1000)
    for number in range(30):
        recording = room.record(tmp_path / f"{number}.jsonl")
        recording.append([frame(each) for each in range(20)])
        until(lambda recording=recording: len(recording.bounds(0)) == 21)
        found = []

        def read(recording=recording, found=found):
            while not found or not isinstance(found[-1], Notice):
                found.extend(recording[index] for index in range(20))

        reader = threading.Thread(target=read)
        reader.start()
        assert recording.close(PATIENCE)
        with other.open("rb"):
            reader.join(PATIENCE)
        assert not reader.is_alive()
        notices = {entry.text for entry in found if isinstance(entry, Notice)}
        assert notices == {"it cannot be read back: the recording is closed"}
