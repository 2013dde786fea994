"""The terminal that a screen needs; each case is a process of its own, since it is about its streams."""

import os
import subprocess
import sys

import pytest

from tests.support.terminal import Terminal

MOVE = """
import os, sys
from client_tui.cli.terminal import move_standard_input, why_no_screen
from client_tui.core.errors import ClientError
try:
    piped = move_standard_input()
except ClientError as error:
    print(error)
else:
    print(os.read(piped, 100), os.get_inheritable(piped), os.ttyname(0) == os.ttyname(1))
    print(sys.__stdin__.isatty(), repr(why_no_screen()))
    print(input())
"""


def shell(script):
    """Return a command that runs MOVE in a shell's pipeline; $PYTHON is the program."""
    return ["sh", "-c", script.replace("$PYTHON", '"$0" -c "$1"'), sys.executable, MOVE]


def test_what_is_piped_is_moved_aside_and_keys_come_from_the_terminal():
    with Terminal(shell("printf recorded | $PYTHON"), os.environ) as terminal:
        terminal.wait_for("True ''")
        assert "b'recorded' False True" in terminal.text()
        terminal.type("typed\r")
        assert terminal.wait() == 0
        assert terminal.text().count("typed") == 2  # its echo, and what was read


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("$PYTHON", "standard input is the terminal: pipe a recording into it, or name its file"),
        ("$PYTHON <&-", "standard input is closed: pipe a recording into it, or name its file"),
    ],
)
def test_where_nothing_is_piped_it_says_so(script, words):
    with Terminal(shell(script), os.environ) as terminal:
        assert terminal.wait() == 0
        assert words in terminal.text()


def test_without_any_terminal_it_says_so():
    done = subprocess.run(
        [sys.executable, "-c", MOVE],
        input="x",
        capture_output=True,
        text=True,
        start_new_session=True,
        check=True,
    )
    said = "there is no terminal: start it where the screen and the keyboard are\n"
    assert (done.stdout, done.stderr) == (said, "")


def test_a_screen_needs_all_three_streams():
    program = "from client_tui.cli.terminal import why_no_screen; print(why_no_screen())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    words = "standard output is not a terminal: start it where the screen and the keyboard are\n"
    assert (done.stdout, done.stderr) == (words, "")
