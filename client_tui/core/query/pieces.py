"""Cuts a line into the pieces that become terms, wrong ones too: what is typed is coloured as it stands.

Blanks separate pieces. A piece that begins with a quote ends at the next quote that a blank
follows; where something else follows that quote, as in ``"type":"tick"``, quotes and all are
taken as they stand. A piece that begins with a dot is a jq expression, up to the line's end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(Enum):
    """What a stretch of a line is coloured as."""

    WORD = "word"
    REGEX = "regex"
    KEY = "key"
    VALUE = "value"
    JQ = "jq"
    NEGATION = "negation"


class Shape(Enum):
    """What a piece is by the way it is written."""

    NOTHING = "nothing"  # behind a minus sign
    WORD = "word"
    QUOTED = "quoted"
    REGEX = "regex"
    SETTING = "setting"  # dir: or is:, and a value
    SIZE = "size"
    JQ = "jq"


@dataclass(frozen=True, slots=True)
class Piece:
    """A term as it is written, in half-open ranges of the line's characters.

    The range from `start` to `end` is all of it, the one from `inner` to `inner_end` what
    stands between quotes or slashes, or behind the key. Of a regular expression, what
    follows up to `end` are its flags.
    """

    shape: Shape
    start: int
    end: int
    inner: int
    inner_end: int
    is_negated: bool = False
    is_closed: bool = True
    """Whether the closing quote or slash is there."""


_NEXT: Final = re.compile(r"\S")
_RUN: Final = re.compile(r"\S*")
_ESCAPED: Final = r"\\(?:.|\Z)"
_QUOTED: Final = re.compile(rf'"((?:{_ESCAPED}|[^"\\])*)("?)', re.DOTALL)
_CLASS: Final = rf"\[\^?\]?(?:{_ESCAPED}|[^\]\\])*(?:\]|\Z)"  # in it a slash stands for itself
_REGEX: Final = re.compile(rf"/((?:{_CLASS}|{_ESCAPED}|[^/\\])*)(/?)", re.DOTALL)
_SETTING: Final = re.compile(r"(?:dir|is):(\S*)")
_SIZE: Final = re.compile(r"size\s*(?:[<>]=?|[=!:]=?)\s*(\S*)")
_JQ: Final = re.compile(r"(?:jq:\s*|(?=\.))(.*\S)?", re.DOTALL)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a line in their order."""
    at = 0
    while (found := _NEXT.search(text, at)) is not None:
        piece = _piece(text, found.start())
        yield piece
        at = piece.end


def spans(text: str) -> list[tuple[int, int, Part]]:
    """Return how a line is to be coloured as it is typed, as half-open character ranges, ascending."""
    found: list[tuple[int, int, Part]] = []
    for piece in pieces(text):
        start = piece.start + piece.is_negated
        if piece.is_negated:
            found.append((piece.start, start, Part.NEGATION))
        if piece.shape in (Shape.SETTING, Shape.SIZE) or (piece.shape is Shape.JQ and piece.inner > start):
            found.append((start, piece.inner, Part.KEY))
            start = piece.inner
        found.append((start, piece.end, _PARTS[piece.shape]))
    return [span for span in found if span[0] < span[1]]


_PARTS: Final = {
    Shape.NOTHING: Part.NEGATION,
    Shape.WORD: Part.WORD,
    Shape.QUOTED: Part.WORD,
    Shape.REGEX: Part.REGEX,
    Shape.SETTING: Part.VALUE,
    Shape.SIZE: Part.VALUE,
    Shape.JQ: Part.JQ,
}


def _piece(text: str, start: int) -> Piece:
    is_negated = text[start] == "-"
    at = start + is_negated
    if is_negated and (at == len(text) or text[at].isspace()):
        return Piece(Shape.NOTHING, start, at, at, at, is_negated)
    for shape, pattern in ((Shape.JQ, _JQ), (Shape.SETTING, _SETTING), (Shape.SIZE, _SIZE)):
        if match := pattern.match(text, at):
            return Piece(shape, start, match.end(), _inner(match), match.end(), is_negated)
    if text[at] == "/":
        return _regex(text, start, at)
    if text[at] == '"':
        return _quoted(text, start, at)
    end = _run_end(text, at)
    return Piece(Shape.WORD, start, end, at, end, is_negated)


def _inner(match: re.Match[str]) -> int:
    return match.end() if match.start(1) < 0 else match.start(1)


def _quoted(text: str, start: int, at: int) -> Piece:
    match = _QUOTED.match(text, at)
    assert match is not None  # noqa: S101 - a quote stands there
    end = _run_end(text, match.end())
    if match[2] and end > match.end():
        return Piece(Shape.WORD, start, end, at, end, at > start)
    return Piece(Shape.QUOTED, start, match.end(), *match.span(1), at > start, bool(match[2]))


def _regex(text: str, start: int, at: int) -> Piece:
    match = _REGEX.match(text, at)
    assert match is not None  # noqa: S101 - a slash stands there
    end = _run_end(text, match.end())
    return Piece(Shape.REGEX, start, end, *match.span(1), at > start, bool(match[2]))


def _run_end(text: str, at: int) -> int:
    """Return where the next blank stands, or the text ends."""
    match = _RUN.match(text, at)
    return match.end() if match else at
