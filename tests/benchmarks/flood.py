"""How many frames a second there are from the first that is sent until the last is on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.benchmarks.bench import FLOOD_LIMIT, Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value
from tests.benchmarks.sides import BARE, CLI, OURS, WSREPL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.bench import Flooded
    from tests.benchmarks.sides import Side

SIZE: Final = 100  # bytes
FEW: Final = 2_000
"""So many frames, and no more, are sent to wsrepl: it does not get through with them either."""
FEW_LIMIT: Final = 30.0  # in seconds


def measure(bench: Bench) -> Iterator[Row]:
    """Flood each side, by turns."""
    yield next(_rows(bench, FEW, FEW_LIMIT, [side for side in bench.sides if side.name in (OURS, WSREPL)]))
    many = [side for side in bench.sides if side.name != WSREPL]
    for count in (bench.many // 10, bench.many):
        yield from _rows(bench, count, FLOOD_LIMIT, many)


def _rows(bench: Bench, count: int, limit: float, sides: list[Side]) -> Iterator[Row]:
    """Yield the rates, and beside them what depends less on how busy the machine is."""
    found: dict[str, list[Flooded]] = {side.name: [] for side in sides}
    notes: dict[str, str] = {}
    for _ in range(bench.rounds):
        for side in [side for side in sides if side.name not in notes]:
            try:
                with bench.flooded(side, count, SIZE, limit) as (_, flooded):
                    found[side.name].append(flooded)
                    tell(f"  {count:,} frames: {side.name} {count / flooded.seconds:,.0f}/s")
            except MeasureError as error:  # it is not tried again: that takes as long as it may
                notes[side.name] = str(error)
                tell(f"  {count:,} frames: {side.name} {error}")
    rates, costs = {}, {}
    for name, each in found.items():
        rates[name] = Value.of([count / flooded.seconds for flooded in each], max, notes.get(name, ""))
        micros = [1_000_000 * flooded.processor / count for flooded in each]
        costs[name] = Value.of(micros, min, notes.get(name, ""))
    words = f"{count:,} frames of {SIZE} B, until the last is seen"
    row = Row("flood", words, "frames/s", rates)
    yield replace(row, goals=goals(row) if BARE in rates else ())
    yield Row("flood", f"{words}: processor a frame", "µs", costs)


def goals(row: Row) -> tuple[Goal, ...]:
    """Return what is to be reached."""
    return (
        Goal("at least 0.6 of the bare loop", row.ratio(OURS, BARE), 0.6, is_minimum=True),
        Goal("at least 1.2 of the CLI", row.ratio(OURS, CLI), 1.2, is_minimum=True),
    )
