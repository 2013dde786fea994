"""`jsonws-tui open` in a terminal: from a file, through a pipe, and of what is none."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import MODULE
from tests.support.recordings import a_bit_of_everything, lines_of, ticks, written
from tests.support.terminal import Terminal

SHOWN = "esc close"  # the footer
CHROME = Path(__file__).parents[1] / "record" / "chrome.har"


@pytest.fixture
def recording(tmp_path):
    return str(written(tmp_path / "r.jsonl", a_bit_of_everything()))


@pytest.mark.parametrize(("key", "status"), [("q", 0), ("\x1b", 0), ("\x11", 0), ("\x03", 130)])
def test_a_file_is_shown_and_left_by_its_keys(run, recording, key, status):
    terminal = run("open", recording, shown=SHOWN)
    terminal.wait_for('{"error": "no such op"}')
    terminal.wait_for("r.jsonl")
    terminal.type(key)
    assert terminal.wait() == status
    assert terminal.modes_now() == terminal.modes


def test_a_pipe_is_shown_and_keys_come_from_the_terminal(run, tmp_path):
    path = written(tmp_path / "r.jsonl", ticks(500))
    argv = ["sh", "-c", 'cat "$1" | "$2" -m client_tui open -', "sh", str(path), sys.executable]
    terminal = run(argv=argv, shown=SHOWN)
    terminal.wait_for('"n": 499}')
    terminal.type("\x1b[H")
    terminal.wait_for('"n": 0}')
    terminal.type("q")
    assert terminal.wait() == 0


def test_what_goes_on_coming_is_shown(run, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(lines_of(ticks(1)))
    argv = ["sh", "-c", 'tail -f "$1" | "$2" -m client_tui open -', "sh", str(path), sys.executable]
    terminal = run(argv=argv, shown=SHOWN)
    terminal.wait_for('"n": 0}')
    with path.open("ab") as file:
        file.write(lines_of(ticks(2)).splitlines(keepends=True)[-1])
    terminal.wait_for('"n": 1}')
    terminal.type("q")
    terminal.wait_for(lambda: b"\x1b[?1049l" in terminal.raw)


def test_a_har_is_shown(run):
    terminal = run("open", str(CHROME), shown=SHOWN)
    terminal.wait_for("▲")
    terminal.type("q")
    assert terminal.wait() == 0


def test_it_can_be_filtered(run, recording):
    terminal = run("open", recording, shown=SHOWN)
    terminal.type("f")
    terminal.wait_for("size>1k")
    terminal.type("is:error")
    terminal.wait_for("1 of 5")
    terminal.wait_for(lambda: "hello" not in terminal.text())
    terminal.type("\r")
    terminal.wait_for("1 of 5 shown")
    terminal.type("q")
    terminal.wait_for("hello")
    terminal.type("q")
    assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("no-such", "Cannot open: no-such: No such file or directory"),
        ("\x1b[2J", r"Cannot open: \u001b[2J: No such file or directory"),
        ("-", "standard input is the terminal: pipe a recording into it, or name its file"),
    ],
)
def test_what_cannot_be_opened_is_one_line_and_status_2(environ, name, line):
    with Terminal([*MODULE, "open", name], environ) as terminal:
        assert terminal.wait() == 2
        assert terminal.text().strip() == f"jsonws-tui: {line}"


def test_a_theme_can_be_chosen_and_a_wrong_one_is_told(environ, recording):
    with Terminal([*MODULE, "open", recording, "--theme", "nrod"], environ) as terminal:
        assert terminal.wait() == 2
        assert "--theme: there is no nrod: choose from" in terminal.text()
