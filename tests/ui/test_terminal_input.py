import pytest
from textual import events
from textual._xterm_parser import XTermParser

from client_tui.ui.terminal_input import pasted_text, typed_character


def keys(data):
    parser = XTermParser()
    return [*parser.feed(data), *parser.tick()]


@pytest.mark.parametrize("char", ["a", " ", '"', "é", "世", "\u00a0", "\u3000", "\u200d", "\u0301", "\u2028"])
def test_a_character_that_a_terminal_sends_is_typed(char):
    assert [typed_character(key) for key in keys(char)] == [char]


@pytest.mark.parametrize(
    "data", ["\r", "\n", "\t", "\x7f", "\x05", "\x1b[A", "\x1b[13;2u", "\x1b[27;5;13~", "\x85"]
)
def test_a_command_types_nothing(data):
    assert [typed_character(key) for key in keys(data)] == [None]


def test_a_letter_with_a_modifier_is_a_command():
    assert typed_character(events.Key("alt+x", "x")) is None
    assert typed_character(events.Key("shift+alt+x", "X")) is None
    assert typed_character(events.Key("X", "X")) == "X"


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("", ""),
        ("[1,\r2]", "[1,\n2]"),
        ("[1,\r\n2]", "[1,\r\n2]"),
        ('"a\rb"\n', '"a\rb"\n'),
        ("\r\r", "\n\n"),
    ],
)
def test_the_line_breaks_of_a_paste_are_those_that_were_copied(pasted, text):
    assert pasted_text(pasted) == text
