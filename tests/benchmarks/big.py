"""How long a large frame takes from its first byte to its row on the screen, and how keys fare meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tests.benchmarks import payloads
from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median
from tests.benchmarks.sides import OURS, WSREPL
from tests.benchmarks.typing_keys import echoes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.program import Program, Watch
    from tests.benchmarks.sides import Side

SIZES: Final = (10_000_000, 50_000_000)
"""In bytes. The goals are those of the first; the others are to work too."""
ROW_GOAL: Final = 500.0  # in milliseconds
KEY_GOAL: Final = 100.0  # in milliseconds, for the slowest
_LIMIT: Final = 30.0  # in seconds
_GLANCE: Final = 0.1  # in seconds: so often it is looked whether the connection is lost
_AFTERWARDS: Final = 1.0  # in seconds: keys are typed on, while what came is looked through
_PAUSES: Final = (0.002, 0.01)  # in seconds, between two keys: what holds one up is not to fall in between
_TYPED_INTO: Final = (OURS, WSREPL)
_HUNG_UP: Final = "Connection closed"  # in the words of the websockets CLI, which takes 1 MiB and no more


def measure(bench: Bench) -> Iterator[Row]:
    """Send one frame to each side, by turns, and type into those that show what is typed."""
    for size in SIZES:
        found: dict[str, list[tuple[float, float]]] = {side.name: [] for side in bench.sides}
        notes: dict[str, str] = {}
        for _ in range(bench.rounds):
            for side in [side for side in bench.sides if side.name not in notes]:
                try:
                    found[side.name].append(_sent(bench, side, size))
                    row, key = found[side.name][-1]
                    tell(f"  {size:,} B: {side.name} {row:.0f} ms, slowest key {key:.0f} ms")
                except MeasureError as error:  # it is not tried again: that takes as long as it may
                    notes[side.name] = str(error)
                    tell(f"  {size:,} B: {side.name} {error}")
        yield from _rows(size, found, notes)


def _sent(bench: Bench, side: Side, size: int) -> tuple[float, float]:
    """Return after how many milliseconds the row was seen, and how long the slowest key took."""
    bench.source.spell(1, size)
    with bench.connected(side) as program:
        lost = program.watch_for(_HUNG_UP)
        shown = program.watch_for(str(payloads.FIRST))
        begun = bench.source.flood()
        slowest = _typed(program, side, shown, begun + _LIMIT) if side.name in _TYPED_INTO else 0.0
        while shown.wait(_GLANCE) is None and lost.at is None and time.monotonic() < begun + _LIMIT:
            pass
        if shown.at is None:
            raise MeasureError("connection lost" if lost.at else f"not within {_LIMIT:.0f} s")
        return 1000 * (shown.at - begun), 1000 * slowest


def _typed(program: Program, side: Side, shown: Watch, deadline: float) -> float:
    """Type until the row has been there for a while, and return the seconds of the slowest key."""
    slowest = 0.0
    for seconds in echoes(program, side.clear, _PAUSES):
        slowest = max(slowest, seconds)
        if time.monotonic() > (deadline if shown.at is None else shown.at + _AFTERWARDS):
            break
    return slowest


def _rows(size: int, found: dict[str, list[tuple[float, float]]], notes: dict[str, str]) -> Iterator[Row]:
    rows = {
        name: Value.of([row for row, _ in each], median, notes.get(name, "")) for name, each in found.items()
    }
    keys = {
        name: Value.of([key for _, key in each], max, notes.get(name, ""))
        for name, each in found.items()
        if name in _TYPED_INTO
    }
    row_goal = Goal("at most 500 ms", rows[OURS].figure, ROW_GOAL, "ms")
    key_goal = Goal("at most 100 ms", keys[OURS].figure, KEY_GOAL, "ms")
    counts = size == SIZES[0]
    words = f"a frame of {size // 1_000_000} MB"
    yield Row("big", f"{words}, until its row is seen", "ms", rows, (row_goal,) if counts else ())
    yield Row("big", f"{words}, the slowest key meanwhile", "ms", keys, (key_goal,) if counts else ())
