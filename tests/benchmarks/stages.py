"""What each stage that a frame passes costs in a flood, in microseconds a frame."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import screen
from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Row, Value
from tests.benchmarks.flood import SIZE
from tests.benchmarks.sides import OURS
from tests.benchmarks.staged_client import REPAINTS, STAGES, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.program import Program

_REST: Final = "all else (event loop, Textual's messages, other threads)"
_LEAVING: Final = 10.0  # in seconds


def measure(bench: Bench) -> Iterator[Row]:
    """Flood a client that has a stopwatch in it; that costs it a little, so its sum is no rate."""
    ours = bench.side(OURS)
    assert ours is not None
    count = bench.many // 2
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "stages.json")
        staged = replace(ours, argv=(sys.executable, "-m", "tests.benchmarks.staged_client", str(file)))
        try:
            with bench.flooded(staged, count, SIZE) as (program, _):
                _leave(program)
            found = json.loads(file.read_text(encoding="utf-8"))
        except MeasureError as error:
            yield Row("stages", "a frame in a flood", "µs", {OURS: Value(None, note=str(error))})
            return
    repaints = found.pop(REPAINTS)
    found[_REST] = found[WHOLE] - sum(found[stage] for stage in STAGES)
    tell(
        f"  {repaints} pictures of {1000 * found['paint'] / max(1, repaints):.1f} ms in {found[WHOLE]:.1f} s"
    )
    for stage in (*STAGES, _REST, WHOLE):
        value = Value(found[stage] / count * 1_000_000)
        yield Row("stages", f"a frame in a flood: {stage}", "µs", {OURS: value})


def _leave(program: Program) -> None:
    """Leave the client as a user does: it writes what was measured."""
    program.press(screen.QUIT)
    program.process.wait(_LEAVING)
