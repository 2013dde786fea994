import pytest

from client_tui.demo.tape import Mistakes, Tape, parse
from client_tui.demo.tape.settings import SETTINGS


def value(line, **known):
    """Return what a setting is set to by a line."""
    tape = parse(f"Set {line}", "x.tape", **known)
    assert isinstance(tape, Tape), tape
    (command,) = tape.commands
    return command.name, command.value


def reason(line, **known):
    """Return why a line sets nothing."""
    mistakes = parse(f"Set {line}", "x.tape", **known)
    assert isinstance(mistakes, Mistakes), mistakes
    (mistake,) = mistakes
    return mistake.reason


@pytest.mark.parametrize(
    ("line", "setting"),
    [
        ("Width 120", ("Width", 120)),
        ("Height 36", ("Height", 36)),
        ("TypingSpeed .1", ("TypingSpeed", 0.1)),
        ("TypingSpeed 0", ("TypingSpeed", 0.0)),
        ("Theme nord", ("Theme", "nord")),
        ('Theme "Any One"', ("Theme", "Any One")),
        ("Padding 0", ("Padding", 0)),
        ("Margin 60", ("Margin", 60)),
        ('MarginFill "#6B50FF"', ("MarginFill", "#6b50ff")),
        ("BorderRadius 10", ("BorderRadius", 10)),
        ("Window Rings", ("Window", "Rings")),
        ("Window none", ("Window", None)),
        ("WindowBar ColorfulRight", ("Window", "ColorfulRight")),
        ('WindowBar ""', ("Window", None)),
        ('Title "my # own"', ("Title", "my # own")),
        ('Title ""', ("Title", "")),
        ("Scale 2", ("Scale", 2)),
        ("Framerate 60", ("Framerate", 60)),
        ("PlaybackSpeed 0.5", ("PlaybackSpeed", 0.5)),
        ("LoopOffset 60.4", ("LoopOffset", 60.4)),
        ("LoopOffset 20.99%", ("LoopOffset", 20.99)),
        ("WaitTimeout 1m", ("WaitTimeout", 60.0)),
        ("Latency 0", ("Latency", 0.0)),
        ("Interval 20ms", ("Interval", 0.02)),
        ("Density pretty", ("Density", "pretty")),
        ("Times before", ("Times", "before")),
        ("CursorBlink false", ("CursorBlink", False)),
    ],
)
def test_a_setting_has_a_value_of_its_own_type(line, setting):
    assert value(line) == setting
    assert type(value(line)[1]) is type(setting[1])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            "Width 1200",
            "Set Width needs a number of columns, where VHS counts pixels: from 20 to 400, not 1200",
        ),
        ("Height 7", "Set Height needs a number of rows, where VHS counts pixels: from 8 to 150, not 7"),
        ("Height", "Set Height needs a number of rows, where VHS counts pixels: from 8 to 150"),
        ("TypingSpeed fast", "Set TypingSpeed needs a time such as 500ms or 2s, not fast"),
        ("WaitTimeout 0", "Set WaitTimeout needs a time of at least 1ms, not 0"),
        ("MarginFill #fff", 'Set MarginFill needs a colour in quotes, such as "#6b50ff"'),
        ("MarginFill red", 'a colour is written "#6b50ff", not red'),
        ("WindowBar Colourful", "there is no bar Colourful: did you mean Colorful?"),
        ("Title hello", "Set Title needs a text in quotes, not hello"),
        ("Scale 5", "Set Scale needs a number from 1 to 4, not 5"),
        ("Framerate 0", "Set Framerate needs a number from 1 to 60, not 0"),
        ("PlaybackSpeed 0", "Set PlaybackSpeed needs a number from 0.1 to 10, not 0"),
        ("PlaybackSpeed 50%", "Set PlaybackSpeed needs a number from 0.1 to 10, not 50%"),
        ("LoopOffset 101%", "Set LoopOffset needs a part of the film from 0% to 100%, not 101%"),
        ("Density dense", "Set Density needs lines or pretty, not dense"),
        ("Times", "Set Times needs clock, start or before"),
        (
            "CursorBlink true",
            "the cursor stands still, so that every picture is the same each time: leave it out",
        ),
        ("CursorBlink", "Set CursorBlink needs false"),
        (
            'Theme {"name": "x"}',
            "VHS's colours of a terminal are not taken: name a theme of the client instead",
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(line, why):
    assert reason(line) == why


def test_a_theme_is_one_that_is_known():
    known = {"jsonws-dark", "jsonws-light", "catppuccin-mocha"}
    assert value("Theme jsonws-dark", themes=known) == ("Theme", "jsonws-dark")
    assert reason("Theme Catppuccin-Mocha", themes=known) == (
        "there is no theme Catppuccin-Mocha: did you mean catppuccin-mocha?"
    )
    assert reason("Theme x", themes=known) == (
        "there is no theme x: jsonws-dark, jsonws-light and nord are some"
    )


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.kind is None])
def test_what_cannot_be_set_is_refused_with_the_reason(name):
    assert reason(f'{name} "anything"') == f"Set {name} is not taken: {SETTINGS[name].meaning}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Widht", "did you mean Width?"),
        ("width", "did you mean Width?"),
        ("Xyzzy", "Width, Height, Theme and Title are some"),
    ],
)
def test_an_unknown_name_has_a_remedy(name, meant):
    assert reason(f"{name} 3") == f"there is no setting {name}: {meant}"


def test_a_name_is_needed():
    assert reason("") == "Set needs the name of a setting"


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.name)
def test_a_second_name_is_that_of_the_same_thing(setting):
    assert SETTINGS[setting.canonical or setting.name].kind is setting.kind
