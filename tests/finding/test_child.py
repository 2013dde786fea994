import os
import resource
import select
import signal
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest

from client_tui.core.findings import Findings
from client_tui.core.frame import Opcode
from client_tui.finding.messages import Bounds, Find, GaveUp, Looked, Stop, Unpacker, Wrong, pack
from client_tui.finding.process import child_command, child_environment
from client_tui.finding.watch import COMPILING, TOO_LONG, Board
from tests.support.recorded import control, text

PATIENCE = 60.0  # in seconds: far more than anything here takes
ENDLESS = "last(repeat(1))"


class Talk:
    """A child, and what it has said."""

    def __init__(self, process: subprocess.Popen[bytes], board: Board) -> None:
        self.process = process
        self.board = board
        self._unpacker = Unpacker()
        self._heard: list[object] = []

    def say(self, *messages):
        self.process.stdin.write(b"".join(map(pack, messages)))
        self.process.stdin.flush()

    def hear(self):
        """Return the next thing that it says; None after its end."""
        while not self._heard:
            assert select.select([self.process.stdout], [], [], PATIENCE)[0], "it says nothing more"
            data = os.read(self.process.stdout.fileno(), 2**16)
            if not data:
                return None
            self._heard += self._unpacker.feed(data)
        return self._heard.pop(0)

    def hang_up(self):
        """Say nothing more, ever."""
        self.process.stdin.close()
        self.process.stdin = None  # communicate() would write to it

    def wait_until(self, place):
        """Wait until that stands on the board."""
        tick = threading.Event()
        deadline = time.monotonic() + PATIENCE
        while self.board.place != place:
            assert time.monotonic() < deadline
            tick.wait(0.002)


@contextmanager
def running(recorded, limit=100.0, environment=None):
    board = Board.make()
    shared = [board.descriptor, *([] if recorded is None else [recorded.fileno()])]
    process = subprocess.Popen(
        child_command(-1 if recorded is None else recorded.fileno(), board.descriptor, limit),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment() | (environment or {}),
        pass_fds=shared,
    )
    try:
        yield Talk(process, board)
    finally:
        process.kill()
        process.communicate()
        board.close()


@pytest.fixture
def three(record):
    return record(text('{"n":1}'), text('{"n":2}'), text('{"n":3}'))


def told(recorded, start=0):
    return Bounds(start, recorded.bounds(start))


def test_it_looks_and_tells(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, (".n > 1",), False))
        looked = talk.hear()
        assert (looked.serial, looked.low, looked.high, looked.total, list(looked.hits)) == (
            1,
            0,
            3,
            3,
            [1, 2],
        )


def test_new_entries_are_looked_at_as_they_come(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, ("n",), False))
        talk.hear()
        three.append(text('{"n":4}'))
        talk.say(told(three, 3))
        looked = talk.hear()
        assert (looked.low, looked.high, list(looked.hits)) == (3, 4, [3])


def test_several_things_are_looked_for_at_a_time(record):
    recorded = record(*[text(f'{{"n":{number}}}') for number in range(20_000)])
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, (".n % 1000 == 7",), False), Find(2, ("99",), False))
        found = {1: Findings(), 2: Findings()}
        turns = []
        while not all(findings.is_done(20_000) for findings in found.values()):
            looked = talk.hear()
            turns.append(looked.serial)
            found[looked.serial].add(looked.low, looked.high, looked.hits)
        assert turns[:3] == [1, 2, 1]
        assert list(found[1].hits) == list(range(7, 20_000, 1000))
        assert list(found[2].hits) == [number for number in range(20_000) if "99" in str(number)]


def test_what_is_stopped_is_told_of_no_more(record):
    recorded = record(*[text(f'{{"n":{number}}}') for number in range(50_000)])
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, (".n",), False))
        talk.hear()
        talk.say(Stop(1), Find(2, ("nothing",), False))
        heard = [talk.hear()]
        while (heard[-1].serial, heard[-1].low) != (2, 0):
            heard.append(talk.hear())
        serials = [looked.serial for looked in heard]
        assert serials == sorted(serials)


def test_an_empty_recording_is_told_of():
    with running(None) as talk:
        talk.say(Find(1, ("n",), False))
        looked = talk.hear()
        assert (looked.low, looked.high, looked.total) == (0, 0, 0)


def test_control_frames(record):
    recorded = record(control(Opcode.PING, b"x"), text("x"))
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, ("x",), False), Find(2, ("x",), True))
        assert [list(talk.hear().hits), list(talk.hear().hits)] == [[1], [0, 1]]


def test_a_query_that_is_wrong(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, ("n", "a .n =="), False))
        wrong = talk.hear()
        assert isinstance(wrong, Wrong)
        assert (wrong.serial, wrong.query, wrong.mistake.start, wrong.mistake.end) == (1, 1, 5, 7)
        talk.say(Find(2, (".n == 2",), False))
        assert list(talk.hear().hits) == [1]


def test_it_ends_when_its_stdin_closes(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, ("n",), False))
        talk.hear()
        talk.hang_up()
        assert talk.process.wait(PATIENCE) == 0
        assert talk.process.stderr.read() == b""


def test_it_ends_when_its_stdin_closes_while_it_looks(record):
    recorded = record(*[text('{"n":1}')] * 100_000)
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, (".n",), False))
        talk.hear()
        talk.hang_up()
        while talk.hear() is not None:
            pass
        assert talk.process.wait(PATIENCE) == 0


def test_it_ends_when_nobody_listens(record):
    recorded = record(*[text('{"n":1}')] * 100_000)
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, (".n",), False))
        talk.hear()
        talk.process.stdout.close()
        assert talk.process.wait(PATIENCE) == 0
        talk.process.stdout = None


def test_an_interrupt_is_none_of_its_business(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, ("n",), False))
        talk.hear()
        talk.process.send_signal(signal.SIGINT)
        talk.say(Find(2, ("2",), False))
        assert list(talk.hear().hits) == [1]


@pytest.mark.parametrize("query", [f".n == 2 and {ENDLESS}", "jq: def f: f; if .n == 2 then f else 1 end"])
def test_the_kernel_ends_what_does_not_end_though_nobody_is_left(three, query):
    with running(three, limit=0.2) as talk:
        talk.say(told(three), Find(1, (query,), False))
        talk.wait_until((1, 1))
        talk.hang_up()
        assert talk.process.wait(PATIENCE) == -TOO_LONG
        assert talk.board.place == (1, 1)


def test_a_regular_expression_that_does_not_end(record):
    recorded = record(text("b"), text("a" * 40 + "!"), text("a"))
    with running(recorded, limit=0.2) as talk:
        talk.say(told(recorded), Find(5, ("/(a+)+$/",), False))
        assert talk.process.wait(PATIENCE) == -TOO_LONG
        assert talk.board.place == (5, 1)


def test_memory_has_a_bound(record):
    recorded = record(text("1"))
    with running(recorded, limit=1000.0) as talk:
        talk.say(told(recorded), Find(1, ('jq: "x" * 200000000 | explode',), False))
        assert talk.process.wait(PATIENCE) == -signal.SIGABRT
        assert talk.board.place == (1, 0)


def test_the_environment_is_out_of_reach(record):
    recorded = record(text("1"))
    with running(recorded, environment={"SECRET": "hush", "TZ": "Asia/Tokyo"}) as talk:
        talk.say(told(recorded), Find(1, ('jq: $ENV == {"TZ": "Asia/Tokyo"} and env == $ENV',), False))
        assert list(talk.hear().hits) == [0]
        talk.say(Find(2, ("jq: 0 | localtime | mktime == 32400",), False))
        assert list(talk.hear().hits) == [0]


def test_files_are_out_of_reach(record, tmp_path):
    (tmp_path / "secret.jq").write_text("def f: 1;")
    (tmp_path / "secret.json").write_text('"hush"')
    recorded = record(text("1"), text(f'"{tmp_path / "secret"}"'))
    with running(recorded) as talk:
        talk.say(told(recorded))
        place = f'{{search: "{tmp_path}"}}'
        for expression in (
            f'import "secret" as s {place}; s::f',
            f'import "secret" as $s {place}; $s',
            f'# \\\n include "secret" {place}; f',
            'include "/etc/hosts"; 1',
        ):
            talk.say(Find(1, (f"jq:{expression}",), False))
            assert isinstance(talk.hear(), Wrong)
        talk.say(Find(2, ("jq: modulemeta",), False))
        assert list(talk.hear().hits) == []
        assert resource.prlimit(talk.process.pid, resource.RLIMIT_NOFILE) == (0, 0)


@pytest.mark.parametrize("lost", [b"\0" * 40, b"\0\0\0{" * 10, b"{\0\0\0" * 10, b"\xff\xfe{\0" * 10])
def test_what_a_crash_left_of_a_line_is_read_without_a_file(record, lost):
    recorded = record(text("1"))
    recorded.append_line(lost + b"\n")
    with running(recorded) as talk:
        talk.say(told(recorded), Find(1, ("is:error",), False))
        assert list(talk.hear().hits) == [1]


def test_nothing_is_written_to_the_terminal(record):
    recorded = record(text("1"))
    with running(recorded) as talk:
        talk.say(told(recorded))
        for serial, expression in enumerate(("debug", "stderr", "error", "halt_error", "input", "halt"), 1):
            talk.say(Find(serial, (f"jq:{expression}",), False))
            assert isinstance(talk.hear(), Looked)
        talk.hang_up()
        assert talk.process.wait(PATIENCE) == 0
        assert talk.process.stderr.read() == b""


def test_a_file_that_cannot_be_read(three):
    with running(three) as talk:
        os.ftruncate(three.fileno(), 0)
        talk.say(told(three), Find(1, ("is:error",), False))
        assert list(talk.hear().hits) == [0, 1, 2]
    with running(None) as talk:
        talk.say(told(three), Find(1, ("n",), False))
        failed = talk.hear()
        assert isinstance(failed, GaveUp)
        assert failed.words == "the recording cannot be read: Bad file descriptor"


def test_the_board_is_empty_while_nothing_is_looked_at(three):
    with running(three) as talk:
        talk.say(told(three), Find(1, ("n",), False))
        talk.hear()
        talk.hang_up()
        talk.process.wait(PATIENCE)
        assert talk.board.place[0] == 0
        assert talk.board.place[1] != COMPILING
