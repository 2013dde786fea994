"""What a check of a text can find: nothing, a document, the beginning of one, or a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(Enum):
    """The kinds of JSON values (RFC 8259 §3), in the words that a person is shown."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


_KINDS: Final = {
    "{": Kind.OBJECT,
    "[": Kind.ARRAY,
    '"': Kind.STRING,
    "t": Kind.BOOLEAN,
    "f": Kind.BOOLEAN,
    "n": Kind.NULL,
}


def kind_at(text: str, start: int) -> Kind:
    """Return the kind of the value that begins at `start`: its first character tells."""
    return _KINDS.get(text[start], Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Place:
    r"""A half-open range of characters in a text.

    `start` and `end` are offsets in characters. `line` and `column` are those of `start`
    and count from 1. A line ends at ``\n`` only, and a ``\r`` before it belongs to the
    line break. Columns count characters, not cells.
    """

    start: int
    end: int
    line: int
    column: int


def places(text: str, ranges: Iterable[tuple[int, int]]) -> list[Place]:
    """Return the places of `ranges`, which are in ascending order, in one walk over `text`."""
    found = []
    line, line_start, counted = 1, 0, 0
    for start, end in ranges:
        breaks = text.count("\n", counted, start)
        if breaks:
            line += breaks
            line_start = text.rindex("\n", counted, start) + 1
        counted = start
        found.append(Place(start, end, line, start - line_start + 1))
    return found


def place(text: str, start: int, end: int) -> Place:
    """Return the place of one range."""
    return places(text, [(start, end)])[0]


@dataclass(frozen=True, slots=True)
class Caution:
    """A spot in a valid document whose meaning gets lost in many readers, and how, in words."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An object, array or string that has begun and not ended. `place` is its first character."""

    place: Place
    kind: Kind


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing but white space."""


@dataclass(frozen=True, slots=True)
class Valid:
    """A JSON document (RFC 8259).

    `members` counts those of an outermost object or array as they are written (a key that
    appears twice counts twice), and is None for other kinds. `size` is in bytes of UTF-8.
    """

    kind: Kind
    members: int | None
    size: int
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The beginning of a document: something can be added that makes it valid.

    `place` is empty and stands at the text's end. `opened` is what is still open, the
    outermost first. `expects` says what may come next: "a value after the colon".
    """

    place: Place
    opened: tuple[Opened, ...]
    expects: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """No document, whatever is added at the end.

    `place` is what to underline: the culprit, at least one character. `reason` is in words,
    and may quote the text: it goes through `core.printable` where it is shown.
    """

    place: Place
    reason: str


Check = Empty | Valid | Incomplete | Invalid
