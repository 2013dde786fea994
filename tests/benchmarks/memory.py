"""How much memory is resident once so much has come in, and how much ever was."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks import payloads
from tests.benchmarks.bench import FLOOD_LIMIT, Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value
from tests.benchmarks.flood import FEW, FEW_LIMIT, SIZE
from tests.benchmarks.program import children, resident
from tests.benchmarks.sides import CLI, OURS, WSREPL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.sides import Side

GOAL: Final = 150.0  # in MiB
_LARGE: Final = (1_000, 1_000_000)  # frames, and bytes
_REST: Final = 1.0  # in seconds: what is cleared away soon is no memory that is needed


class Used(NamedTuple):
    """The memory of a process and of those it has started, in MiB: now, and the most there ever was."""

    now: float
    most: float


def measure(bench: Bench) -> Iterator[Row]:
    """Send each case to those sides that get through it, or nearly so."""
    yield from _rows(bench, FEW, SIZE, (OURS, CLI, WSREPL))
    yield from _rows(bench, bench.many, SIZE, (OURS, CLI))
    yield from _rows(bench, *_LARGE, (OURS,))


def _rows(bench: Bench, count: int, size: int, names: tuple[str, ...]) -> Iterator[Row]:
    found = {side.name: _used(bench, side, count, size) for side in bench.sides if side.name in names}
    words = f"memory after {count:,} frames of {size:,} B"
    for which, of in (("", lambda used: used.now), (", the most ever", lambda used: used.most)):
        values = {name: Value(used and of(used), note=note) for name, (used, note) in found.items()}
        goal = Goal("under 150 MiB", values[OURS].figure, GOAL, "MiB")
        yield Row("memory", words + which, "MiB", values, (goal,))


def _used(bench: Bench, side: Side, count: int, size: int) -> tuple[Used | None, str]:
    """Return how much memory a side uses, and what else is to be said."""
    number = payloads.last(count)
    bench.source.spell(count, size)
    try:
        with bench.connected(side, number) as program:
            shown = program.watch_for(str(number))
            bench.source.flood()
            note = "" if shown.wait(FEW_LIMIT if count == FEW else FLOOD_LIMIT) else "not all were seen"
            time.sleep(_REST)
            used = used_by(program.process.pid)
    except MeasureError as error:
        return None, str(error)
    tell(f"  {count:,} × {size:,} B: {side.name} {used.now:.0f} MiB, at most {used.most:.0f} MiB {note}")
    return used, note


def used_by(pid: int) -> Used:
    """Return the memory of a process and of those it has started."""
    each = [resident(member) for member in (pid, *children(pid))]
    return Used(sum(now for now, _ in each), sum(most for _, most in each))
