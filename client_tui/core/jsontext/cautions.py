r"""What is valid JSON and yet means something else to many readers (RFC 8259 §4, §6, §8.2 and §9).

Keys that appear twice, integers beyond 2^53, numbers that no double holds, lone surrogate
escapes, nesting that parsers refuse: all of it is sent as it stands, with a word of warning.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from client_tui.core.jsontext.grammar import CLOSER, STRING, WS, skip_space
from client_tui.core.jsontext.outcome import Caution, places

if TYPE_CHECKING:
    from collections.abc import Iterator

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

_SUSPECT_NUMBER: Final = re.compile(rf"[0-9]{{{_SAFE_DIGITS + 1}}}|[eE]-[0-9]{{3}}")
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
    return bool(_SUSPECT_NUMBER.search(text)) or _has_duplicate_keys(text)


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


def survey(text: str) -> Survey:
    """Walk over the tokens of `text`, a valid document, for its members and its cautions."""
    commas = 0
    found: list[_Found] = []
    deepest, deepest_at = 0, 0
    keys: list[dict[str, int]] = []  # how often each key was seen, for each open container
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind is None:
            commas += len(keys) == 1
        elif kind == _OPENER:
            keys.append({})
            if len(keys) > deepest:
                deepest, deepest_at = len(keys), token.start()
        elif kind == _CLOSER:
            keys.pop()
        elif len(found) < MANY_CAUTIONS:
            found.extend(_of_scalar(token, kind, keys))
    if deepest > MANY_LEVELS:
        found.append((deepest_at, deepest_at + 1, _too_deep(deepest)))
        found.sort()
    return Survey(commas + _has_members(text), _cautions(text, found))


_Found = tuple[int, int, str]  # start, end, the words


def _cautions(text: str, found: list[_Found]) -> tuple[Caution, ...]:
    where = places(text, [(start, end) for start, end, _ in found])
    return tuple(Caution(spot, words) for spot, (_, _, words) in zip(where, found, strict=True))


def _has_members(text: str) -> bool:
    """Whether a valid document is a container with something in it."""
    start = skip_space(text, 0)
    return text[start] in CLOSER and text[skip_space(text, start + 1)] != CLOSER[text[start]]


def _of_scalar(token: re.Match[str], kind: int, keys: list[dict[str, int]]) -> Iterator[_Found]:
    """Yield what there is to say about one key, string or number."""
    if kind == _NUMBER:
        if words := _of_number(token[0]):
            yield *token.span(), words
        return
    start, end = token.span(_STRING)
    if "\\" in token[_STRING]:
        for escape in _SURROGATE.finditer(token[_STRING]):
            if escape[1]:
                yield start + escape.start(), start + escape.end(), _lone_surrogate(escape[1])
    if kind == _KEY:
        key = _decoded(token[_STRING])
        seen = keys[-1][key] = keys[-1].get(key, 0) + 1
        if seen > 1:
            yield start, end, _repeated(token[_STRING], seen)


def _decoded(string: str) -> str:
    r"""Return the characters that a string stands for: ``"\u0061"`` and ``"a"`` are one key."""
    return str(json.loads(string)) if "\\" in string else string[1:-1]


def _of_number(number: str) -> str | None:
    """Say what becomes of a number that a double does not hold, or None."""
    if number.lstrip("-").isdigit():
        return _of_integer(number) if len(number) > _SAFE_DIGITS else None
    value = float(number)
    if math.isinf(value):
        return (
            f"{_short(number)} is beyond what a double holds: some readers make it Infinity, others refuse it"
        )
    if not value and _SIGNIFICANT.match(number):
        return f"{_short(number)} is closer to 0 than a double can be: most readers read 0"
    return None


def _of_integer(number: str) -> str | None:
    value = float(number)
    if (
        abs(value) <= _SAFE_INTEGER
        and len(number.lstrip("-")) <= _SAFE_DIGITS + 1
        and abs(int(number)) <= _SAFE_INTEGER
    ):
        return None
    return f"{_short(number)} is beyond 2^53: JavaScript reads {_in_javascript(value)}"


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


def _too_deep(depth: int) -> str:
    return f"nested {depth:,} deep: many readers stop at {MANY_LEVELS:,} levels or sooner"


def _short(token: str) -> str:
    """Return a token as it is quoted in a sentence: cut in its middle where it is long."""
    return token if len(token) <= _QUOTED else f"{token[: _QUOTED // 2]}…{token[-_QUOTED // 2 :]}"
