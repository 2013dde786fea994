"""The page on tapes tells the truth: its tables are those of the language, and its tapes can be played."""

import re
from pathlib import Path

import pytest

from client_tui.demo.library import read_tape
from client_tui.demo.player import play
from client_tui.demo.products import Mode, produce
from client_tui.demo.take import Take
from client_tui.demo.tape import Tape
from client_tui.demo.tape.tables import settings_table, words_table
from client_tui.settings.subcommands import subcommand_help

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "tapes.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


TAPES = blocks("tape")


@pytest.fixture
def tape(request, tmp_path):
    """Return a tape of the page, read from a file."""
    path = tmp_path / "it.tape"
    path.write_text(TAPES[request.param])
    tape = read_tape(path)
    assert isinstance(tape, Tape), str(tape)
    return tape


@pytest.mark.parametrize("table", [words_table(), settings_table()], ids=["words", "settings"])
def test_a_table_is_that_of_the_language(table):
    assert f"\n\n{table}\n" in PAGE, "put this into docs/tapes.md:\n" + table


@pytest.mark.parametrize("tape", range(len(TAPES)), indirect=True)
def test_a_tape_can_be_read(tape):
    assert len(tape.commands) > 3


@pytest.mark.parametrize(
    "tape", [n for n, text in enumerate(TAPES) if "\nServe" in f"\n{text}"], indirect=True
)
def test_a_tape_with_a_server_of_its_own_does_what_it_says(tape, tmp_path):
    take = play(tape)
    assert isinstance(take, Take), str(take)
    assert produce(take, tmp_path, Mode.WRITE).written


def test_there_are_tapes_with_a_server_of_their_own_and_one_for_a_service():
    assert sum("\nServe" in f"\n{text}" for text in TAPES) >= 3
    assert any("Connect ws://" in text for text in TAPES)


def test_what_is_python_is_python():
    (conftest,) = blocks("python")
    compile(conftest, "conftest.py", "exec")


def test_what_it_links_to_is_there():
    links = re.findall(r"\]\((?!https:)([^)#]+)", PAGE)
    assert len(links) >= 5
    assert [link for link in links if not (DOCS / link).is_file()] == []


@pytest.mark.parametrize("flag", sorted(set(re.findall(r"--[a-z][a-z-]+", subcommand_help("demo")))))
def test_every_flag_is_told(flag):
    assert flag in PAGE or flag in ("--help", "--config", "--lab")
