"""The plugin in a real run of pytest, in a folder of its own, as in the repository of some service."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.long_tape import PATIENCE, children_of, have_ended, hear_ctrl_c, long_tape
from tests.support.tapes import PICTURE, SEEN, SMALL, WRONG, WRONG_WORDS

OF_VHS = 'Output demo.gif\nSet FontSize 32\nType "ls"\nEnter\nSleep 5s\n'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Be in the repository of a service."""
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-config --strict-markers -p no:cacheprovider\n"
    )
    (tmp_path / "tapes").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)


def put(name, text):
    Path("tapes", name).write_text(text)


def run(*argv, plugins=("jsonws-tui",)):
    """Run pytest with these plugins of those that are installed."""
    with begin(*argv, plugins=plugins) as process:
        out, _ = process.communicate()
    return subprocess.CompletedProcess(argv, process.returncode, out)


def begin(*argv, plugins=("jsonws-tui",), **options):
    """Begin to run it."""
    wanted = [f"-p{plugin}" for plugin in plugins]
    command = [sys.executable, "-m", "pytest", "-W", "error", *wanted, *argv]
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, env=env, **pipes, **options)


def last_line(done):
    return done.stdout.splitlines()[-1]


def test_a_tape_is_a_test_and_its_picture_is_what_it_must_give():
    put("small.tape", SMALL)
    done = run("-v")
    assert done.returncode == 1
    assert "tapes/small.tape::tape FAILED" in done.stdout
    assert f"\n{Path('tapes', PICTURE).absolute()}: there is no such picture yet\n" in done.stdout
    assert "\npytest --update-tapes accepts what is different\n" in done.stdout
    assert "Traceback" not in done.stdout
    assert not Path("tapes", PICTURE).exists()

    assert run("--update-tapes").returncode == 0
    assert SEEN in Path("tapes", PICTURE).read_text()

    done = run("tapes/small.tape")
    assert done.returncode == 0, done.stdout
    assert "1 passed" in last_line(done)


def test_tapes_are_spread_and_those_that_fail_say_so_in_words():
    put("good.tape", SMALL.replace("Screenshot small.txt\n", ""))
    put("wrong.tape", WRONG)
    put("mistaken.tape", "Serve\nTipe 'x'\nSend {,}\n")
    done = run("-n", "2", "tapes", plugins=("jsonws-tui", "xdist"))
    assert done.returncode == 1
    assert f"{Path('tapes/wrong.tape').absolute()}:7: {WRONG_WORDS}\n" in done.stdout
    mistaken = Path("tapes/mistaken.tape").absolute()
    assert f"{mistaken}:2: there is no word Tipe: did you mean Type?\n{mistaken}:3: not JSON: " in done.stdout
    assert "Traceback" not in done.stdout
    assert last_line(done).startswith("=")
    assert "2 failed, 1 passed" in last_line(done)


def test_a_tape_of_vhs_is_left_alone_and_nothing_is_imported_for_it():
    """Nor for anything else that is no tape of ours."""
    put("vhs.tape", OF_VHS)
    Path("test_it.py").write_text(
        "import sys\n"
        "def test_nothing_is_there():\n"
        "    heavy = {'textual', 'PIL', 'rich', 'websockets', 'jq', 'orjson', 'asyncio', 'django'}\n"
        "    ours = {name for name in sys.modules if name.startswith('client_tui')}\n"
        "    assert ours == {'client_tui', 'client_tui.demo', 'client_tui.demo.pytest_plugin'}\n"
        "    assert heavy.isdisjoint(sys.modules), heavy & set(sys.modules)\n"
    )
    done = run()
    assert done.returncode == 0, done.stdout
    assert "1 passed" in last_line(done)


def test_the_summary_tells_of_each_in_short(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    put("small.tape", SMALL)
    put("wrong.tape", WRONG)
    Path("tapes/latin.tape").write_bytes(b"Serve\n\xff")
    lines = run("--tb=line").stdout.splitlines()
    short = {
        "small": f"{PICTURE}: there is no such picture yet",
        "wrong": f"line 7: {WRONG_WORDS}",
        "latin": f"The tape cannot be read: {Path('tapes/latin.tape').absolute()}: it is not UTF-8",
    }
    for name, words in short.items():
        assert f"FAILED tapes/{name}.tape::tape - {words}" in lines
        assert words in lines


OURS = [
    "Serve",
    "Connect ws://127.0.0.1:8000/\r",
    "  Serve lab",
    "Set Height 9 Serve # x",
    "\ufeffServe",
    "Wait /it's #1/ Serve",
]
NOT_OURS = [
    "# Serve",
    "Wait+Screen /Press Connect now/",
    'Type "Serve"',
    "Type 'a # b' Enter Type `Connect`",
    "Serves",
]


def test_those_that_serve_or_connect_are_ours():
    for name, lines in (("ours", OURS), ("vhs", NOT_OURS)):
        for number, line in enumerate(lines):
            put(f"{name}-{number}.tape", f"{line}\n{OF_VHS}")
    found = [line for line in run("--collect-only", "-q").stdout.splitlines() if "::" in line]
    assert found == [f"tapes/ours-{number}.tape::tape" for number in range(len(OURS))]


def test_one_that_cannot_be_read_says_so():
    Path("tapes/odd.tape").symlink_to("/proc/self/mem")
    done = run()
    assert done.returncode == 1
    assert "The tape cannot be read: " in done.stdout
    assert "odd.tape: Input/output error" in done.stdout
    assert "Traceback" not in done.stdout


def test_one_that_is_not_utf_8_says_so():
    Path("tapes/latin.tape").write_bytes("Serve\nType 'wörld'\n".encode("latin-1"))
    done = run()
    assert done.returncode == 1
    assert "latin.tape: it is not UTF-8" in done.stdout


def test_it_is_there_wherever_the_package_is_installed():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--help"], capture_output=True, check=True, text=True
    )
    assert "--update-tapes " in done.stdout


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 2), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)],
)
def test_a_signal_ends_pytest_as_ever_and_what_is_played_before_it(tmp_path, monkeypatch, number, status):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with long_tape(Path("tapes/long.tape")) as heard, begin("-s", preexec_fn=hear_ctrl_c) as process:
        assert heard.wait(PATIENCE), process.communicate()
        children = children_of(process.pid)
        process.send_signal(number)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == status, out
    assert list(temporary.iterdir()) == []
    assert have_ended(children)
