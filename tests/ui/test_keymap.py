"""A user's own keys: what is no key, what could not be typed any more, and what means something already."""

import pytest

from client_tui.ui import keys
from client_tui.ui.keymap import fault, is_key


@pytest.mark.parametrize(
    "name",
    [
        *("f5", "f24", "ctrl+s", "ctrl+enter", "alt+up", "ctrl+shift+left", "shift+tab", "ctrl+@"),
        *("slash", "/", "?", "question_mark", "full_stop", "comma", "N", "n", "ä", "space"),
        *("ctrl+space", "shift+space", "ctrl+backslash", "ctrl+slash", "alt+shift+s", "super+x"),
    ],
)
def test_a_key(name):
    assert is_key(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            "\x1b",
            "ctrl",
            "ctrl+",
            "f25",
            "esc",
            "ctlr+s",
            "control+s",
            "Ctrl+S",
            "ctrl+S",
            "ctrl+ctrl+s",
        ),
        *("shift+ctrl+left", "ctrl+alt+k"),  # modifiers come in their order
        *("shift+s", "shift+slash", "ctrl+/", "solidus", "digit_one", "<any>"),  # never called so
    ],
)
def test_what_is_no_key(name):
    assert not is_key(name)


def test_the_keys_of_the_table_are_keys_and_have_no_fault():
    assert all(is_key(key) for command in keys.COMMANDS for key in command.keys.split(",") if key)
    assert fault({}) is None
    assert fault({command.id: command.keys for command in keys.COMMANDS if command.keys}) is None


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("ctlr+s", "ctrl+s"),
        ("Ctrl+S", "ctrl+s"),
        ("ctrl+alt+k", "alt+ctrl+k"),
        ("ctrl+/", "ctrl+slash"),
        ("shift+s", "S"),
        ("esc", "escape"),
    ],
)
def test_what_is_no_key_is_told_with_what_was_meant(wanted, meant):
    assert fault({"send": wanted}) == f"send: there is no key {wanted}: did you mean {meant}?"


def test_where_nothing_is_like_it_examples_are_given():
    assert fault({"send": "f5,qqqqq"}) == (
        "send: there is no key qqqqq: keys are called f5, ctrl+s, alt+up, slash and so on"
    )


@pytest.mark.parametrize("command", ["send", "search", "undo", "help", "search-next"])
@pytest.mark.parametrize("key", ["x", "N", "/", "slash", "space", "shift+space"])
def test_where_text_is_typed_a_character_is_no_commands_key(command, key):
    remedy = "put ctrl+ or alt+ before it, or take an F key"
    assert fault({command: key}) == f"{command}: {key} could not be typed any more: {remedy}"


@pytest.mark.parametrize("command", ["copy", "unfold", "inspector-copy", "attachment-drop"])
def test_elsewhere_it_may_be_one(command):
    assert fault({command: "y"}) is None


@pytest.mark.parametrize(
    ("remapped", "why"),
    [
        ({"send": "ctrl+r"}, "send: ctrl+r means format already"),
        ({"send": "f10", "format": "f10"}, "send: f10 means format already"),
        ({"minify": "ctrl+z"}, "minify: ctrl+z means undo already"),
        ({"minify": "ctrl+q"}, "minify: ctrl+q means quit already"),
        ({"search": "ctrl+r"}, "search: ctrl+r means format already"),
        ({"next-here": "/"}, "next-here: slash means search-here already"),
        ({"copy": "up"}, "copy: up means line-up already"),
        ({"inspector-copy": "f1"}, "inspector-copy: f1 means help already"),
    ],
)
def test_one_key_means_one_thing_in_one_place(remapped, why):
    assert fault(remapped) == f"{why}: give one of them another key"


@pytest.mark.parametrize(
    "remapped",
    [
        {"send": "ctrl+r", "format": "f5"},  # they change places
        {"copy": "k"},  # the inspector's
        {"send": "ctrl+s", "unfold": "ctrl+s"},
    ],
)
def test_one_key_may_mean_two_things_in_two_places(remapped):
    assert fault(remapped) is None
