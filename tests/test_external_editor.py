import os
import stat

import pytest

from client_tui.core.errors import ClientError
from client_tui.external_editor import edit

TEXT = '{"x": 1,\r\n "who": "世界\u2028"}\n\n'


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Return what makes a shell script the user's editor; its file is $1."""

    def install(script, variable="EDITOR"):
        path = tmp_path / f"my {variable.lower()}"
        path.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        monkeypatch.setenv(variable, f"'{path}'")
        return path

    return install


def test_what_is_saved_comes_back(editor):
    editor("printf '[1.10, 1e400]' > \"$1\"")
    assert edit(TEXT) == "[1.10, 1e400]"


def test_what_is_not_changed_is_the_same_to_the_last_character(editor):
    editor('cat < "$1" > /dev/null')
    assert edit(TEXT) == TEXT
    assert edit("") == ""


@pytest.mark.parametrize(
    ("before", "ending", "after"),
    [
        ("1", r"\n", "1"),
        ("1", r"\r\n", "1"),
        ("1", r"\n\n", "1\n"),
        ("1\n", r"\n", "1\n\n"),
        ("1\r", r"\n", "1\r"),
    ],
)
def test_only_the_line_break_that_an_editor_adds_at_the_end_is_taken_off(editor, before, ending, after):
    editor(f"printf '{ending}' >> \"$1\"")
    assert edit(before) == after


def test_the_file_is_the_users_own_and_goes_away(editor, tmp_path):
    editor(f'stat -c %a "$1" "$(dirname "$1")" > \'{tmp_path}/modes\'; echo "$1" > \'{tmp_path}/name\'')
    edit(TEXT)
    modes = (tmp_path / "modes").read_text().split()
    assert stat.S_IMODE(int(modes[1], 8)) == 0o700
    name = (tmp_path / "name").read_text().strip()
    assert name.endswith(".json")
    assert not os.path.exists(os.path.dirname(name))  # noqa: PTH110, PTH120


def test_visual_comes_before_editor_and_may_have_arguments(editor, monkeypatch):
    editor('printf 1 > "$1"')
    visual = editor('printf "$1" > "$2"', "VISUAL")
    monkeypatch.setenv("VISUAL", f"'{visual}' 2")
    assert edit("") == "2"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 3", "ended with status 3"),
        ("kill -9 $$", "ended with status -9"),
        (r"printf '\377' > $1", "what was saved cannot be read"),
        ("rm $1", "what was saved cannot be read"),
    ],
)
def test_an_editor_that_fails_says_so(editor, script, words):
    editor(script)
    with pytest.raises(ClientError, match=words):
        edit(TEXT)


@pytest.mark.parametrize("command", ["/no/such/editor", "'unbalanced", "   "])
def test_an_editor_that_cannot_be_started_says_so(monkeypatch, command):
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(ClientError, match=r"cannot be started: .*\$EDITOR"):
        edit(TEXT)
