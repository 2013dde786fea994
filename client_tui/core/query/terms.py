"""What a query is made of, as values, and what is wrong with one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from client_tui.core.frame import Direction

LARGE: Final = 64 * 1024
"""Bytes. From this size on a payload is large."""


class Kind(Enum):
    """What `is:` asks for."""

    JSON = "json"
    TEXT = "text"
    BINARY = "binary"
    ERROR = "error"
    NOTICE = "notice"
    CONTROL = "control"
    PING = "ping"
    PONG = "pong"
    CLOSE = "close"
    INVALID = "invalid"
    EMPTY = "empty"
    LARGE = "large"


KINDS: Final = {
    Kind.JSON: "text and binary frames that hold one JSON document",
    Kind.TEXT: "text frames",
    Kind.BINARY: "binary frames",
    Kind.ERROR: (
        "notices of failures, close frames with a code other than 1000 and 1001, and JSON objects that "
        'report an error: under error or errors, or as "type": "error" and the like'
    ),
    Kind.NOTICE: "what happened to the connection, in words",
    Kind.CONTROL: "pings, pongs and close frames",
    Kind.PING: "pings",
    Kind.PONG: "pongs",
    Kind.CLOSE: "close frames",
    Kind.INVALID: "text frames that are not JSON, or not even UTF-8; an empty one is not meant",
    Kind.EMPTY: "frames without a payload",
    Kind.LARGE: "frames with a payload of 64 KiB and more",
}
"""What each of them lets through, in words for a help text."""


class Comparison(Enum):
    """How a size is compared."""

    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"


@dataclass(frozen=True, slots=True)
class Word:
    """A text, found without regard to case in a payload as it was on the wire, or in a notice's words."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression (Python's), searched for in a payload as text, or in a notice's words."""

    regex: str
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """Frames that went this way."""

    direction: Direction


@dataclass(frozen=True, slots=True)
class Is:
    """Entries of a kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Size:
    """Frames with a payload of so many bytes."""

    comparison: Comparison
    count: int


@dataclass(frozen=True, slots=True)
class Jq:
    """A jq expression, and where in the line it begins.

    It holds for a JSON document for which it gives a value that is neither null nor false
    before it fails.
    """

    expression: str
    start: int


Asked = Word | Pattern | Way | Is | Size | Jq


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for, or that must not be so."""

    asked: Asked
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What an entry must be like: all of the terms hold. Without any, every entry is."""

    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a line is no query.

    `start` and `end` are the half-open range of its characters to underline, `reason` is
    words with the remedy, which may quote what was typed and are not escaped.
    """

    start: int
    end: int
    reason: str
