import re
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from client_tui.demo import tape
from client_tui.demo.tape import Annotate, Command, Hide, Press, WaitRegex, commands

KINDS = [each for each in vars(commands).values() if isinstance(each, type) and each.__base__ is Command]


def test_the_same_thing_elsewhere_is_equal():
    here, there = Press("enter", line=1, file="a.tape"), Press("enter", line=9, file="b.tape")
    assert here == there
    assert hash(here) == hash(there)
    assert Press("enter", 2) != Press("enter", 1)


def test_another_thing_at_the_same_place_is_another():
    assert Hide(line=1) != Press("enter", line=1)


def test_a_pattern_is_equal_to_one_of_the_same_text():
    assert WaitRegex(re.compile("a+")) == WaitRegex(re.compile("a+"))
    assert Annotate("here", re.compile("a")) != Annotate("here", re.compile("b"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_command_is_frozen_and_has_its_place(kind):
    command = kind(*["x" for each in fields(kind) if not each.kw_only])
    assert not hasattr(command, "__dict__")
    assert replace(command, line=7, file="f").line == 7
    with pytest.raises(FrozenInstanceError):
        command.line = 8


def test_every_command_of_a_tape_can_be_had_from_the_package():
    assert {kind.__name__ for kind in KINDS} - {"Source"} <= set(tape.__all__)
