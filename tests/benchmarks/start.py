"""How long it takes from the start of the process until the screen says that it is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median
from tests.benchmarks.sides import OURS, WSREPL

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS: Final = 3  # in each round, after one that brings the files into memory


def measure(bench: Bench) -> Iterator[Row]:
    """Start each side several times, by turns."""
    rounds: dict[str, list[float]] = {side.name: [] for side in bench.sides}
    notes: dict[str, str] = {}
    for number in range(1 + bench.rounds * _STARTS):
        for side in bench.sides:
            try:
                with bench.started(side) as (_, seconds):
                    rounds[side.name] += [seconds * 1000] if number else []
            except MeasureError as failed:
                notes[side.name] = str(failed)
    values = {name: Value.of(figures, median, notes.get(name, "")) for name, figures in rounds.items()}
    row = Row("start", "from the start of the process to connected", "ms", values)
    tell(f"  {row.what}: {', '.join(f'{name} {value.in_words(row.unit)}' for name, value in values.items())}")
    yield Row(row.measure, row.what, row.unit, values, (no_slower(row),))


def no_slower(row: Row) -> Goal:
    """Return the goal: no slower than wsrepl."""
    return Goal("at most 1.0 of wsrepl", row.ratio(OURS, WSREPL), 1.0)
