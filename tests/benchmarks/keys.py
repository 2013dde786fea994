"""How long a key takes to be seen in the composer while frames come in."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Final

from tests.benchmarks import payloads
from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median, percentile_99
from tests.benchmarks.flood import SIZE
from tests.benchmarks.sides import OURS, WSREPL
from tests.benchmarks.typing_keys import KEYS, echoes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.program import Program
    from tests.benchmarks.sides import Side
    from tests.benchmarks.source import Streamed

RATES: Final = (1_000, 2_000, 5_000)
"""Frames a second."""
GOAL: Final = 50.0  # in milliseconds, for 99 of 100 keys
_SWING: Final = 1.0  # in seconds: frames come before the first key is pressed
_BEHIND: Final = 10.0  # in seconds, for the last frame of a stream to be seen
_KEEPS_UP: Final = 0.5  # in seconds: who shows the last frame by then is not behind


def measure(bench: Bench) -> Iterator[Row]:
    """Type at each rate."""
    sides = [side for side in bench.sides if side.name in (OURS, WSREPL)]
    for rate in RATES:
        found = {side.name: _typed(bench, side, rate) for side in sides}
        medians = {name: Value.of(echoes, median, note) for name, (echoes, note) in found.items()}
        slowest = {name: Value.of(echoes, percentile_99, note) for name, (echoes, note) in found.items()}
        goal = Goal("at most 50 ms", slowest[OURS].figure, GOAL, "ms")
        yield Row("keys", f"a key under {rate:,} frames/s, median", "ms", medians)
        yield Row("keys", f"a key under {rate:,} frames/s, 99 of 100", "ms", slowest, (goal,))


def _typed(bench: Bench, side: Side, rate: int) -> tuple[list[float], str]:
    """Return how long each key took, in milliseconds, and what else is to be said."""
    found: list[float] = []
    note = ""
    with bench.connected(side) as program:
        bench.source.stream(rate, SIZE)
        time.sleep(_SWING)
        try:
            found += [1000 * seconds for seconds in islice(echoes(program, side.clear), _keys(bench, side))]
        except MeasureError as error:
            found, note = [], str(error)
        streamed = bench.source.stop()
        note = note or _falls_behind(program, streamed, rate)
    tell(f"  {rate:,} frames/s: {side.name} {note or 'kept up'}, {len(found)} keys")
    return found, note


def _keys(bench: Bench, side: Side) -> int:
    """Return how many keys are pressed: as many as find room, where a text cannot be begun anew."""
    return bench.keys if side.clear else min(bench.keys, len(KEYS))


def _falls_behind(program: Program, streamed: Streamed, rate: int) -> str:
    """Return that a client does not keep up: it stops the server, or shows the last frame late."""
    number = str(payloads.last(streamed.count)).encode()
    deadline = time.monotonic() + _BEHIND
    while number not in program.end and time.monotonic() < deadline:
        time.sleep(0.01)
    if number not in program.end:
        return f"over {_BEHIND:.0f} s behind"
    seconds = _BEHIND - (deadline - time.monotonic())
    if seconds > _KEEPS_UP:
        return f"{seconds:.1f} s behind"
    achieved = streamed.count / streamed.seconds
    return "" if achieved > 0.95 * rate else f"{achieved:,.0f} frames/s taken"
