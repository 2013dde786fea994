import pytest

from client_tui.demo.tape import Mistakes, Tape, parse
from client_tui.demo.tape.settings import SETTINGS, Whose
from client_tui.demo.tape.words import TABLE, WORDS

# The words of charmbracelet/vhs as of March 2026: the keywords of token/token.go, without units and booleans.
OF_VHS = {
    *("Set", "Sleep", "Type", "Enter", "Space", "Backspace", "Delete", "Insert", "Ctrl", "Alt", "Shift"),
    *("Down", "Left", "Right", "Up", "PageUp", "PageDown", "ScrollUp", "ScrollDown", "Tab", "Escape", "End"),
    *("Hide", "Require", "Show", "Output", "Wait", "Source", "Screenshot", "Copy", "Paste", "Env"),
}
SETTINGS_OF_VHS = {
    *(
        "Shell",
        "FontFamily",
        "MarginFill",
        "Margin",
        "WindowBar",
        "WindowBarSize",
        "BorderRadius",
        "FontSize",
    ),
    *(
        "Framerate",
        "Height",
        "LetterSpacing",
        "LineHeight",
        "PlaybackSpeed",
        "TypingSpeed",
        "Padding",
        "Theme",
    ),
    *("Width", "LoopOffset", "WaitTimeout", "WaitPattern", "CursorBlink"),
}
TAKEN = [(word, usage) for word in TABLE if word.read for usage in word.usages]
FILLED = {
    "Output NAME.gif": "Output hello.gif",
    "Set NAME VALUE": "Set Width 80",
    "Require PROGRAM": "Require jq",
    "Screenshot NAME.png": "Screenshot hello.png",
    "Theme NAME": "Theme nord",
    "Client NAME": "Client bob",
}


def test_every_word_of_vhs_is_known_and_no_other_is_said_to_be_vhs_own():
    assert {name for name, word in WORDS.items() if word.whose is not Whose.OURS} == OF_VHS


def test_so_is_every_setting_of_vhs():
    assert {name for name, setting in SETTINGS.items() if setting.whose is not Whose.OURS} == SETTINGS_OF_VHS


def test_no_word_stands_in_the_table_twice():
    assert len(WORDS) == sum(len(word.names) for word in TABLE)


@pytest.mark.parametrize(("word", "usage"), TAKEN, ids=lambda each: each if isinstance(each, str) else "")
def test_every_usage_is_read_by_its_word(word, usage):
    tape = parse(FILLED.get(usage, usage), "x.tape", read=lambda _: "Hide")
    assert isinstance(tape, Tape), tape
    assert len((*tape.commands, *tape.requires)) == 1
    assert usage.startswith(word.names)


@pytest.mark.parametrize("name", [name for name, word in WORDS.items() if word.read is None])
def test_a_word_that_is_not_taken_is_refused_with_the_reason(name):
    mistakes = parse(f"Hide\n  {name} 3", "x.tape")
    assert isinstance(mistakes, Mistakes)
    assert str(mistakes) == f"x.tape:2: {name} is not taken: {WORDS[name].meaning}"
