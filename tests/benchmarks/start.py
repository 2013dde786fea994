"""How long it takes from the start of the process until the screen says that it is connected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median
from tests.benchmarks.program import processor_seconds
from tests.benchmarks.sides import OURS, WSREPL

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS: Final = 3  # in each round, after one that brings the files into memory


def measure(bench: Bench) -> Iterator[Row]:
    """Start each side several times, by turns."""
    seconds: dict[str, list[float]] = {side.name: [] for side in bench.sides}
    computed: dict[str, list[float]] = {side.name: [] for side in bench.sides}
    notes: dict[str, str] = {}
    for number in range(1 + bench.rounds * _STARTS):
        for side in [side for side in bench.sides if side.name not in notes]:
            try:
                with bench.started(side) as (program, took):
                    seconds[side.name] += [1000 * took] if number else []
                    computed[side.name] += [1000 * processor_seconds(program.process.pid)] if number else []
            except MeasureError as error:
                notes[side.name] = str(error)
    row = _row("", seconds, notes)
    yield replace(row, goals=(no_slower(row),))
    yield _row(": of the processor", computed, notes)


def _row(which: str, rounds: dict[str, list[float]], notes: dict[str, str]) -> Row:
    values = {name: Value.of(figures, median, notes.get(name, "")) for name, figures in rounds.items()}
    row = Row("start", f"from the start of the process to connected{which}", "ms", values)
    tell(f"  {row.what}: {', '.join(f'{name} {value.in_words(row.unit)}' for name, value in values.items())}")
    return row


def no_slower(row: Row) -> Goal:
    """Return the goal: no slower than wsrepl."""
    return Goal("at most 1.0 of wsrepl", row.ratio(OURS, WSREPL), 1.0)
