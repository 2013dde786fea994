"""One thing that is looked for in a recording, a slice of time at a time."""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING, Final

from client_tui.finding.messages import Looked

if TYPE_CHECKING:
    from client_tui.finding.blocks import Block, Blocks
    from client_tui.finding.matcher import Matcher, Result
    from client_tui.finding.messages import Find
    from client_tui.finding.watch import Watch

_MOST: Final = 256 * 1024
"""Bytes that are read at once, unless one line has more."""
_LEAST: Final = 4 * 1024


class Job:
    """Looks through `blocks` for what `matcher` takes: the newest first, and what is new in between."""

    def __init__(self, find: Find, matcher: Matcher, blocks: Blocks) -> None:
        self._serial = find.serial
        self._matcher = matcher
        self._blocks = blocks
        self._has_begun = find.low is not None
        self._low = find.low or 0
        self._high = find.high or 0
        self._size = _MOST
        self._went_up = False

    @property
    def has_work(self) -> bool:
        """Whether there is something to look at, or nothing was told yet."""
        return not self._has_begun or self._low > 0 or self._high < len(self._blocks)

    def work(self, watch: Watch, until: float) -> Looked:
        """Look at some entries, up to about the moment `until` of the monotonic clock.

        Raises:
            OSError: the recording cannot be read.

        """
        total = len(self._blocks)
        if not self._has_begun:
            self._has_begun = True
            self._low = self._high = total
        self._went_up = self._high < total and (self._low == 0 or not self._went_up)
        return self._go(watch, until, backwards=not self._went_up)

    def _go(self, watch: Watch, until: float, *, backwards: bool) -> Looked:
        start = self._low if backwards else self._high
        hits, unread = array("I"), 0
        is_first = True
        while indices := self._next(backwards=backwards):
            if not is_first and self._blocks.size(indices) > _MOST:
                break  # that will take a while: what was found before is told first
            result = self._look(self._blocks.read(indices), watch, until, backwards=backwards)
            if backwards:
                self._low = result.start
            else:
                self._high = result.end
            hits += result.hits
            unread += result.unread
            is_first = False
            if time.monotonic() >= until:
                break
        if backwards:
            hits.reverse()
        low, high = (self._low, start) if backwards else (start, self._high)
        return Looked(self._serial, low, high, len(self._blocks), unread, hits)

    def _next(self, *, backwards: bool) -> range:
        """Return the indices of the entries to look at next; none at the end."""
        if backwards:
            return self._blocks.below(self._low, self._size) if self._low else range(0)
        return self._blocks.above(self._high, self._size) if self._high < len(self._blocks) else range(0)

    def _look(self, block: Block, watch: Watch, until: float, *, backwards: bool) -> Result:
        """Look at a block, and read less at once from now on where there was no time for all of it."""
        watch.note(block.first)
        watch.allow(len(block.data))
        result = self._matcher.look(block, watch.note, backwards=backwards, until=until)
        is_cut = result.end - result.start < len(block)
        self._size = max(_LEAST, self._size // 2) if is_cut else min(_MOST, self._size * 2)
        return result
