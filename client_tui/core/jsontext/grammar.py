r"""RFC 8259's grammar as patterns, and the walk that finds where a text leaves it.

The patterns swallow whole runs of members, and containers down to `FOLDED_LEVELS` inside
them, in one match; the walk itself only goes down where nesting is deeper, and keeps its
own stack: depth has no limit. Every quantifier is possessive, so no text makes a pattern
try twice: each level of folding reads a character at most once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

WS: Final = r"[ \t\n\r]*+"
_PLAIN: Final = r'[^"\\\x00-\x1f]*+'
_ESCAPE: Final = r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})'
OPEN_STRING: Final = rf'"{_PLAIN}(?:{_ESCAPE}{_PLAIN})*+'
STRING: Final = rf'{OPEN_STRING}"'
NUMBER: Final = r"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+"
# What must not touch a number or a literal, so that a mistake is found at its beginning.
BOUNDARY: Final = r"(?![\w.+\-$])"
_SCALAR: Final = rf"(?:{STRING}|(?:{NUMBER}|true|false|null){BOUNDARY})"

FOLDED_LEVELS: Final = 2


def _items(levels: int) -> str:
    """Return the pattern of items that fold: up to the array's end, or to an item that is deeper."""
    return rf"{WS}(?:{_value(levels)}{WS}(?:,{WS}(?!\])|(?=\])))*+"


def _members(levels: int) -> str:
    """Return the pattern of members that fold: up to the object's end, or to a member that is deeper."""
    return rf"{WS}(?:{STRING}{WS}:{WS}{_value(levels)}{WS}(?:,{WS}(?!\}})|(?=\}})))*+"


def _value(levels: int) -> str:
    """Return the pattern of a value with at most `levels` of containers."""
    if not levels:
        return _SCALAR
    return rf"(?:{_SCALAR}|\[{_items(levels - 1)}\]|\{{{_members(levels - 1)}\}})"


_SPACE: Final = re.compile(WS)
_SCALAR_ALONE: Final = re.compile(rf"{_SCALAR}{WS}")
_RUNS: Final = {"[": re.compile(_items(FOLDED_LEVELS)), "{": re.compile(_members(FOLDED_LEVELS))}
_KEY: Final = re.compile(rf"{STRING}{WS}")
# All but the last of brackets that open one after another.
_TOWER: Final = re.compile(r"(?:\[(?=\[))++")
CLOSER: Final = {"[": "]", "{": "}"}


class Expects(Enum):
    """What the grammar wants at a spot."""

    VALUE = auto()
    KEY = auto()
    COLON = auto()
    COMMA = auto()  # or the bracket that closes
    END = auto()  # of the text, where something stands instead
    NOTHING = auto()  # the text is at its end, and is a document


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a text leaves the grammar, or ends too early.

    `at` is the offset of the token that does not fit, or the text's length; `opened` has the
    offsets of the brackets that are open there, the outermost first.
    """

    at: int
    expects: Expects
    opened: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one walk over a text found: its first fault (None: it is one document), and how deep it goes.

    `depth` counts nested containers, and is at most `FOLDED_LEVELS` too large.
    """

    fault: Fault | None
    depth: int


def skip_space(text: str, at: int) -> int:
    """Return the offset of the first character from `at` on that is not JSON's white space."""
    return _end(_SPACE, text, at)


def last_before(text: str, at: int) -> int:
    """Return the offset of the last character before `at` that is not JSON's white space, or -1."""
    at -= 1
    while at >= 0 and text[at] in " \t\n\r":
        at -= 1
    return at


def read(text: str) -> Reading:
    """Hold `text` against the grammar, in time that grows with its length alone."""
    opened: list[int] = []
    depth = 0
    at, expects = skip_space(text, 0), Expects.VALUE
    while expects is Expects.VALUE:
        if tower := _TOWER.match(text, at):
            opened.extend(range(at, tower.end()))
            at = tower.end()
        if text[at : at + 1] in _RUNS:
            opened.append(at)
            depth = max(depth, len(opened))
            at, expects = _run(text, at + 1, text[at])
        elif scalar := _SCALAR_ALONE.match(text, at):
            at, expects = scalar.end(), Expects.COMMA
        else:
            break
        if expects is Expects.COMMA:
            at, expects = _after_value(text, at, opened)
    fault = None if expects is Expects.NOTHING else Fault(at, expects, tuple(opened))
    return Reading(fault, depth + FOLDED_LEVELS)


def _after_value(text: str, at: int, opened: list[int]) -> tuple[int, Expects]:
    """Close what closes at `at`, then go on to the next value that is not folded."""
    while opened:
        opener = text[opened[-1]]
        char = text[at : at + 1]
        if char == CLOSER[opener]:
            opened.pop()
            at = skip_space(text, at + 1)
        elif char == ",":
            at, expects = _after_comma(text, at + 1, opener)
            if expects is not Expects.COMMA:
                return at, expects
        else:
            return at, Expects.COMMA
    return at, Expects.END if at < len(text) else Expects.NOTHING


def _after_comma(text: str, at: int, opener: str) -> tuple[int, Expects]:
    """Go on behind a comma, where the container may not close."""
    at = skip_space(text, at)
    if text[at : at + 1] == CLOSER[opener]:
        return at, Expects.VALUE if opener == "[" else Expects.KEY
    return _run(text, at, opener)


def _run(text: str, at: int, opener: str) -> tuple[int, Expects]:
    """Swallow what folds in a container: up to its closing bracket, or to the next value that does not."""
    at = _end(_RUNS[opener], text, at)
    if text[at : at + 1] == CLOSER[opener]:
        return at, Expects.COMMA
    if opener == "[":
        return at, Expects.VALUE
    key = _KEY.match(text, at)
    if key is None:
        return at, Expects.KEY
    at = key.end()
    if text[at : at + 1] != ":":
        return at, Expects.COLON
    return skip_space(text, at + 1), Expects.VALUE


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern ends that matches everywhere, if only the empty string."""
    match = pattern.match(text, at)
    return match.end() if match else at
