"""Queries made ready: what says of an entry, or of a whole block of lines, which of it matches."""

from __future__ import annotations

import math
import time
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from client_tui.core.query import Jq, Mistake, parse
from client_tui.finding.conditions import conditions, is_data
from client_tui.finding.jq_program import JqProgram, fault
from client_tui.finding.prefilter import Prefilter
from client_tui.finding.seen import see, see_all, see_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.frame import Entry
    from client_tui.core.query import Term
    from client_tui.finding.blocks import Block
    from client_tui.finding.conditions import Condition
    from client_tui.finding.seen import Seen

    Note = Callable[[int], None]
    Line = tuple[int, Seen]  # the entry's index, and what it holds


class WrongQueryError(ValueError):
    """One of the queries cannot be read: the so-manieth, from 0."""

    def __init__(self, query: int, mistake: Mistake) -> None:
        super().__init__(mistake.reason)
        self.query = query
        self.mistake = mistake


@dataclass(frozen=True, slots=True)
class Result:
    """What came of looking at the entries from `start` up to `end` (half-open).

    `hits` are those that match, in the order in which they were looked at. `unread` is how
    many might match but are too large for jq.
    """

    start: int
    end: int
    hits: array[int]
    unread: int


class Matcher:
    """All of `queries`, as one condition. Without `control`, the protocol's own frames do not match."""

    def __init__(self, queries: Sequence[str], *, control: bool) -> None:
        """Make the queries ready.

        Raises:
            WrongQueryError: one of them cannot be read.

        """
        terms = [term for number, query in enumerate(queries) for term in _terms(number, query)]
        expressions = [term.asked.expression for term in terms if isinstance(term.asked, Jq)]
        self._jq = JqProgram(expressions) if expressions else None
        self._quick, self._slow = conditions(terms, control=control)
        if self._jq is not None:
            self._quick += (is_data,)
        self._prefilter = Prefilter(terms)

    def matches(self, entry: Entry) -> bool:
        """Tell whether an entry matches; one that is too large for jq does not."""
        seen = see_entry(entry)
        if not all(holds(seen) for holds in (*self._quick, *self._slow)):
            return False
        return self._jq is None or bool(self._jq.answers([seen.body], [0], _ignore).held)

    def look(self, block: Block, note: Note, *, backwards: bool = False, until: float = math.inf) -> Result:
        """Look at lines, from the last one where it is `backwards`, and stop soon after the moment `until`.

        That is a time of the monotonic clock; at least one line is looked at. Where an
        expression may take long, `note` is told before of which entry, by its index.
        """
        lines = self._lines(block, backwards=backwards)
        for holds in self._quick:
            lines = [line for line in lines if holds(line[1])]
        stage = _Stage(note, until)
        if self._slow:
            lines = stage.search(lines, self._slow)
        indices = [index for index, _ in lines] if self._jq is None else stage.ask(lines, self._jq)
        start, end = block.first, block.first + len(block)
        if stage.stopped_at is not None:
            start, end = (stage.stopped_at, end) if backwards else (start, stage.stopped_at + 1)
        return Result(start, end, array("I", indices), stage.unread)

    def _lines(self, block: Block, *, backwards: bool) -> list[Line]:
        """Return the lines that are to be looked at, in the order of looking."""
        places = self._prefilter.places(block)
        first = block.first
        if len(places) * 2 < len(block):
            lines = [(first + place, see(block, place)) for place in places]
        else:
            seen = see_all(block)
            lines = [(first + place, seen[place]) for place in places]
        if backwards:
            lines.reverse()
        return lines


class _Stage:
    """What may take long: it goes on up to the moment `until`, and then says where it stopped."""

    def __init__(self, note: Note, until: float) -> None:
        self.stopped_at: int | None = None
        """The index of the entry that was looked at last; None after the end."""
        self.unread = 0
        self._note = note
        self._until = until

    def search(self, lines: list[Line], conditions: Sequence[Condition]) -> list[Line]:
        """Return the lines for which conditions hold."""
        note, until, clock = self._note, self._until, time.monotonic
        found: list[Line] = []
        for line in lines:
            index, seen = line
            note(index)
            if all(holds(seen) for holds in conditions):
                found.append(line)
            if clock() >= until:
                self.stopped_at = index
                break
        return found

    def ask(self, lines: list[Line], program: JqProgram) -> list[int]:
        """Return the indices of the lines for which a jq program holds."""
        held: list[int] = []
        start = 0
        while start < len(lines):
            some = lines[start : start + program.batch]
            start += len(some)
            indices, documents = [index for index, _ in some], [seen.body for _, seen in some]
            answers = program.answers(documents, indices, self._note)
            held += answers.held
            self.unread += answers.too_large
            if time.monotonic() >= self._until and start < len(lines):
                self.stopped_at = some[-1][0]
                break
        return held


def _ignore(_index: int) -> None:
    """Nobody wants to know."""


def _terms(number: int, text: str) -> tuple[Term, ...]:
    query = parse(text)
    if isinstance(query, Mistake):
        raise WrongQueryError(number, query)
    for term in query.terms:
        if isinstance(term.asked, Jq) and (mistake := fault(term.asked.expression, term.asked.start)):
            raise WrongQueryError(number, mistake)
    return query.terms
