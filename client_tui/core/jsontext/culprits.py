"""What people write that JSON does not know, token by token, each with the word that helps.

Each function looks at one offset of a text and returns the mistake that begins there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from client_tui.core.jsontext.grammar import OPEN_STRING

_QUOTED: Final = 32  # characters of the text that a sentence quotes


class Mistake(NamedTuple):
    """A half-open range of characters to underline, and what is wrong with it."""

    start: int
    end: int
    reason: str


def quoted(token: str) -> str:
    """Return a piece of the text as a sentence quotes it: cut where it is long."""
    return token if len(token) <= _QUOTED else f"{token[: _QUOTED - 1]}…"


def named(char: str) -> str:
    """Name a character that cannot be seen: ``U+00A0 (no-break space)``."""
    name = unicodedata.name(char, "").lower() or _CONTROL_NAMES.get(char, "")
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


_CONTROL_NAMES: Final = {
    "\0": "null",
    "\a": "bell",
    "\b": "backspace",
    "\t": "tab",
    "\n": "line feed",
    "\v": "vertical tab",
    "\f": "form feed",
    "\r": "carriage return",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
}


# Strings

_OPEN_STRING: Final = re.compile(OPEN_STRING)
_BAD_UNICODE_ESCAPE: Final = re.compile(r"\\u(?:\{[^}\"\n]{0,8}\}?|[0-9A-Fa-f]{0,3}[^\"\\\x00-\x1f]?)")
_BETTER: Final = {
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\f": r"\f",
    "\r": r"\r",
}
_ESCAPE_HINTS: Final = {
    "'": "an apostrophe needs no backslash",
    "x": r"write \x41 as \u0041",
    "0": r"the null character is written \u0000",
    "a": r"the bell is written \u0007",
    "v": r"the vertical tab is written \u000b",
    "e": r"the escape character is written \u001b",
    "U": r"write what is beyond \uffff as itself, or as two \u escapes",
    "\n": "a string cannot go on in the next line",
    "\r": "a string cannot go on in the next line",
}


def broken_string(text: str, at: int) -> Mistake:
    """Return what is wrong in the string that begins at `at` and neither closes nor just breaks off."""
    begun = _OPEN_STRING.match(text, at)
    end = begun.end() if begun else at
    char = text[end]
    if char == "\\":
        return _bad_escape(text, end)
    if char == "\n" or text.startswith("\r\n", end):
        return Mistake(
            at,
            end,
            r"the string is not closed before its line ends: a line break inside a string is written \n",
        )
    better = _BETTER.get(char, f"\\u{ord(char):04x}")
    return Mistake(end, end + 1, f"a raw {named(char)} stands inside the string: write {better}")


def _bad_escape(text: str, at: int) -> Mistake:
    char = text[at + 1]
    if char == "u":
        escape = _BAD_UNICODE_ESCAPE.match(text, at)
        end = escape.end() if escape else at + 2
        return Mistake(at, end, r"\u takes exactly four hexadecimal digits, as in \u00e9")
    hint = _ESCAPE_HINTS.get(char, r"a backslash itself is written \\")
    if char in "\r\n":
        return Mistake(at, at + 1, f"a backslash ends the line inside the string: {hint}")
    return Mistake(at, at + 2, f"\\{char} is no escape that JSON knows: {hint}")


# Numbers

_NUMBER_RUN: Final = re.compile(r"[-+.]*+[\w$]*+(?:(?:(?<=[eE])[-+]|[-.:](?=\w))[\w$]*+)*+\.?")
_OTHER_BASE: Final = re.compile(r"[-+]?0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
# Patterns as text, here and below: they are compiled when the first mistake is made, not at each start.
_NUMBER_MISTAKES: Final = (
    (r"[-+]?(?:Infinity|inf)\Z", "JSON has no Infinity: write null, or a string"),
    (r"[-+]?NaN\Z", "JSON has no NaN: write null, or a string"),
    (r"\+[0-9.]", "a number takes no plus in front of it"),
    (r"[-+]+\Z", "a digit must follow the sign"),
    (r"-?0[0-9]++(?:\Z|[.eE])", "a number has no leading zeros"),
    (r"-?\.[0-9]++(?:[eE][-+]?[0-9]++)?\Z", "a digit must stand before the decimal point, as in 0.5"),
    (r"-?[0-9]++\.(?:[eE].*)?\Z", "a digit must follow the decimal point, as in 5.0"),
    (r"-?[0-9]++(?:\.[0-9]++)?[eE][-+]?\Z", "a digit must follow the e of a number"),
    (r"-?[0-9]++(?:_[0-9]++)++(?:\.[0-9_]++)?\Z", "a number has no underscores between its digits"),
    (r"-?[0-9]++n\Z", "a number has no n behind it"),
)


def broken_number(text: str, at: int) -> Mistake:
    """Return what is wrong with the number, or what looks like one, that begins at `at`."""
    run = _NUMBER_RUN.match(text, at)
    end = max(run.end() if run else 0, at + 1)
    number = text[at:end]
    if _OTHER_BASE.fullmatch(number) and len(number) <= _QUOTED:
        return Mistake(at, end, f"JSON's numbers are decimal: write {number} as {int(number, 0)}")
    for pattern, reason in _NUMBER_MISTAKES:
        if re.match(pattern, number):
            return Mistake(at, end, reason)
    return Mistake(at, end, f"{quoted(number)} is no number: text stands in double quotes")


# Words

_WORD: Final = re.compile(r"[^\W\d][\w$]*+|[$@][\w$]*+")
_WORD_REASONS: Final = {
    "undefined": "JSON has no undefined: write null, or leave the member out",
    "NaN": "JSON has no NaN: write null, or a string",
    "nan": "JSON has no NaN: write null, or a string",
    "Infinity": "JSON has no Infinity: write null, or a string",
    "inf": "JSON has no Infinity: write null, or a string",
    "None": "None is written null in JSON",
    "nil": "nil is written null in JSON",
}
_LITERALS: Final = ("true", "false", "null")


def word_at(text: str, at: int) -> str:
    """Return the bare word that begins at `at`, or an empty string."""
    word = _WORD.match(text, at)
    return word[0] if word else ""


def is_literal(word: str) -> bool:
    """Whether a bare word is one of JSON's three (RFC 8259 §3)."""
    return word in _LITERALS


def bare_value(text: str, at: int, word: str) -> Mistake:
    """Return what is wrong with a bare word where a value belongs."""
    end = at + len(word)
    if word in _WORD_REASONS:
        return Mistake(at, end, _WORD_REASONS[word])
    if word.lower() in _LITERALS:
        return Mistake(at, end, f"{word} is written in lower case: {word.lower()}")
    if text[end : end + 1] == "(":
        return Mistake(at, end + 1, f"JSON has no calls: {quoted(word)}(…) must be written as a plain value")
    if text[end : end + 1] in ('"', "'"):
        return Mistake(at, end, f"a string has no {quoted(word)} before its quote")
    return Mistake(at, end, f"{quoted(word)} is no JSON value: text stands in double quotes")


def bare_key(text: str, at: int, word: str) -> Mistake:
    """Return what is wrong with a bare word where a key belongs."""
    end = at + len(word)
    return Mistake(at, end, f'the key needs double quotes: "{quoted(text[at:end])}"')


# What JSON knows nowhere outside a string

_FOREIGN: Final = (
    (r"//[^\r\n]*+|#[^\r\n]*+|/\*.*?(?:\*/|\Z)", "JSON has no comments"),
    (r"'[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'?", "a string stands in double quotes, not in single ones"),
    (r"`[^`\r\n]*+`?", "a string stands in double quotes, not in backticks"),
    (
        '[\u2018-\u201f\u00ab\u00bb][^\u2018-\u201f\u00ab\u00bb"\r\n]*+[\u2018-\u201f\u00ab\u00bb]?',
        'a string stands in straight double quotes ("), not in typographic ones',
    ),
    (r"\\", "a backslash stands outside a string: is this JSON that was escaped once too often?"),
    (r"\.\.\.|…", "something was left out here: JSON has to say it all"),
    (r"[()]", "JSON has no parentheses: a list of values stands in [ ]"),
)
_LOOK_ALIKES: Final = frozenset('"{}[],:')


def foreign(text: str, at: int) -> Mistake | None:
    """Return the mistake where something stands at `at` that JSON knows nowhere outside a string."""
    for pattern, reason in _FOREIGN:
        if match := re.compile(pattern, re.DOTALL).match(text, at):
            return Mistake(at, match.end(), reason)
    char = text[at]
    if char == "\ufeff" and at == 0:
        return Mistake(0, 1, "a byte order mark, U+FEFF, stands before the document: JSON has none")
    if unicodedata.normalize("NFKC", char) in _LOOK_ALIKES and not char.isascii():
        return Mistake(at, at + 1, f"{named(char)} is not the character that it looks like: type it in ASCII")
    if not char.isprintable():
        return Mistake(at, at + 1, _unseen(char))
    return None


def _unseen(char: str) -> str:
    if char.isspace() or unicodedata.category(char) == "Cf":
        return f"{named(char)} stands between the tokens: only space, tab and line breaks may"
    return f"the character {named(char)} may not stand outside a string"


def not_a_character(char: str) -> str:
    """Say what a lone surrogate is: a byte that is no UTF-8, as Python keeps it, or half a character."""
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # PEP 383
        return f"the byte 0x{code - 0xDC00:02X} is not UTF-8"
    return f"U+{code:04X} is half of a surrogate pair, and no character"
