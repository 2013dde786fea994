"""Why a tape stopped, in words."""

from client_tui.demo.take import Halt, HaltError


def test_a_halt_names_its_place():
    assert str(Halt("hello.tape", 7, "waited 2 s for it")) == "hello.tape:7: waited 2 s for it"


def test_it_shows_the_screen_where_that_helps():
    halt = Halt("hello.tape", 7, "waited 2 s for it", (" one", " two"))
    assert str(halt) == "hello.tape:7: waited 2 s for it. On the screen:\n   one\n   two"


def test_nothing_foreign_reaches_the_terminal():
    halt = Halt("\x1b]0;a\x07.tape", 1, "the newest frame is \x1b[2J\u202e")
    assert str(halt) == "\\u001b]0;a\\u0007.tape:1: the newest frame is \\u001b[2J\\u202e"


def test_an_error_keeps_its_words():
    error = HaltError("words", shows_screen=True)
    assert (error.words, error.shows_screen, str(error)) == ("words", True, "words")
    assert not HaltError("words").shows_screen
