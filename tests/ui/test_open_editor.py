"""The composer's text in the user's own editor, and the terminal given away and taken back."""

import os
import sys

import pytest

from tests.support.terminal import Terminal

SLOW = """#!/bin/sh
printf '[1, 2]' > "$1"
echo 'the editor has the terminal'
read answer
"""


async def test_without_a_terminal_to_give_away_the_text_stays(desk):
    async with desk(None) as somebody:
        somebody.editor.put("[1]")
        await somebody.press("ctrl+e")
        await somebody.until(lambda: len(somebody.app._notifications))
        assert [note.title for note in somebody.app._notifications] == ["The editor did not open"]
        assert somebody.editor.text == "[1]"


# ---------------------------------------------------------------------- in a terminal


@pytest.fixture
def environ(tmp_path):
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "PYTHONPATH"}}
    return inherited | {"HOME": str(tmp_path), "TERM": "xterm-256color"}


def client(url):
    return [sys.executable, "-m", "client_tui", url]


def test_the_client_gives_the_terminal_away_and_stays_connected(tmp_path, environ, echo_server):
    editor = tmp_path / "editor"
    editor.write_text(SLOW)
    editor.chmod(0o700)
    with Terminal(client(echo_server.url), environ | {"EDITOR": str(editor)}) as terminal:
        terminal.wait_for("● open")
        terminal.type("[1]\r[1\x05")
        terminal.wait_for("the editor has the terminal")
        terminal.type("\n")
        terminal.wait_for("✓ array, 2 items · 6 B")
        assert "● open" in terminal.text()
        terminal.type("\r")
        terminal.wait_for(lambda: terminal.text().count("[1, 2]") == 2)
        terminal.type("\x11")
        assert terminal.wait() == 0
        assert terminal.modes_now() == terminal.modes


def test_the_client_comes_back_from_an_editor_that_is_missing(environ, echo_server):
    with Terminal(client(echo_server.url), environ | {"EDITOR": "/no/such/editor"}) as terminal:
        terminal.wait_for("● open")
        terminal.type("[1]\x05")
        terminal.wait_for("The editor did not open")
        assert "[1]" in terminal.text()
        terminal.type("\x11")
        assert terminal.wait() == 0
