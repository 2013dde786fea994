import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from client_tui.demo.tape.keys import MODIFIERS, NAMED, character_of, combined, key_of, word_of
from client_tui.settings.wrong import Wrong
from client_tui.ui.keys import COMMANDS

BOUND = sorted({key for command in COMMANDS for key in command.keys.split(",") if key})
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Enter", "enter"),
        ("PageUp", "pageup"),
        ("F12", "f12"),
        ("Ctrl+R", "ctrl+r"),
        ("Ctrl+r", "ctrl+r"),
        ("Ctrl+Shift+O", "ctrl+shift+o"),
        ("Ctrl+Alt+Shift+P", "alt+ctrl+shift+p"),
        ("Shift+Tab", "shift+tab"),
        ("Shift+F3", "shift+f3"),
        ("Alt+Up", "alt+up"),
        ("Ctrl+Home", "ctrl+home"),
        ("Alt+.", "alt+full_stop"),
        ("Ctrl+@", "ctrl+at"),
        ("Ctrl+\\", "ctrl+backslash"),
        ("Ctrl+]", "ctrl+right_square_bracket"),
        ("Shift+a", "A"),
        ("Shift+Ä", "Ä"),
    ],
)
def test_a_combination_has_textuals_name(words, key):
    assert combined(words.split("+")) == key


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Ctrl", "Ctrl needs a key behind it: Ctrl+Tab, say"),
        ("Ctrl+Shift", "Ctrl+Shift needs a key behind it: Shift+Tab, say"),
        ("Ctrl+A+B", "A is no modifier: only Ctrl, Alt and Shift are held, and one key is pressed"),
        ("Enter+A", "Enter is no modifier: only Ctrl, Alt and Shift are held, and one key is pressed"),
        ("Ctrl+Ctrl+A", "Ctrl+Ctrl+A holds a modifier twice"),
        ("Ctrl+Entre", "there is no key Entre: did you mean Enter?"),
        ("Ctrl+Foo", "there is no key Foo: write a character, or a word such as Tab"),
        ("Shift+1", "what Shift+1 types depends on the keyboard: Type the character itself"),
        ("Shift+ß", "what Shift+ß types depends on the keyboard: Type the character itself"),
    ],
)
def test_what_is_no_combination(words, reason):
    assert combined(words.split("+")) == Wrong(reason)


@pytest.mark.parametrize("key", BOUND)
def test_every_key_of_the_client_can_be_pressed_or_typed(key):
    word = word_of(key)
    assert (word and combined(word.split("+"))) == key or key_of(character_of(key)) == key


@given(
    st.lists(st.sampled_from(sorted(MODIFIERS)), unique=True),
    st.sampled_from(sorted(NAMED)) | CHARACTERS.filter(lambda char: char != "+"),
)
def test_a_key_that_a_tape_can_press_has_a_word_that_presses_it(modifiers, last):
    key = combined([*modifiers, last])
    word = None if isinstance(key, Wrong) else word_of(key)
    assert word is None or combined(word.split("+")) == key
    if last in NAMED and not isinstance(key, Wrong):
        assert word is not None


@pytest.mark.parametrize(
    "key", ["a", "ä", "slash", "super+x", "ctrl+shift", "shift+1", "f25", "", "+", "ctrl+"]
)
def test_a_key_without_a_word(key):
    assert word_of(key) is None


@given(CHARACTERS)
def test_a_character_has_textuals_name(character):
    assert key_of(character) == _character_to_key(character)


@given(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
def test_a_character_is_found_by_its_key(character):
    assert character_of(key_of(character)) == character


@pytest.mark.parametrize(
    ("character", "key"),
    [
        ("\r", "enter"),
        ("\n", "ctrl+j"),
        ("\t", "tab"),
        ("\x1b", "escape"),
        ("\x7f", "backspace"),
        ("\x00", "ctrl+at"),
        ("\x03", "ctrl+c"),
        ("\x1c", "ctrl+backslash"),
        ("\x9b", None),
    ],
)
def test_a_control_character_is_given_by_a_key(character, key):
    assert key_of(character) == key
    assert key is None or combined(word_of(key).split("+")) == key


@pytest.mark.parametrize("key", ["enter", "ctrl+r", "f6", "pageup", "shift+tab"])
def test_a_command_types_no_character(key):
    assert character_of(key) is None
