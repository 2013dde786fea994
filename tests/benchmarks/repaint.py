"""How long any key of the history takes to be painted when a million frames are there."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks import payloads, screen
from tests.benchmarks.bench import Bench, MeasureError, tell
from tests.benchmarks.figures import Goal, Row, Value, median
from tests.benchmarks.flood import SIZE
from tests.benchmarks.sides import OURS
from tests.benchmarks.typing_keys import PAUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.program import Program

GOAL: Final = 50.0  # in milliseconds, for the median of each key
_LIMIT: Final = 10.0  # in seconds
_PRESSES: Final = 20  # of each key; an even number, since some keys do and undo
_NUMBER: Final = re.compile(rb"(?<!\d)1\d{7}(?!\d)")


def numbers_in(seen: bytes) -> list[int]:
    """Return the numbers of the frames in a piece of output, in its order."""
    return [int(number) for number in _NUMBER.findall(seen)]


class Pane:
    """The history of a program: keys are pressed over it, and the numbers of frames read that are painted."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.top = 0
        """The number at the top of the last picture."""

    def press(self, keys: bytes, is_there: Callable[[set[int]], bool]) -> float:
        """Press keys, wait until numbers are painted of which `is_there` is true, and return the seconds.

        Raises `MeasureError` where they never are.
        """
        numbers: set[int] = set()

        def found(seen: bytes) -> bool:
            numbers.update(numbers_in(seen))
            return bool(numbers) and is_there(numbers)

        painted = self._program.watch(found)
        pressed = self._program.press(keys)
        if painted.wait(_LIMIT) is None:
            raise MeasureError(f"not within {_LIMIT:.0f} s")
        at = self._program.settled()
        self.top = min(numbers)
        return at - pressed


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is timed: once from `start` on, to and fro, or `again` and again."""

    name: str
    key: bytes
    start: bytes
    again: bool
    is_there: Callable[[Pane, int], Callable[[set[int]], bool]]
    """Of the pane before, and of the number of the last frame: what its picture is known by."""


def _any(_pane: Pane, _last: int) -> Callable[[set[int]], bool]:
    return bool


def _first(_pane: Pane, _last: int) -> Callable[[set[int]], bool]:
    return lambda numbers: payloads.FIRST in numbers


def _last(_pane: Pane, last: int) -> Callable[[set[int]], bool]:
    return lambda numbers: last in numbers


def _earlier(pane: Pane, _last: int) -> Callable[[set[int]], bool]:
    before = pane.top
    return lambda numbers: min(numbers) < before


def _later(pane: Pane, _last: int) -> Callable[[set[int]], bool]:
    before = pane.top
    return lambda numbers: min(numbers) > before


KEYS: Final = (
    Key("Home", screen.HOME, screen.END, again=False, is_there=_first),
    Key("End", screen.END, screen.HOME, again=False, is_there=_last),
    Key("Page Up", screen.PAGE_UP, screen.END, again=True, is_there=_earlier),
    Key("Page Down", screen.PAGE_DOWN, screen.HOME, again=True, is_there=_later),
    Key("Up", screen.UP, screen.END, again=True, is_there=_any),
    Key("Space", screen.SPACE, screen.END, again=True, is_there=_any),
    Key("F2", screen.DENSITY, screen.END, again=True, is_there=_any),
)


def measure(bench: Bench) -> Iterator[Row]:
    """Press each key in both densities."""
    ours = bench.side(OURS)
    assert ours is not None
    words = f"any key at {bench.many:,} frames"
    try:
        with bench.flooded(ours, bench.many, SIZE) as (program, _):
            pane = Pane(program)
            pane.press(screen.TO_HISTORY, bool)
            yield _row(f"{words}, a line each", _timed(pane, payloads.last(bench.many)))
            pane.press(screen.DENSITY, bool)
            yield _row(f"{words}, laid out", _timed(pane, payloads.last(bench.many)))
    except MeasureError as error:
        yield Row("repaint", words, "ms", {OURS: Value(None, note=str(error))})


def _timed(pane: Pane, last: int) -> dict[str, float]:
    """Return the median of each key in milliseconds."""
    return {key.name: 1000 * median(_presses(pane, key, last)) for key in KEYS}


def _presses(pane: Pane, key: Key, last: int) -> list[float]:
    try:
        return list(_each_press(pane, key, last))
    except MeasureError as error:
        raise MeasureError(f"{key.name}: {error}") from None


def _each_press(pane: Pane, key: Key, last: int) -> Iterator[float]:
    dice = random.Random(4711)  # noqa: S311 - not a secret
    for number in range(_PRESSES):
        if number == 0 or not key.again:
            _go(pane, key.start, last)
        time.sleep(dice.uniform(*PAUSES))
        yield pane.press(key.key, key.is_there(pane, last))


def _go(pane: Pane, end: bytes, last: int) -> None:
    """Go to the one end by way of the other: so it is sure to be another picture."""
    ways = [(screen.HOME, _first(pane, last)), (screen.END, _last(pane, last))]
    for key, is_there in ways if end == screen.END else reversed(ways):
        pane.press(key, is_there)


def _row(words: str, medians: dict[str, float]) -> Row:
    """Return the row of the slowest key, which is the one that counts."""
    slowest = max(medians, key=medians.__getitem__)
    tell(f"  {words}: " + ", ".join(f"{name} {figure:.1f} ms" for name, figure in medians.items()))
    value = Value(medians[slowest], tuple(medians.values()), note=f"the slowest: {slowest}")
    goal = Goal("at most 50 ms", value.figure, GOAL, "ms")
    return Row("repaint", words, "ms", {OURS: value}, (goal,), medians)
