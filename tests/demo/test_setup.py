"""What a tape sets: every setting of the language does something."""

import dataclasses

import pytest

from client_tui.demo.setup import Setup, setup_of
from client_tui.demo.tape import SetTo
from client_tui.demo.tape.settings import SETTINGS
from client_tui.picture.look import Bar
from tests.demo.conftest import tape_of

SET = {
    "Width": ("120", {"width": 120}),
    "Height": ("40", {"height": 40}),
    "TypingSpeed": ("10ms", {"typing_speed": 0.01}),
    "Theme": ("nord", {"theme": "nord"}),
    "Framerate": ("10", {"framerate": 10}),
    "PlaybackSpeed": ("2.5", {"playback_speed": 2.5}),
    "LoopOffset": ("20%", {"loop_offset": 20.0}),
    "WaitTimeout": ("3s", {"wait_limit": 3.0}),
    "Latency": ("7ms", {"latency": 0.007}),
    "Interval": ("1s", {"interval": 1.0}),
    "Density": ("pretty", {"density": "pretty"}),
    "Times": ("start", {"times": "start"}),
    "Padding": ("5", {"look.padding": 5}),
    "Margin": ("6", {"look.margin": 6}),
    "MarginFill": ('"#6B50FF"', {"look.margin_fill": "#6b50ff"}),
    "BorderRadius": ("3", {"look.radius": 3}),
    "Title": ('"A title"', {"look.title": "A title"}),
    "Scale": ("2", {"look.scale": 2}),
    "Window": ("Rings", {"look.bar": Bar.RINGS}),
    "WindowBar": ('""', {"look.bar": Bar.NONE}),
    "CursorBlink": ("false", {}),
}


def flat(setup):
    """Return all settings by their names, those of the look too."""
    fields = {field.name: getattr(setup, field.name) for field in dataclasses.fields(setup)}
    look = fields.pop("look")
    return fields | {f"look.{field.name}": getattr(look, field.name) for field in dataclasses.fields(look)}


def test_every_setting_that_can_be_set_is_tried_here():
    assert set(SET) == {name for name, setting in SETTINGS.items() if setting.kind is not None}


@pytest.mark.parametrize("name", SET)
def test_each_sets_one_thing_and_nothing_else(name):
    value, wanted = SET[name]
    before, after = flat(Setup()), flat(setup_of(tape_of(f"Set {name} {value}").commands))
    assert {key: after[key] for key in after if after[key] != before[key]} == wanted


def test_the_last_counts():
    tape = tape_of("Output a.gif\nSet Width 80\nSet Height 20\nSet Width 90")
    setup = setup_of(tape.commands)
    assert (setup.width, setup.height) == (90, 20)


def test_what_can_only_be_as_it_is_changes_nothing():
    assert Setup().changed("CursorBlink", False) == Setup()


def test_a_setting_is_a_value():
    assert setup_of([SetTo("Width", 80)]) == setup_of([SetTo("Width", 80)])
