"""What is looked for in the history: a filter, and a search within what it lets through.

Another process does the looking; here is kept what was asked, and what came of it so far.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from client_tui.core.findings import Findings
from client_tui.core.needle import Needle
from client_tui.core.query import literal, names_control_frames
from client_tui.finding.news import Failed, Found, WrongQuery

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from client_tui.core.query import Mistake
    from client_tui.finding.finder import Finder
    from client_tui.finding.news import News

    MakeFinder = Callable[[Callable[[News], None]], Finder]


@dataclass(slots=True)
class Lookup:
    """Something that is looked for, and what came of it."""

    name: str
    text: str
    queries: tuple[str, ...]
    findings: Findings = field(default_factory=Findings)
    mistake: Mistake | None = None
    """What is wrong with the expression."""
    words: str = ""
    """Why no more is found, where that has a reason."""
    is_stopped: bool = False
    """Whether it was cancelled, and nothing more is found."""
    unread: int = 0
    """How many documents are too large for jq, so that they are not found though they might match."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is found, whatever comes."""
        return self.is_stopped or self.mistake is not None or bool(self.words)


class Lookups:
    """The filter that is in force, the one that is to follow it, and the search.

    A new filter is in force once it has found something, or has looked at everything: until
    then, and where its expression is wrong, the one before stays. `filtered` and `searched`
    hear of each change; the rows that are shown change within `filtered` only.
    """

    def __init__(
        self, make_finder: MakeFinder, *, filtered: Callable[[], None], searched: Callable[[], None]
    ) -> None:
        self.filter: Lookup | None = None
        """The filter in force."""
        self.asked: Lookup | None = None
        """The filter that was asked for last, which is to be in force or has a mistake."""
        self.search: Lookup | None = None
        self.needle: Needle | None = None
        """What the search looks for."""
        self.control_frames = False
        """Whether pings, pongs and close frames are looked at."""
        self._make_finder = make_finder
        self._finder: Finder | None = None
        self._filtered = filtered
        self._searched = searched
        self._numbers = count(1)

    # ------------------------------------------------------------------ what is asked

    def prepare(self) -> None:
        """Get ready to look: something is about to be typed."""
        self._looking.prepare()

    def look_on(self) -> None:
        """Look at what has come meanwhile, too."""
        if self.filter or self.asked or self.search:
            self._looking.touch()

    def ask_filter(self, text: str) -> None:
        """Look for what matches `text`, an expression; "" ends the filter."""
        self._stop(self.asked)
        self.asked = None
        if text.strip():
            self.asked = self._begin(text, (text,))
            self._filtered()
        else:
            self._put_in_force(None)

    def cancel_filter(self) -> None:
        """Look no further; what was found stays."""
        for lookup in (self.asked, self.filter):
            self._stop(lookup)
        if self.asked is not None and self.asked.mistake is None:
            self.asked.is_stopped = True
            self._put_in_force(self.asked)
        elif self.filter is not None:
            self.filter.is_stopped = True
            self._put_in_force(self.filter)

    def ask_search(self, text: str) -> None:
        """Look for a text, without regard to case, in what the filter lets through; "" ends the search."""
        self._stop(self.search)
        self.search = self.needle = None
        if text:
            self.needle = Needle(text)
            within = (self.filter.text,) if self.filter is not None else ()
            self.search = self._begin(text, (*within, literal(text)))
        self._searched()

    def show_control_frames(self, shown: bool) -> None:
        """Look at pings, pongs and close frames, or pass them over."""
        self.control_frames = shown
        current = self.asked or self.filter
        if current is not None:
            self.ask_filter(current.text)
        if self.search is not None:
            self.ask_search(self.search.text)

    def are_done(self, total: int) -> bool:
        """Tell whether all of the `total` entries were looked at for everything that is looked for."""
        lookups = (self.asked, self.filter, self.search)
        return all(lookup is None or lookup.has_ended or lookup.findings.is_done(total) for lookup in lookups)

    async def close(self) -> None:
        """End what looks."""
        if self._finder is not None:
            await self._finder.close()

    @property
    def _looking(self) -> Finder:
        """What looks, made when something is to be looked for: most runs begin without."""
        if self._finder is None:
            self._finder = self._make_finder(self._hear)
        return self._finder

    def _begin(self, text: str, queries: tuple[str, ...]) -> Lookup:
        lookup = Lookup(str(next(self._numbers)), text, queries)
        control = self.control_frames or any(map(names_control_frames, queries))
        self._looking.find(lookup.name, queries, control=control)
        return lookup

    def _stop(self, lookup: Lookup | None) -> None:
        if lookup is not None:
            self._looking.stop(lookup.name)

    # ------------------------------------------------------------------ what comes of it

    def _hear(self, news: News) -> None:
        for lookup in (self.asked, self.filter, self.search):
            if lookup is not None and lookup.name == news.name:
                self._take(lookup, news)

    def _take(self, lookup: Lookup, news: News) -> None:
        match news:
            case Found(low=low, high=high, hits=hits, unread=unread):
                lookup.findings.add(low, high, self._shown(hits) if lookup is self.search else hits)
                lookup.unread += unread
                if lookup is self.asked and (lookup.findings.hits or low == 0):
                    self._put_in_force(lookup)
                    return
            case WrongQuery(mistake=mistake):
                lookup.mistake = mistake
            case Failed(words=words):
                lookup.words = words
        if lookup is self.search:
            self._searched()
        else:
            self._filtered()

    def _shown(self, hits: array[int]) -> array[int]:
        """Return which of the search's hits the filter shows: one that was stopped did not get to all."""
        if self.filter is None or not self.filter.is_stopped:
            return hits
        found = self.filter.findings
        return hits[bisect_left(hits, found.low) : bisect_left(hits, found.high)]

    def _put_in_force(self, lookup: Lookup | None) -> None:
        self._stop(self.filter)
        self.filter, self.asked = lookup, None
        self._filtered()
        if self.search is not None:  # it goes through what the filter lets through
            self.ask_search(self.search.text)
