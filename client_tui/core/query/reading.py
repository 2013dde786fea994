"""Reads a line as a query, or says what is wrong with it."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final

from client_tui.core.byte_sizes import parse_size
from client_tui.core.frame import Direction
from client_tui.core.query.pieces import Shape, pieces
from client_tui.core.query.terms import (
    Comparison,
    Is,
    Jq,
    Kind,
    Mistake,
    Pattern,
    Query,
    Size,
    Term,
    Way,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from client_tui.core.query.pieces import Piece
    from client_tui.core.query.terms import Asked

_DIRECTIONS: Final = {"sent": Direction.SENT, "out": Direction.SENT} | {
    "received": Direction.RECEIVED,
    "in": Direction.RECEIVED,
}
_KINDS: Final = {kind.value: kind for kind in Kind}
_CONTROL: Final = {Kind.CONTROL, Kind.PING, Kind.PONG, Kind.CLOSE}
_COMPARISONS: Final = {comparison.value: comparison for comparison in Comparison}
_SIZE: Final = re.compile(r"size\s*([<>=!:]+)\s*")
_ESCAPE: Final = re.compile(r'\\(["\\])')
_SPECIAL: Final = re.compile(r'["\\]')
_FLAGS: Final = {"": False, "i": True}


def parse(text: str) -> Query | Mistake:
    """Read a line of terms, all of which must hold; one that is blank asks for nothing.

    What jq makes of an expression is not known here.
    """
    terms: list[Term] = []
    for piece in pieces(text):
        asked = _READERS[piece.shape](text, piece)
        if isinstance(asked, Mistake):
            return asked
        terms.append(Term(asked, piece.is_negated))
    return Query(tuple(terms))


def literal(text: str) -> str:
    """Return the line that looks for `text` as it stands."""
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def names_control_frames(text: str) -> bool:
    """Tell whether a line asks for pings, pongs or close frames, so that they are to be looked at."""
    query = parse(text)
    terms = query.terms if isinstance(query, Query) else ()
    asked = [term.asked for term in terms if not term.is_negated]
    return any(isinstance(each, Is) and each.kind in _CONTROL for each in asked)


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _nothing(_text: str, piece: Piece) -> Mistake:
    return Mistake(
        piece.start, piece.end, 'what must not be there is missing: -word, -dir:sent; "-" finds a minus sign'
    )


def _word(text: str, piece: Piece) -> Word:
    return Word(text[piece.inner : piece.inner_end])


def _quoted(text: str, piece: Piece) -> Word | Mistake:
    if not piece.is_closed:
        return Mistake(piece.inner - 1, piece.end, 'the closing " is missing')
    if piece.inner == piece.inner_end:
        return Mistake(piece.inner - 1, piece.end, "nothing stands between the quotes")
    return Word(_ESCAPE.sub(r"\1", text[piece.inner : piece.inner_end]))


def _regex(text: str, piece: Piece) -> Pattern | Mistake:
    start, end = piece.inner, piece.inner_end
    regex, flags = text[start:end], text[end + 1 : piece.end]
    as_text = f"to find it as text, put it in quotes: {literal(text[start - 1 : piece.end])}"
    if not piece.is_closed:
        return Mistake(start - 1, piece.end, f"the regular expression has no / at its end; {as_text}")
    if not regex:
        return Mistake(start - 1, piece.end, f"nothing stands between the slashes; {as_text}")
    if flags not in _FLAGS:
        return Mistake(end + 1, piece.end, f"behind the closing / only an i may follow; {as_text}")
    return _regex_fault(regex, start) or Pattern(regex, _FLAGS[flags])


def _regex_fault(regex: str, start: int) -> Mistake | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may mean something else in a later Python
            re.compile(regex)
    except re.error as error:
        at = start if error.pos is None else min(start + error.pos, start + len(regex) - 1)
        return Mistake(at, at + 1, f"the regular expression: {error.msg}")
    except (RecursionError, OverflowError, MemoryError):
        return Mistake(start, start + len(regex), "the regular expression is too deep, or too large")
    return None


def _setting(text: str, piece: Piece) -> Way | Is | Mistake:
    value = text[piece.inner : piece.inner_end]
    if text.startswith("dir", piece.inner - len("dir:")):
        direction = _DIRECTIONS.get(value)
        return Way(direction) if direction else _unknown(piece, "dir:", value, _DIRECTIONS)
    kind = _KINDS.get(value)
    return Is(kind) if kind else _unknown(piece, "is:", value, _KINDS)


def _unknown(piece: Piece, key: str, value: str, known: Iterable[str]) -> Mistake:
    """Say what may stand behind a key, or which of it was meant."""
    import difflib  # only a mistake pays for it

    choice = f"{key} takes {', '.join(known)}"
    if not value:
        return Mistake(piece.start + piece.is_negated, piece.end, choice)
    likely = difflib.get_close_matches(value.lower(), known, n=1)
    remedy = f"did you mean {key}{likely[0]}?" if likely else choice
    return Mistake(piece.inner, piece.end, f"there is no {key}{value}: {remedy}")


def _size(text: str, piece: Piece) -> Size | Mistake:
    start = piece.start + piece.is_negated
    match = _SIZE.match(text, start)
    assert match is not None  # noqa: S101 - that is how it was found
    comparison = _COMPARISONS.get(match[1])
    if comparison is None:
        return Mistake(*match.span(1), "a size is compared with <, <=, =, >= or >: size>1k")
    value = text[piece.inner : piece.inner_end]
    if not value:
        return Mistake(start, piece.end, "a number of bytes is missing: size>500, size<=64KiB")
    count = parse_size(value)
    if count is None:
        return Mistake(
            piece.inner, piece.end, f"{value} is no number of bytes: write one like 500, 1k or 64KiB"
        )
    return Size(comparison, count)


def _jq(text: str, piece: Piece) -> Jq | Mistake:
    if piece.is_negated:
        words = "a jq expression is negated at its end: | not; to find it as text, put it in quotes"
        return Mistake(piece.start, piece.start + 1, words)
    expression = text[piece.inner : piece.inner_end]
    if not expression:
        return Mistake(piece.start, piece.end, 'a jq expression is missing: jq: .type == "tick"')
    return Jq(expression, piece.inner)


_READERS: Final[dict[Shape, Callable[[str, Piece], Asked | Mistake]]] = {
    Shape.NOTHING: _nothing,
    Shape.WORD: _word,
    Shape.QUOTED: _quoted,
    Shape.REGEX: _regex,
    Shape.SETTING: _setting,
    Shape.SIZE: _size,
    Shape.JQ: _jq,
}
