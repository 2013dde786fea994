"""What every measure works with: the server, the sides, and how often each is measured."""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks import payloads
from tests.benchmarks.program import Program, processor_seconds
from tests.benchmarks.sides import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.sides import Side
    from tests.benchmarks.source import Source

_CONNECTING: Final = 30.0  # in seconds, the most that a side may take to say that it is connected
_GLANCE: Final = 0.5  # in seconds: so often it is looked whether a side still runs
_REST: Final = 0.5  # in seconds, after the start: nothing of it is to be measured with what follows
FLOOD_LIMIT: Final = 180.0  # in seconds


class MeasureError(Exception):
    """A side did not do what is measured; the words are for the table."""


class Flooded(NamedTuple):
    """How many seconds a flood took until its last frame was shown, and how many of the processor."""

    seconds: float
    processor: float


@dataclass(frozen=True, slots=True)
class Bench:
    """The circumstances of a run."""

    source: Source
    sides: Sequence[Side]
    rounds: int
    keys: int
    """How many keys are pressed where keys are timed."""
    many: int
    """How many frames stand for a long day; a million."""

    def side(self, name: str) -> Side | None:
        """Return the side with this name, where it is there."""
        return next((side for side in self.sides if side.name == name), None)

    @contextmanager
    def started(self, side: Side, last: int = payloads.FIRST) -> Iterator[tuple[Program, float]]:
        """Start a side, and wait until it shows that it is connected; tell after how many seconds."""
        self.source.forget()
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
            Program(side.command(self.source.url, last), environment(Path(home))) as program,
        ):
            connected = program.watch_for(side.connected)
            deadline = program.started_at + _CONNECTING
            while not self.source.accept(_GLANCE) and program.runs and time.monotonic() < deadline:
                pass
            at = connected.wait(max(0.0, deadline - time.monotonic()) if program.runs else 0.0)
            if at is None:
                tell(f"  {side.name} says: {program.end.decode(errors='replace')[-400:]!r}")
                raise MeasureError("did not connect")
            yield program, at - program.started_at

    @contextmanager
    def connected(self, side: Side, last: int = payloads.FIRST) -> Iterator[Program]:
        """Start a side, and let it come to rest."""
        with self.started(side, last) as (program, _):
            time.sleep(_REST)
            yield program

    @contextmanager
    def flooded(
        self, side: Side, count: int, size: int, limit: float = FLOOD_LIMIT
    ) -> Iterator[tuple[Program, Flooded]]:
        """Start a side, and send it frames flat out; go on when it has shown the last of them."""
        last = payloads.last(count)
        self.source.spell(count, size)
        with self.connected(side, last) as program:
            shown = program.watch_for(str(last))
            computed = processor_seconds(program.process.pid)
            begun = self.source.flood()
            at = shown.wait(limit)
            if at is None:
                raise MeasureError(f"not within {limit:.0f} s")
            yield program, Flooded(at - begun, processor_seconds(program.process.pid) - computed)


def tell(words: str) -> None:
    """Say what is going on, beside the table."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
