"""The entries that wait for the disk: the end of a recording, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Entry, Frame, Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

CHUNK_ENTRIES: Final = 256
"""How many are written in one go: between two writes the event loop has its turn."""
CHUNK_BYTES: Final = 2**20
_PER_ENTRY: Final = 200  # bytes that an entry takes in memory beside its payload
_TIDIED: Final = 4096  # what is done with leaves in one go, since each time the rest moves up


class Backlog:
    """A queue of entries that can be read at any place, and that knows its size in bytes."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._done = 0  # of those, from the first on
        self._given_up = 0  # behind those: entries of which only a word is left
        self.bytes = 0
        """How much memory the entries take, roughly."""

    def __len__(self) -> int:
        return len(self._entries) - self._done

    def __getitem__(self, place: int) -> Entry:
        return self._entries[self._done + place]

    def extend(self, entries: Iterable[Entry]) -> None:
        """Put entries at the end."""
        known = len(self._entries)
        self._entries.extend(entries)
        self.bytes += sum(_weight(entry) for entry in self._entries[known:])

    def chunk(self) -> list[Entry]:
        """Return some from the front, at least one unless there is none; they stay until they are dropped."""
        chunk: list[Entry] = []
        left = CHUNK_BYTES
        for entry in self._entries[self._done : self._done + CHUNK_ENTRIES]:
            chunk.append(entry)
            left -= _weight(entry)
            if left <= 0:
                break
        return chunk

    def drop(self, count: int) -> None:
        """Drop so many from the front."""
        end = self._done + count
        self.bytes -= sum(_weight(entry) for entry in self._entries[self._done : end])
        self._done = end
        self._given_up = max(0, self._given_up - count)
        if end > _TIDIED or end == len(self._entries):
            del self._entries[:end]
            self._done = 0

    def give_up(self, bound: int) -> None:
        """Leave no more than `bound` bytes: of the oldest frames only a word stays."""
        while self.bytes > bound and self._given_up < len(self):
            place = self._done + self._given_up
            entry = self._entries[place]
            if isinstance(entry, Frame):
                words = f"a frame of {len(entry.payload):,} B was here: it could be kept nowhere"
                self._entries[place] = Notice(entry.at, NoticeKind.WARNING, words)
                self.bytes -= len(entry.payload)
            self._given_up += 1


def _weight(entry: Entry) -> int:
    return _PER_ENTRY + (len(entry.payload) if isinstance(entry, Frame) else len(entry.detail))
