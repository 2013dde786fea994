"""How long a filter over a million frames takes until its first screen is seen, and until all is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks import payloads, screen
from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median
from tests.benchmarks.flood import SIZE
from tests.benchmarks.repaint import numbers_in
from tests.benchmarks.sides import OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.benchmarks.program import Program

GOAL: Final = 200.0  # in milliseconds, for the first screen
_OPENING: Final = 5.0  # in seconds, for the filter line to come
_LIMIT: Final = 120.0  # in seconds, for all matches
_ROWS: Final = 3  # so many matches in one piece of output are a screen of them, or its beginning


@dataclass(frozen=True, slots=True)
class Filter:
    """What is typed into the filter line, and which frames it lets in, by their prices."""

    name: str
    text: str
    lets_in: Callable[[int], bool]

    def count(self, frames: int) -> int:
        """Return how many of so many frames it lets in."""
        return sum(self.accepts(number) for number in range(payloads.FIRST, payloads.FIRST + frames))

    def accepts(self, number: int) -> bool:
        """Tell whether it lets in the frame with this number."""
        return self.lets_in(payloads.price(number))


FILTERS: Final = (
    Filter("a text", "777.25", lambda price: price == 777),
    Filter("a regex", r"/7[78]7\.25/", lambda price: price in (777, 787)),
    Filter("jq", ".price > 990", lambda price: price >= 990),
)


def measure(bench: Bench) -> Iterator[Row]:
    """Type each filter; all of them let in about one frame of a hundred, or fewer."""
    ours = bench.side(OURS)
    assert ours is not None
    found: dict[str, list[tuple[float, float]]] = {each.name: [] for each in FILTERS}
    note = ""
    try:
        with bench.flooded(ours, bench.many, SIZE) as (program, _):
            for _ in range(bench.rounds):
                for each in FILTERS:
                    found[each.name].append(_filtered(program, each, bench.many))
                    first, last = found[each.name][-1]
                    tell(f"  {each.name}: first screen {1000 * first:.0f} ms, all {1000 * last:.0f} ms")
    except MeasureError as error:
        note = str(error)
    for name, rounds in found.items():
        first = Value.of([seconds * 1000 for seconds, _ in rounds], median, note)
        everything = Value.of([seconds * 1000 for _, seconds in rounds], median, note)
        words = f"{name} filters {bench.many:,} frames"
        goal = Goal("at most 200 ms", first.figure, GOAL, "ms")
        yield Row("filter", f"{words}, first screen", "ms", {OURS: first}, (goal,))
        yield Row("filter", f"{words}, all of them", "ms", {OURS: everything})


def _filtered(program: Program, wanted: Filter, frames: int) -> tuple[float, float]:
    """Type a filter, and return after how many seconds its first screen was seen, and its final count."""
    is_open = program.watch_for(screen.FILTER_IS_OPEN, plain=True)
    program.press(screen.OPEN_FILTER)
    if is_open.wait(_OPENING) is None:
        raise MeasureError("no filter line came")
    program.settled()
    counts = screen.filter_counted(wanted.count(frames))
    shown = program.watch(lambda seen: _is_screen(numbers_in(seen), wanted))
    counted = program.watch(counts.search)
    pressed = program.press(wanted.text.encode())
    first, last = shown.wait(_LIMIT), counted.wait(_LIMIT)
    if first is None or last is None:
        raise MeasureError(f"not within {_LIMIT:.0f} s")
    _end(program, wanted)
    return first - pressed, last - pressed


def _end(program: Program, wanted: Filter) -> None:
    """Take the filter away, and wait until other frames are seen again."""
    whole = program.watch(lambda seen: not all(map(wanted.accepts, numbers_in(seen))))
    program.press(screen.END_FILTER)
    if whole.wait(_OPENING) is None:
        raise MeasureError("the filter did not go")
    program.settled()


def _is_screen(numbers: Sequence[int], wanted: Filter) -> bool:
    return len(numbers) >= _ROWS and all(map(wanted.accepts, numbers))
