"""The keys of a tape: their words, Textual's names of them, and the characters that they type."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED: Final = {
    word: word.lower()
    for word in (
        *("Enter", "Tab", "Space", "Backspace", "Delete", "Insert", "Escape"),
        *("Up", "Down", "Left", "Right", "PageUp", "PageDown", "Home", "End"),
        *(f"F{number}" for number in range(1, 25)),
    )
}
"""The keys with a word of their own, and Textual's names of them."""
MODIFIERS: Final = {"Ctrl": "ctrl", "Alt": "alt", "Shift": "shift"}
_WORDS: Final = {key: word for word, key in NAMED.items()}
# Textual's names of characters are Unicode's, but for these.
_SHORT: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
# What a terminal's keys give beside Ctrl and a character: that gives all control characters below 0x20.
_CONTROL: Final = {"\t": "tab", "\r": "enter", "\x1b": "escape", "\b": "backspace", "\x7f": "backspace"}
_CONTROL_AT: Final = 0x40  # Ctrl+A gives 0x01, and A is 0x41


def key_of(character: str) -> str | None:
    """Return Textual's name of the key that gives a character; None for one that no key gives."""
    if unicodedata.category(character) == "Cc":
        return _CONTROL.get(character) or _key_with_ctrl(character)
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


def _key_with_ctrl(character: str) -> str | None:
    return f"ctrl+{key_of(chr(ord(character) + _CONTROL_AT).lower())}" if character < " " else None


_TYPED: Final = {key_of(character): character for character in map(chr, range(0x20, 0x7F))}


def character_of(key: str) -> str | None:
    """Return the character that a key types: a letter, a digit, or what ASCII has; None for a command."""
    return key if len(key) == 1 else _TYPED.get(key)


def combined(words: Sequence[str]) -> str | Wrong:
    """Return the key of a combination, such as Ctrl, Shift and Tab: modifiers, and one key behind them.

    Letters are the same in both cases: Shift is written out. With nothing else it makes a capital.
    """
    *modifiers, last = words
    if last in MODIFIERS:
        return Wrong(f"{'+'.join(words)} needs a key behind it: {last}+Tab, say")
    if wrong := next((each for each in modifiers if each not in MODIFIERS), None):
        return Wrong(f"{wrong} is no modifier: only Ctrl, Alt and Shift are held, and one key is pressed")
    if len(set(modifiers)) < len(modifiers):
        return Wrong(f"{'+'.join(words)} holds a modifier twice")
    key = NAMED.get(last) or _of_character(last)
    if key is None:
        return Wrong(
            f"there is no key {last}: {nearest(last, NAMED, 'write a character, or a word such as Tab')}"
        )
    if modifiers == ["Shift"] and last not in NAMED:
        return _capital(last)
    return "+".join((*sorted(MODIFIERS[each] for each in modifiers), key))


def _of_character(written: str) -> str | None:
    if len(written) != 1:
        return None
    small = written.lower()
    return key_of(small if len(small) == 1 else written)


def _capital(character: str) -> str | Wrong:
    capital = character.upper()
    if len(capital) == 1 and character.isalpha() and capital != capital.lower():
        return capital
    return Wrong(f"what Shift+{character} types depends on the keyboard: Type the character itself")


def word_of(key: str) -> str | None:
    """Return how a tape writes the key of this name; None for one that has no word, or types a character."""
    *modifiers, last = key.split("+")
    held = [word for word, name in MODIFIERS.items() if name in modifiers]
    if not modifiers and last not in _WORDS:
        held = ["Shift"]  # or it is no capital
    words = (*held, _WORDS.get(last) or (character_of(last) or "").upper())
    return "+".join(words) if all(words) and combined(words) == key else None
