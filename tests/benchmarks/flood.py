"""How many frames a second there are from the first that is sent until the last is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.bench import FLOOD_LIMIT, Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value
from tests.benchmarks.sides import BARE, CLI, OURS, WSREPL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.sides import Side

SIZE: Final = 100  # bytes
FEW: Final = 2_000
"""So many frames, and no more, are sent to wsrepl: it does not get through with them either."""
FEW_LIMIT: Final = 30.0  # in seconds


def measure(bench: Bench) -> Iterator[Row]:
    """Flood each side, by turns."""
    yield _row(bench, FEW, FEW_LIMIT, [side for side in bench.sides if side.name in (OURS, WSREPL)])
    many = [side for side in bench.sides if side.name != WSREPL]
    for count in (bench.many // 10, bench.many):
        row = _row(bench, count, FLOOD_LIMIT, many)
        yield Row(row.measure, row.what, row.unit, row.values, goals(row))


def goals(row: Row) -> tuple[Goal, ...]:
    """Return what is to be reached."""
    return (
        Goal("at least 0.6 of the bare loop", row.ratio(OURS, BARE), 0.6, is_minimum=True),
        Goal("at least 1.2 of the CLI", row.ratio(OURS, CLI), 1.2, is_minimum=True),
    )


def _row(bench: Bench, count: int, limit: float, sides: list[Side]) -> Row:
    rounds: dict[str, list[float]] = {side.name: [] for side in sides}
    notes: dict[str, str] = {}
    for _ in range(bench.rounds):
        for side in [side for side in sides if side.name not in notes]:
            try:
                with bench.flooded(side, count, SIZE, limit) as (_, seconds):
                    rounds[side.name].append(count / seconds)
                    tell(f"  {count:,} frames: {side.name} {count / seconds:,.0f}/s")
            except MeasureError as failed:  # it is not tried again: that takes as long as it may
                notes[side.name] = str(failed)
                tell(f"  {count:,} frames: {side.name} {failed}")
    values = {name: Value.of(figures, max, notes.get(name, "")) for name, figures in rounds.items()}
    return Row("flood", f"{count:,} frames of {SIZE} B, until the last is seen", "frames/s", values)
