"""The conversation in order: an append-only log of what was on the wire and what befell it.

It is an index. The entries themselves are in a store, which may well be a file: of each
there is only so much here as is needed to choose, count and time entries without reading
them, some twenty bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress
from typing import TYPE_CHECKING, Final, Protocol

from client_tui.core.frame import Direction, Entry, Notice, Opcode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOTICE: Final = 0x80
_SENT: Final = 0x10
_LARGEST: Final = 2**32 - 1


class Store(Protocol):
    """Where the entries are: in memory, or in a file."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Put entries at the end. Never waits."""

    def __getitem__(self, index: int) -> Entry:
        """Return an entry; it may take a moment, and never raises for one that there is."""


class Transcript:
    """Entries in the order in which they happened; an entry is never changed or removed.

    An entry's index, from 0, is its name for as long as the transcript lives. Without a
    `store` the entries are kept in memory.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store: Store = store if store is not None else InMemory()
        self._at = array("d")
        self._sizes = array("I")
        self._kinds = bytearray()
        self._sent_at = array("I")  # the indices of the data frames that were sent
        self._notices_at = array("I")
        self.sent = 0
        """How many data frames were sent; control frames do not count."""
        self.received = 0
        """How many data frames were received; control frames do not count."""

    def __len__(self) -> int:
        return len(self._kinds)

    def __getitem__(self, index: int) -> Entry:
        return self._store[index]

    def __iter__(self) -> Iterator[Entry]:
        return (self[index] for index in range(len(self)))

    def extend(self, entries: Sequence[Entry]) -> None:
        """Append `entries`, in their order."""
        self._store.append(entries)
        self.note(entries)

    def note(self, entries: Iterable[Entry]) -> None:
        """Take in entries that the store holds already, in their order."""
        at, sizes, kinds = self._at.append, self._sizes.append, self._kinds.append
        for entry in entries:
            if isinstance(entry, Notice):
                at(entry.at if entry.at == entry.at else self._latest)
                sizes(0)
                self._notices_at.append(len(self._kinds))
                kinds(_NOTICE)
                continue
            at(entry.at)
            sizes(min(len(entry.payload), _LARGEST))
            if entry.direction is Direction.RECEIVED:
                kinds(entry.opcode)
                self.received += entry.opcode < Opcode.CLOSE
            else:
                if entry.opcode < Opcode.CLOSE:
                    self._sent_at.append(len(self._kinds))
                    self.sent += 1
                kinds(entry.opcode | _SENT)

    @property
    def _latest(self) -> float:
        return self._at[-1] if self._at else 0.0

    # ------------------------------------------------------------------ what is known without reading

    def at(self, index: int) -> float:
        """Return when an entry happened, in seconds since the epoch."""
        return self._at[index]

    def size(self, index: int) -> int:
        """Return how many bytes an entry's payload has; a notice has none."""
        return self._sizes[index]

    def is_notice(self, index: int) -> bool:
        """Tell whether an entry is a notice, and no frame."""
        return self._kinds[index] >= _NOTICE

    def since_sent(self, index: int) -> float | None:
        """Return the seconds between the last data frame sent before this one and this one.

        None where the entry is not a received data frame, or nothing was sent before it. Behind a
        notice it may be another connection, or something was lost: that is no answer.
        """
        if self._kinds[index] >= Opcode.CLOSE:
            return None
        sent = _last_before(index, self._sent_at)
        return self._at[index] - self._at[sent] if sent > _last_before(index, self._notices_at) else None

    def index_at(self, moment: float) -> int:
        """Return the index of the first entry at or after a moment, in seconds since the epoch.

        Where the clock was set back meanwhile it is one of those that qualify.
        """
        return bisect_left(self._at, moment)

    def conversation(self, start: int, *, control_frames: bool) -> Iterable[int]:
        """Return the indices from `start` on, with or without those of pings, pongs and close frames."""
        end = len(self._kinds)
        if control_frames:
            return range(start, end)
        return compress(range(start, end), self._kinds[start:].translate(_IS_CONVERSATION))


def _last_before(index: int, indices: array[int]) -> int:
    """Return the last of `indices` that is before an index, -1 where none is."""
    place = bisect_left(indices, index)
    return indices[place - 1] if place else -1


_IS_CONVERSATION: Final = bytes(kind >= _NOTICE or (kind & ~_SENT) < Opcode.CLOSE for kind in range(256))


class InMemory:
    """A store that keeps the entries themselves."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self.append = self._entries.extend

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]
