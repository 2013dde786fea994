r"""Passes over lines that cannot match, by their bytes alone.

A line is JSON, and a text in it stands there as it is, but for its escapes. Where a term
must be somewhere in the entry, a line without it is passed over, unless it is one of those
that may spell it otherwise: with a ``\u`` escape, in base64, or in letters beyond ASCII, of
which some are ASCII's without regard to case. A line that nobody has read before is never
passed over: it may be damaged, and is then told of in other words than its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import orjson

from client_tui.core.query import Is, Jq, Kind, Way, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client_tui.core.query import Term
    from client_tui.finding.blocks import Block

_ODD: Final = (b"\\u", b"payload_base64")
_MARKS: Final = {
    Kind.BINARY: b'"binary"',
    Kind.PING: b'"ping"',
    Kind.PONG: b'"pong"',
    Kind.CLOSE: b'"close"',
    Kind.NOTICE: b'"event"',
}
_PATH: Final = r"(?:\.[A-Za-z_][A-Za-z0-9_]*)+"
_VALUE: Final = r'(?:"[^"\\\x00-\x1f\x7f-\U0010ffff]*"|-?[0-9]+(?:\.[0-9]+)?|true|false|null)'
_COMPARED: Final = rf"{_PATH}\s*(?:==|!=|<=?|>=?)\s*{_VALUE}"
_ALL_OF: Final = re.compile(rf"{_COMPARED}(?:\s+and\s+{_COMPARED})*", re.ASCII)
_EQUALS: Final = re.compile(r'==\s*"([^"]*)"')


class Prefilter:
    """Chooses the lines of a block that may match `terms`, or may be damaged."""

    def __init__(self, terms: Sequence[Term]) -> None:
        needles = [needle for term in terms if not term.is_negated for needle in _needles(term)]
        needle = max(needles, key=len, default=None)
        self._marks: tuple[bytes, ...] = (needle, *_ODD) if needle else ()
        if needle and b"/" in needle:  # it may be escaped too
            self._marks += (b"\\/",)

    def places(self, block: Block) -> Sequence[int]:
        """Return which lines of a block are to be looked at, counted from its first one, ascending."""
        everything = range(len(block))
        if not self._marks or not block.is_whole or not block.data.isascii():
            return everything
        are_sound = block.are_sound[block.first : block.first + len(block)]
        if not any(are_sound):
            return everything
        found = set() if 0 not in are_sound else {place for place in everything if not are_sound[place]}
        lowered = block.data.lower()
        for mark in self._marks:
            for place in _lines_with(mark, lowered, block.edges):
                found.add(place)
                if len(found) * 2 > len(block):
                    return everything  # to go on would take longer than to look
        return sorted(found)


def _lines_with(mark: bytes, data: bytes, edges: Sequence[int]) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        place = bisect_right(edges, at) - 1
        yield place
        at = data.find(mark, edges[place + 1])


def _needles(term: Term) -> Iterator[bytes]:
    """Yield what must stand in the line of an entry for which a term holds, in small letters."""
    match term.asked:
        case Word(text) if text.casefold().isascii():
            escaped = orjson.dumps(text.casefold())[1:-1]
            if b"\\u" not in escaped:
                yield escaped
        case Way(direction):
            yield b'"%b"' % direction.value.encode()
        case Is(kind) if kind in _MARKS:
            yield _MARKS[kind]
        case Jq(expression) if _ALL_OF.fullmatch(expression):
            yield from (rb"\"%b\"" % text.lower().encode() for text in _EQUALS.findall(expression))
