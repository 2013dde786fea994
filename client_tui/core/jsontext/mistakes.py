"""Why a text is not JSON, in words for the person who typed it, and the spot to underline.

The grammar says where a text leaves it and what it wanted there. What a person needs is the
culprit, which is often the token before: a trailing comma, a quote that ended a string early.
"""

from __future__ import annotations

import re
from typing import Final

from client_tui.core.jsontext.culprits import (
    Mistake,
    bare_key,
    bare_value,
    broken_number,
    broken_string,
    foreign,
    is_literal,
    quoted,
    word_at,
)
from client_tui.core.jsontext.grammar import CLOSER, STRING, Expects, Fault, last_before
from client_tui.core.jsontext.outcome import Invalid, place

_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_CLOSERS: Final = frozenset(CLOSER.values())
_STRING: Final = re.compile(STRING)
# Behind a string: more words, and then a quote that ends the member. The string ended too early.
_STRING_GOES_ON: Final = re.compile(r'[^\W\d][^"\r\n{}\[\]:,]*+"[ \t]*+(?:[,:}\]\r\n]|\Z)')
_THOUSANDS: Final = re.compile(r"[0-9]{3}(?![0-9])")


def explain(text: str, fault: Fault) -> Invalid:
    """Say what is wrong at a fault that no further typing mends."""
    find = _BY_EXPECTATION[fault.expects]
    start, end, reason = find(text, fault)
    return Invalid(place(text, start, end), reason)


def _where_value(text: str, fault: Fault) -> Mistake:
    at = fault.at
    char = text[at]
    if char == '"':
        return broken_string(text, at)
    if char in _CLOSERS or char in ",:":
        return _missing(text, fault, "value")
    if mistake := foreign(text, at):
        return mistake
    if char in _NUMBER_STARTS:
        return broken_number(text, at)
    if word := word_at(text, at):
        return bare_value(text, at, word)
    return _meaningless(text, at)


def _where_key(text: str, fault: Fault) -> Mistake:
    at = fault.at
    char = text[at]
    if char == '"':
        return broken_string(text, at)
    if char in _CLOSERS or char in ",:":
        return _missing(text, fault, "key")
    if mistake := foreign(text, at):
        return mistake
    if text[at - 1] == "," and text[at - 2].isdigit() and _THOUSANDS.match(text, at):
        return Mistake(at - 1, at, "a number has no commas between its digits")
    if char in _NUMBER_STARTS or char in CLOSER:
        return Mistake(*_token(text, at), "a key is a string in double quotes")
    if word := word_at(text, at):
        return bare_key(text, at, word)
    return _meaningless(text, at)


def _missing(text: str, fault: Fault, wanted: str) -> Mistake:
    """Explain a comma, a colon or a closing bracket where a value or a key belongs."""
    at = fault.at
    char = text[at]
    before = last_before(text, at)
    last = text[before] if before >= 0 else ""
    if char in _CLOSERS and not _closes(text, fault):
        return _stray_closer(text, fault)
    if last == ":":
        if char == ":":
            return Mistake(at, at + 1, "one colon too many")
        return Mistake(before, before + 1, "a value is missing after the colon")
    if last == "," and char in _CLOSERS:
        return Mistake(before, before + 1, f"a trailing comma: nothing follows it before the {char}")
    if last == "," and char == ",":
        return Mistake(at, at + 1, "nothing stands between the two commas")
    name = "comma" if char == "," else "colon"
    if wanted == "value" and char == ":":
        return Mistake(at, at + 1, "a colon stands only behind a key, inside { }")
    return Mistake(at, at + 1, f"a {wanted} is missing before the {name}")


def _where_colon(text: str, fault: Fault) -> Mistake:
    at = fault.at
    char = text[at]
    before = last_before(text, at)
    if mistake := _ended_early(text, at) or foreign(text, at):
        return mistake
    if char == "=":
        return Mistake(
            at, at + (2 if text.startswith("=>", at) else 1), "a colon belongs between key and value, not ="
        )
    key = _string_start(text, before)
    name = quoted(text[key : before + 1])
    if char in _CLOSERS and not _closes(text, fault):
        return _stray_closer(text, fault)
    if char == "," or char in _CLOSERS:
        return Mistake(key, before + 1, f"the key {name} has no colon and no value")
    return Mistake(*_token(text, at), f"a colon is missing after the key {name}")


def _where_comma(text: str, fault: Fault) -> Mistake:
    at = fault.at
    char = text[at]
    if mistake := _ended_early(text, at) or foreign(text, at):
        return mistake
    if char in _CLOSERS:
        return _stray_closer(text, fault)
    if char == ":":
        in_array = text[fault.opened[-1]] == "["
        reason = (
            "an array's items have no keys: members stand in { }"
            if in_array
            else "a comma belongs here, not a colon"
        )
        return Mistake(at, at + 1, reason)
    if char == ";":
        return Mistake(at, at + 1, "a comma belongs here, not a semicolon")
    if _begins_token(text, at):
        return Mistake(*_token(text, at), "a comma is missing before this")
    return _meaningless(text, at)


def _where_end(text: str, fault: Fault) -> Mistake:
    at = fault.at
    char = text[at]
    before = last_before(text, at)
    if mistake := _ended_early(text, at) or foreign(text, at):
        return mistake
    if char in _CLOSERS:
        return _stray_closer(text, fault)
    if char == ":":
        return Mistake(at, at + 1, "a key and its value stand inside { }")
    if char == ",":
        return Mistake(
            at, at + 1, "the document has ended before this comma: several values stand inside [ ]"
        )
    start, end = _token(text, at)
    if not _begins_token(text, at) or (word_at(text, at) and not is_literal(word_at(text, at))):
        return Mistake(start, end, "the document has ended before this: nothing may follow it")
    if "\n" in text[before + 1 : at]:
        return Mistake(
            start, end, "a second document begins here: send each line of NDJSON as a message of its own"
        )
    return Mistake(start, end, "a second document begins here: several values stand inside [ ]")


_BY_EXPECTATION: Final = {
    Expects.VALUE: _where_value,
    Expects.KEY: _where_key,
    Expects.COLON: _where_colon,
    Expects.COMMA: _where_comma,
    Expects.END: _where_end,
}


def _closes(text: str, fault: Fault) -> bool:
    """Whether the closing bracket at the fault belongs to the innermost open one."""
    return bool(fault.opened) and CLOSER[text[fault.opened[-1]]] == text[fault.at]


def _stray_closer(text: str, fault: Fault) -> Mistake:
    """Explain a closing bracket that is not the one to come."""
    at = fault.at
    if not fault.opened:
        return Mistake(at, at + 1, f"the {text[at]} closes nothing: no bracket is open here")
    opener = place(text, fault.opened[-1], fault.opened[-1] + 1)
    bracket = text[opener.start]
    where = f"on line {opener.line}, column {opener.column}"
    return Mistake(
        at, at + 1, f"the {bracket} {where} is still open: {CLOSER[bracket]} closes it, not {text[at]}"
    )


def _ended_early(text: str, at: int) -> Mistake | None:
    """Guess that the string before `at` was ended by a quote that was meant to be part of it."""
    quote = last_before(text, at)
    if text[quote] != '"' or "\n" in text[quote:at]:
        return None
    touches = quote == at - 1 and text[at].isalpha()
    if not touches and not _STRING_GOES_ON.match(text, at):
        return None
    string = quoted(text[_string_start(text, quote) : quote + 1])
    return Mistake(
        quote, quote + 1, rf"the string {string} ends at this quote: inside a string it is written \""
    )


def _begins_token(text: str, at: int) -> bool:
    char = text[at]
    return char == '"' or char in CLOSER or char in _NUMBER_STARTS or bool(word_at(text, at))


def _token(text: str, at: int) -> tuple[int, int]:
    """Return the range of the token at `at`: a string, a number or a word, else one character."""
    if text[at] in _NUMBER_STARTS:
        return at, broken_number(text, at).end
    string = _STRING.match(text, at)
    return at, string.end() if string else at + max(len(word_at(text, at)), 1)


def _string_start(text: str, end: int) -> int:
    """Return where the string begins that ends with the quote at `end`."""
    start = text.rindex('"', 0, end)
    while _is_escaped(text, start):
        start = text.rindex('"', 0, start)
    return start


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    first = at
    while first > 0 and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


def _meaningless(text: str, at: int) -> Mistake:
    return Mistake(at, at + 1, f"{text[at]} has no meaning here: text stands in double quotes")
