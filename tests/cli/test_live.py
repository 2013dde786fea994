"""What becomes of a live session: where it is recorded, and what is said when it cannot be."""

import json
import os
import time

import pytest

from tests.cli.conftest import MODULE
from tests.support.recordings import ticks, written
from tests.support.terminal import Terminal

NOBODY = ["--port", "9"]  # the discard port: nothing listens there


@pytest.fixture
def sessions(tmp_path):
    return tmp_path / "state" / "sessions"


def converse(terminal):
    """Send a document, see it come back, and leave."""
    terminal.wait_for("● open")
    terminal.type('{"x":1}')
    terminal.wait_for("✓ object")
    terminal.type("\r")
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.type("\x11")
    assert terminal.wait() == 0


def payloads(path):
    """Return the header's URL, and the payloads of a recording's frames."""
    header, *entries = map(json.loads, path.read_text().splitlines())
    return header["url"], [entry["payload"] for entry in entries if entry.get("opcode") == "text"]


def test_a_session_is_recorded_in_the_state_folder(run, sessions):
    terminal = run("--serve")
    terminal.wait_for("● rec")
    converse(terminal)
    (path,) = sessions.iterdir()
    url, sent_and_received = payloads(path)
    assert url.startswith("ws://127.0.0.1:")
    assert url.endswith("/websock-practice2/v1/")
    assert sent_and_received == ['{"x":1}', '{"x":1}']
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_is_recorded_in_the_file_that_was_named(run, sessions, tmp_path):
    path = tmp_path / "new" / "mine.jsonl"
    converse(run("--serve", "--record", str(path)))
    assert payloads(path)[1] == ['{"x":1}', '{"x":1}']
    assert not sessions.exists()


def test_nothing_is_kept_where_that_is_wanted(run, tmp_path):
    terminal = run("--serve", "--no-record")
    terminal.wait_for("○ not kept")
    converse(terminal)
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["sent.jsonl"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("full.jsonl", "it holds something already"),
        (".", "Is a directory"),
        ("full.jsonl/below", "Not a directory"),
    ],
)
def test_a_file_that_cannot_be_recorded_in_is_refused_before_the_screen_opens(environ, tmp_path, name, why):
    (tmp_path / "full.jsonl").write_text("something\n")
    path = tmp_path / name
    with Terminal([*MODULE, *NOBODY, "--record", str(path)], environ, columns=300) as terminal:
        assert terminal.wait() == 2
        assert terminal.text().strip() == f"jsonws-tui: --record: {path}: {why}: name a new file"
    assert (tmp_path / "full.jsonl").read_text() == "something\n"


def test_secrets_of_the_handshake_are_not_recorded(run, sessions):
    converse(run("--serve", "-H", "Authorization: Bearer TOP-SECRET", "-H", "Cookie: id=HIDDEN"))
    (path,) = sessions.iterdir()
    assert "TOP-SECRET" not in path.read_text()
    assert "HIDDEN" not in path.read_text()


def test_old_sessions_are_cleaned_up(run, sessions, tmp_path):
    sessions.mkdir(parents=True)
    names = [f"20260101T12000{number}.000000Z-host-{number}.jsonl" for number in range(2)]
    old, recent = (written(sessions / name, ticks(3)) for name in names)
    long_ago = time.time() - 8 * 86_400
    os.utime(old, (long_ago, long_ago))
    (tmp_path / "c.toml").write_text("recordings_age = 7\n")
    terminal = run(*NOBODY, "--config", str(tmp_path / "c.toml"))
    while old.exists():
        terminal.type("")
    terminal.type("\x11")
    assert terminal.wait() == 0
    assert recent.exists()


def test_where_the_folder_cannot_be_made_it_is_told_once_and_the_session_goes_on(run, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "sessions").write_text("in the way")
    terminal = run("--serve")
    terminal.wait_for("this session is not kept")
    terminal.wait_for("○ not kept")
    converse(terminal)


def test_a_full_disk_is_told_and_so_is_what_could_not_be_written_at_the_end(environ, tmp_path):
    path = tmp_path / "r.jsonl"
    program = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "from client_tui.cli import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    argv = [MODULE[0], "-c", program, *NOBODY, "--record", str(path)]
    with Terminal(argv, environ) as terminal:
        terminal.wait_for("✗ rec")
        terminal.wait_for("takes no more")
        terminal.type("\x11")
        assert terminal.wait() == 0
        said = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert f"jsonws-tui: not all of the session could be written to {path}" in said


def test_the_lab_is_served_where_it_is_asked_for(run):
    terminal = run("--serve", "--lab", "--path", "/lab/ticker/?hz=50")
    terminal.wait_for("● open")
    terminal.wait_for("tick")
    terminal.type("\x11")
    assert terminal.wait() == 0
