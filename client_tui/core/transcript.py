"""The conversation in order: an append-only log of what was on the wire and what befell it."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

from client_tui.core.frame import Direction, Entry, Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Transcript:
    """Entries in the order in which they happened; an entry is never changed or removed.

    An entry's index, from 0, is its name for as long as the transcript lives.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: list[Entry] = []
        self._since_sent = array("d")
        self._last_sent = math.nan
        self.sent = 0
        """How many data frames were sent; control frames do not count."""
        self.received = 0
        """How many data frames were received; control frames do not count."""
        self.extend(entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def extend(self, entries: Iterable[Entry]) -> None:
        """Append `entries`, in their order."""
        for entry in entries:
            self._entries.append(entry)
            self._since_sent.append(self._count(entry))

    def since_sent(self, index: int) -> float | None:
        """Return the seconds between the last data frame sent before this one and this one.

        None where the entry is not a received data frame, or nothing was sent before it.
        """
        seconds = self._since_sent[index]
        return None if math.isnan(seconds) else seconds

    def _count(self, entry: Entry) -> float:
        if not isinstance(entry, Frame) or entry.opcode.is_control:
            return math.nan
        if entry.direction is Direction.RECEIVED:
            self.received += 1
            return entry.at - self._last_sent
        self.sent += 1
        self._last_sent = entry.at
        return math.nan
