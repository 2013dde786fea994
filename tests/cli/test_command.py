import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from client_tui import __version__
from client_tui.cli import main
from tests.cli.conftest import MODULE
from tests.support.recordings import ticks, written
from tests.support.terminal import Terminal

NOBODY = ["--port", "9"]  # the discard port: nothing listens there


def test_the_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr() == (f"jsonws-tui {__version__}\n", "")


def test_the_help(capsys):
    assert main(["--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: jsonws-tui ")
    assert err == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    ("argv", "status"), [(["--help"], 0), (["--version"], 0), (["--theme", "世界\udcff"], 2), (["x", "…"], 2)]
)
def test_what_it_says_fits_into_any_encoding(environ, tmp_path, encoding, argv, status):
    environ["PYTHONIOENCODING"] = encoding
    environ["XDG_CONFIG_HOME"] = str(tmp_path / "世界\x1b\udcff")
    done = subprocess.run([*MODULE, *argv], env=environ, capture_output=True, check=False)
    assert done.returncode == status
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    assert bool(done.stdout) is not bool(done.stderr)


ASKING = ["--help", "--version", "demo --help", "demo --list", "sessions"]
"""Commands whose answer is what they print."""


@pytest.fixture
def bare(environ, monkeypatch, tmp_path):
    """Have a session that is listed, and nothing in the environment that changes how Python writes."""
    sessions = tmp_path / "state" / "sessions"
    sessions.mkdir(parents=True)
    written(sessions / "20261122T120102Z-h-1.jsonl", ticks(1))
    for name in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.delenv(name, raising=False)
    return environ


@pytest.mark.parametrize("argv", ASKING)
@pytest.mark.parametrize(
    ("shell", "why"), [("1>&-", "it is closed"), ("1>/dev/full", "No space left on device")]
)
def test_an_output_that_takes_nothing_is_told_in_a_line(bare, tmp_path, argv, shell, why):
    command = ["sh", "-c", f'exec "$@" {shell}', "sh", *MODULE, *argv.split()]
    done = subprocess.run(command, env=bare, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, f"jsonws-tui: standard output: {why}\n")
    assert not list(tmp_path.rglob("failure-*"))


@pytest.mark.parametrize("argv", ASKING)
def test_a_reader_that_has_gone_ends_it_without_a_word(bare, argv):
    reading, writing = os.pipe()
    os.close(reading)
    command = [*MODULE, *argv.split()]
    done = subprocess.run(command, env=bare, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_error_output_that_takes_nothing_changes_no_status(bare):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*MODULE, "--prot"], env=bare, stdout=subprocess.PIPE, stderr=full, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["--prot", "9"], "--prot: there is no such flag: did you mean --port?"),
        (["--port", "x"], "--port: must be from 0 to 65535, not x"),
        (["http://h/"], "URL: http://h/ is not a WebSocket URL: say ws://h/"),
        (["--send", "{\n]"], "--send: is not JSON: line 2, column 1: "),
        (["ws://h/\x1b[2J"], r"URL: ws://h/\u001b[2J holds a space or a control character"),
        (["-H", "X: \x9b\u202e"], "-H: the value of X holds"),
        (["--theme", "\x1b]0;x\x07"], r"--theme: there is no \u001b]0;x\u0007: choose from "),
        (["--config", "/no\nwhere"], r"--config: there is no file /no\u000awhere"),
    ],
)
def test_a_mistake_is_one_harmless_line_and_status_2(capsys, argv, line):
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"jsonws-tui: {line}")
    assert err.endswith("\n")
    assert err[:-1].isprintable()


def test_a_mistake_in_the_keys_names_the_nearest_binding(capsys, tmp_path):
    (tmp_path / "c.toml").write_text("[keys]\nsedn = 'f5'\n")
    assert main(["--config", str(tmp_path / "c.toml")]) == 2
    assert "keys: there is no binding sedn: did you mean send?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("send = 'ctlr+s'", "send: there is no key ctlr+s: did you mean ctrl+s?"),
        ("send = []", "send must be a key such as 'ctrl+s', or a list of keys, not []"),
        ("send = 'x'", "send: x could not be typed any more: put ctrl+ or alt+ before it, or take an F key"),
        ("send = 'f10'\nformat = 'f10'", "send: f10 means format already: give one of them another key"),
    ],
)
def test_a_wrong_key_is_told_with_its_command(capsys, tmp_path, keys, why):
    (tmp_path / "c.toml").write_text(f"[keys]\n{keys}\n")
    assert main(["--config", str(tmp_path / "c.toml")]) == 2
    assert capsys.readouterr().err == f"jsonws-tui: {tmp_path / 'c.toml'}: keys: {why}\n"


@pytest.mark.parametrize("name", ["output", "input", "error"])
def test_without_a_terminal_it_says_so(name, environ, tmp_path):
    master, slave = os.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), slave)
    other = {"output": "stdout", "input": "stdin", "error": "stderr"}[name]
    with (tmp_path / "other").open("w+b") as file:
        streams[other] = file
        assert subprocess.run([*MODULE, *NOBODY], env=environ, **streams).returncode == 2
        file.seek(0)
        said = file.read() if name == "error" else os.read(master, 1000)
    os.close(slave)
    os.close(master)
    line = f"jsonws-tui: standard {name} is not a terminal: start it where the screen and the keyboard are"
    assert said.decode().splitlines() == [line]


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-"])
def test_a_closed_stream_is_no_terminal_either(closed, environ):
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *MODULE, *NOBODY]
    with Terminal(command, environ) as terminal:
        assert terminal.wait() == 2


def test_leaving_with_a_key_is_status_0(run):
    terminal = run(*NOBODY)
    terminal.type("\x11")
    assert terminal.wait() == 0
    assert terminal.modes_now() == terminal.modes


def test_ctrl_c_is_status_130(run):
    terminal = run(*NOBODY)
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert terminal.modes_now() == terminal.modes


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_restores_the_terminal(run, number, status):
    terminal = run(*NOBODY)
    terminal.process.send_signal(number)
    assert terminal.wait() == status
    assert terminal.modes_now() == terminal.modes
    assert b"\x1b[?1049l" in terminal.raw


def test_a_terminal_that_goes_away_ends_the_client(run):
    terminal = run(*NOBODY)
    terminal.hang_up()
    assert terminal.process.wait(30) == 129


def test_a_failure_is_one_line_and_a_traceback_in_a_file(run, tmp_path):
    program = (
        "import sys\n"
        "from client_tui.cli import main\n"
        "from client_tui.ui.app import JsonwsApp\n"
        "def fails(self): raise ValueError('no \\x1b such thing')\n"
        "JsonwsApp.action_help = fails\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    terminal = run(*NOBODY, argv=[sys.executable, "-c", program])
    terminal.type("\x1bOP")
    assert terminal.wait() == 1
    (report,) = (tmp_path / "state").glob("failure-*.txt")
    assert "in fails" in report.read_text()
    said = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert (
        rf"jsonws-tui: the client failed: ValueError: no \u001b such thing; the traceback is in {report}"
        in said
    )
    assert "Traceback" not in said
    assert terminal.modes_now() == terminal.modes


def test_with_serve_it_opens_on_a_server_of_its_own_and_takes_it_along(run):
    terminal = run("--serve")
    terminal.wait_for("● open")
    terminal.type('{"x":1}')
    terminal.wait_for("✓ object")
    terminal.type("\r")
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.type("\x11")
    assert terminal.wait() == 0
    assert b"ended by itself" not in terminal.raw


def test_a_server_that_died_is_told_of_at_the_end(run):
    terminal = run("--serve")
    terminal.wait_for("● open")
    threads = Path(f"/proc/{terminal.process.pid}/task").iterdir()
    (server,) = (pid for thread in threads for pid in (thread / "children").read_text().split())
    os.kill(int(server), signal.SIGKILL)
    terminal.wait_for("retry")
    terminal.type("\x11")
    assert terminal.wait() == 0
    assert (
        b"jsonws-tui: the bundled server ended by itself, with status -9. Its last lines:\r\n" in terminal.raw
    )
