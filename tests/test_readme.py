"""The README tells the truth: its keys are those of the table of commands, its options those of --help."""

import re
from pathlib import Path

import pytest

from client_tui.settings.flags import help_text
from client_tui.ui import keys

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def key_table() -> str:
    """Return the table of keys as the README must have it."""
    lines = []
    for scope in keys.Scope:
        lines += [f"| **{scope.value}** | |", *rows(scope)]
    return "\n".join(["| key | what it does |", "| --- | --- |", *lines])


def rows(scope: keys.Scope) -> list[str]:
    """Return the rows of a scope's commands."""
    found = [command for command in keys.COMMANDS if command.scope is scope]
    return [f"| {keys.display(command.keys) or 'palette'} | {command.help} |" for command in found]


def test_the_key_table_is_that_of_the_commands():
    assert key_table() in README, "put this into README.md:\n" + key_table()


@pytest.mark.parametrize("flag", sorted(set(re.findall(r"--[a-z][a-z-]+", help_text()))))
def test_every_option_is_told(flag):
    assert flag in README


def test_every_picture_is_there():
    pictures = re.findall(r"docs/[\w-]+\.svg", README)
    assert pictures
    for picture in pictures:
        assert (Path(__file__).parents[1] / picture).is_file()
