"""A view of the transcript: which of its entries are shown, and whether one matches a search.

The store and its views are different objects: a view can be filtered, searched and
thrown away, and the transcript does not change.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from client_tui.core.frame import Entry, Frame
from client_tui.core.printable import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from client_tui.core.transcript import Transcript


def is_conversation(entry: Entry) -> bool:
    """Tell whether an entry belongs to the conversation itself: all but pings, pongs and close frames."""
    return not (isinstance(entry, Frame) and entry.opcode.is_control)


class View:
    """The entries of a transcript that `accept` lets in, as rows numbered from 0.

    It holds indices, in ascending order, and catches up with the transcript in `update`.
    """

    def __init__(self, transcript: Transcript, accept: Callable[[Entry], bool]) -> None:
        self._transcript = transcript
        self._accept = accept
        self._indices = array("L")
        self._seen = 0
        self.update()

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, row: int) -> Entry:
        return self._transcript[self._indices[row]]

    def index(self, row: int) -> int:
        """Return the transcript's index of the entry on this row."""
        return self._indices[row]

    def row(self, index: int) -> int:
        """Return the row of the entry with this index, or of the first shown one after it."""
        return bisect_left(self._indices, index)

    @property
    def is_behind(self) -> bool:
        """Whether the transcript has entries that `update` has not taken in yet."""
        return self._seen < len(self._transcript)

    def update(self) -> int:
        """Take in what the transcript has gained; return how many rows came of it."""
        before, end = len(self._indices), len(self._transcript)
        accept, entry = self._accept, self._transcript.__getitem__
        self._indices.extend(index for index in range(self._seen, end) if accept(entry(index)))
        self._seen = end
        return len(self._indices) - before

    def refilter(self, accept: Callable[[Entry], bool]) -> None:
        """Show what `accept` lets in instead."""
        self._accept = accept
        self._indices = array("L")
        self._seen = 0
        self.update()


class Needle:
    """What is searched for: a text, found without regard to case.

    An entry matches where its payload, as it was on the wire, or its words hold the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = text.casefold()
        self._ascii = self._folded.encode() if text.isascii() else None

    def matches(self, entry: Entry) -> bool:
        """Tell whether the entry holds the text."""
        if not isinstance(entry, Frame):
            return self._folded in entry.text.casefold() or self._folded in entry.detail.casefold()
        payload = entry.payload
        if self._ascii is not None:
            if self._ascii in payload.lower():
                return True
            if payload.isascii():
                return False
        return self._folded in decoded(payload).casefold()

    def spans(self, shown: str) -> list[tuple[int, int]]:
        """Return where the text stands in a line as it is shown, as half-open character ranges, ascending."""
        folded = shown.casefold()
        places = range(len(shown)) if len(folded) == len(shown) else _places(shown)
        found: list[tuple[int, int]] = []
        free = 0
        for at in _occurrences(self._folded, folded):
            start, end = places[at], places[at + len(self._folded) - 1] + 1
            if end > free:
                found.append((max(start, free), end))
                free = end
        return found

    def find(self, text: str) -> tuple[int, int] | None:
        """Return where the text stands first in one of any length, as a half-open character range."""
        folded = text.casefold()
        at = folded.find(self._folded) if self._folded else -1
        if at < 0:
            return None
        last = at + len(self._folded) - 1
        if len(folded) == len(text):
            return at, last + 1
        return _place(text, at), _place(text, last) + 1


def _place(text: str, at: int) -> int:
    """Return of which character of `text` the one at `at` of its folded form is made."""
    return bisect_right(range(len(text)), at, key=lambda end: len(text[:end].casefold())) - 1


def _places(text: str) -> list[int]:
    """Return of which character of `text` each one of its folded form is made: ß and its like become two."""
    return [place for place, char in enumerate(text) for _ in char.casefold()]


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    """Yield where `wanted` begins in `text`; occurrences do not overlap."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))
