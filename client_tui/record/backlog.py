"""The entries that wait for the disk: the end of a recording, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Entry, Frame, Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

CHUNK_ENTRIES: Final = 256
"""How many are written in one go: between two writes the event loop has its turn."""
CHUNK_BYTES: Final = 2**20
_PER_ENTRY: Final = 200  # bytes that an entry takes in memory beside its payload
_TIDIED: Final = 4096  # what is done with leaves in one go, since each time the rest moves up
_GIVEN_UP: Final = "a frame was here: it could be kept nowhere"


class Backlog:
    """A queue of entries that can be read at any place, and that knows its size in bytes."""

    def __init__(self) -> None:
        # A number is what is left of a frame that was given up: when it was. A burst of them shares one,
        # so a disk that is full for hours costs eight bytes a frame.
        self._entries: list[Entry | float] = []
        self._done = 0  # of those, from the first on
        self._given_up = 0  # behind those: entries of which as little as possible is left
        self.bytes = 0
        """How much memory the entries take, roughly; frames that were given up do not count."""

    def __len__(self) -> int:
        return len(self._entries) - self._done

    def __getitem__(self, place: int) -> Entry:
        return _restored(self._entries[self._done + place])

    def extend(self, entries: Iterable[Entry]) -> None:
        """Put entries at the end."""
        known = len(self._entries)
        self._entries.extend(entries)
        self.bytes += sum(map(_weight, self._entries[known:]))

    def chunk(self) -> list[Entry]:
        """Return some from the front, at least one unless there is none; they stay until they are dropped."""
        chunk: list[Entry] = []
        left = CHUNK_BYTES
        for kept in self._entries[self._done : self._done + CHUNK_ENTRIES]:
            chunk.append(_restored(kept))
            left -= _weight(kept)
            if left <= 0:
                break
        return chunk

    def drop(self, count: int) -> None:
        """Drop so many from the front."""
        end = self._done + count
        self.bytes -= sum(map(_weight, self._entries[self._done : end]))
        self._entries[self._done : end] = [0.0] * count  # the payloads go at once, their places later
        self._done = end
        self._given_up = max(0, self._given_up - count)
        if end == len(self._entries) or end >= max(_TIDIED, len(self._entries) // 2):
            del self._entries[:end]
            self._done = 0

    def give_up(self, bound: int) -> None:
        """Leave no more than `bound` bytes: the oldest frames go, and the details of the oldest notices."""
        while self.bytes > bound and self._given_up < len(self):
            place = self._done + self._given_up
            entry = self._entries[place]
            self.bytes -= _weight(entry)
            if isinstance(entry, Notice):
                entry = replace(entry, detail="")
                self.bytes += _weight(entry)
            elif isinstance(entry, Frame):
                entry = entry.at
            self._entries[place] = entry
            self._given_up += 1


def _restored(kept: Entry | float) -> Entry:
    return Notice(kept, NoticeKind.WARNING, _GIVEN_UP) if isinstance(kept, float | int) else kept


def _weight(kept: Entry | float) -> int:
    match kept:
        case Frame():
            return _PER_ENTRY + len(kept.payload)
        case Notice():
            return _PER_ENTRY + len(kept.text) + len(kept.detail)
    return 0
