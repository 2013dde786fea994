"""A text that is looked for, and where it stands in what is shown."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Needle:
    """What is searched for: a text, found without regard to case."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = text.casefold()

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
