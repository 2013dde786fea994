r"""What is valid JSON and yet means something else to many readers (RFC 8259 §4, §6, §8.2 and §9).

Keys that appear twice, integers beyond 2^53, numbers that no double holds, lone surrogate
escapes, nesting that parsers refuse: all of it is sent as it stands, with a word of warning.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final

from client_tui.core.jsontext.grammar import CLOSER, STRING, WS, skip_space
from client_tui.core.jsontext.outcome import Caution, places

MANY_CAUTIONS: Final = 100
"""A survey stops collecting after this many: nobody reads more, and each costs time."""

MANY_LEVELS: Final = 1024
"""Nesting deeper than this gets a caution: it is where orjson stops, and others stop sooner."""

_SAFE_INTEGER: Final = 2**53
_SAFE_DIGITS: Final = 15  # as many digits, or fewer, are below 2^53 for certain
_JAVASCRIPT_PLAIN: Final = 1e21  # from here on JavaScript writes an exponent
_QUOTED: Final = 40  # characters of a token that a sentence quotes

# Groups: a string, and the colon that makes it a key; a number; an opening, a closing bracket.
_TOKEN: Final = re.compile(rf"({STRING})(?:{WS}(:))?+|([-0-9][-+.0-9eE]*+)|([\[{{])|([\]}}])|,")
_STRING, _KEY, _NUMBER, _OPENER, _CLOSER = 1, 2, 3, 4, 5

_MANY_DIGITS: Final = re.compile(rf"[0-9]{{{_SAFE_DIGITS + 1}}}")
_BIG_INTEGER: Final = re.compile(rf"(?<![.0-9])[0-9]{{{_SAFE_DIGITS + 1}}}")  # exact, and slow
_TINY: Final = re.compile(r"[eE]-[0-9]{3}")
_SIGNIFICANT: Final = re.compile(r"[-0.]*+[1-9]")
_SURROGATE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a walk over a valid document's tokens found. `members` is 0 for a scalar."""

    members: int
    cautions: tuple[Caution, ...]


def may_mislead(text: str) -> bool:
    """Whether a document that orjson accepts may need a caution: a quick look, with false alarms."""
    if digits := _MANY_DIGITS.search(text):
        digits = _BIG_INTEGER.search(text, digits.start())
    return bool(digits or _TINY.search(text)) or _has_duplicate_keys(text)


class _DuplicateKeyError(Exception):
    """A parse met an object with a key that appears twice."""


def _refuse_duplicates(members: list[tuple[str, Any]]) -> int:
    if len(dict(members)) != len(members):
        raise _DuplicateKeyError
    return 0  # an object's content does not matter to the one around it


def _has_duplicate_keys(text: str) -> bool:
    """Whether an object has a key twice, as the standard library's parser sees its members."""
    try:
        json.loads(text, object_pairs_hook=_refuse_duplicates)
    except (_DuplicateKeyError, RecursionError):  # a survey goes as deep as need be
        return True
    return False


def survey(text: str, depth: int) -> Survey:
    """Walk over the tokens of `text`, a valid document of at most `depth` levels."""
    commas = 0
    found = _of_depth(text) if depth > MANY_LEVELS else []
    keys: list[dict[str, int]] = []  # how often each key was seen, for each open container
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind is None:
            commas += len(keys) == 1
        elif kind == _OPENER:
            keys.append({})
        elif kind == _CLOSER:
            keys.pop()
        elif len(found) < MANY_CAUTIONS:
            found += _LOOK[kind](token, keys)
    return Survey(commas + _has_members(text), _cautions(text, found))


_Found = tuple[int, int, str]  # start, end, the words


def _cautions(text: str, found: list[_Found]) -> tuple[Caution, ...]:
    found.sort()
    where = places(text, [(start, end) for start, end, _ in found])
    return tuple(Caution(spot, words) for spot, (_, _, words) in zip(where, found, strict=True))


def _has_members(text: str) -> bool:
    """Whether a valid document is a container with something in it."""
    start = skip_space(text, 0)
    return text[start] in CLOSER and text[skip_space(text, start + 1)] != CLOSER[text[start]]


def _of_depth(text: str) -> list[_Found]:
    """Point at the first of the deepest brackets."""
    level, deepest, at = 0, 0, 0
    for token in _TOKEN.finditer(text):
        if token.lastindex == _OPENER:
            level += 1
            if level > deepest:
                deepest, at = level, token.start()
        elif token.lastindex == _CLOSER:
            level -= 1
    if deepest <= MANY_LEVELS:
        return []
    return [(at, at + 1, f"nested {deepest:,} deep: many readers stop at {MANY_LEVELS:,} levels or sooner")]


def _at_string(token: re.Match[str], _keys: list[dict[str, int]]) -> list[_Found]:
    string = token[_STRING]
    if "\\" not in string:
        return []
    return [
        (token.start() + escape.start(), token.start() + escape.end(), _lone_surrogate(escape[1]))
        for escape in _SURROGATE.finditer(string)
        if escape[1]
    ]


def _at_key(token: re.Match[str], keys: list[dict[str, int]]) -> list[_Found]:
    string = token[_STRING]
    key = _decoded(string)
    seen = keys[-1]
    if key not in seen:
        seen[key] = 1
        return _at_string(token, keys)
    seen[key] += 1
    return [*_at_string(token, keys), (*token.span(_STRING), _repeated(string, seen[key]))]


def _at_number(token: re.Match[str], _keys: list[dict[str, int]]) -> list[_Found]:
    words = _of_number(token[_NUMBER])
    return [(*token.span(), words)] if words else []


_LOOK: Final = {_STRING: _at_string, _KEY: _at_key, _NUMBER: _at_number}


def _decoded(string: str) -> str:
    r"""Return the characters that a string stands for: ``"\u0061"`` and ``"a"`` are one key."""
    return str(json.loads(string)) if "\\" in string else string[1:-1]


def _of_number(number: str) -> str | None:
    """Say what becomes of a number that a double does not hold, or None."""
    if len(number) <= _SAFE_DIGITS and "e" not in number and "E" not in number:
        return None
    value = float(number)
    if number.lstrip("-").isdigit():
        if abs(value) < _SAFE_INTEGER or number.lstrip("-") == str(_SAFE_INTEGER):
            return None
        return f"{_short(number)} is beyond 2^53: JavaScript reads {_in_javascript(value)}"
    if math.isinf(value):
        return (
            f"{_short(number)} is beyond what a double holds: some readers make it Infinity, others refuse it"
        )
    if not value and _SIGNIFICANT.match(number):
        return f"{_short(number)} is closer to 0 than a double can be: most readers read 0"
    return None


def _in_javascript(value: float) -> str:
    """Spell a whole number as JavaScript prints it."""
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if abs(value) < _JAVASCRIPT_PLAIN else repr(value)


def _lone_surrogate(escape: str) -> str:
    return f"{escape} alone is half a character: readers refuse it or replace it"


def _repeated(key: str, times: int) -> str:
    often = "twice" if times == 2 else f"{times} times"
    return f"key {_short(key)} appears {often}: most readers keep the last"


def _short(token: str) -> str:
    """Return a token as it is quoted in a sentence: cut in its middle where it is long."""
    return token if len(token) <= _QUOTED else f"{token[: _QUOTED // 2]}…{token[-_QUOTED // 2 :]}"
