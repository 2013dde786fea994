"""Types into a composer key by key, and tells how long each takes until it is painted."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.bench import MeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.program import Program

LIMIT: Final = 10.0  # in seconds
KEYS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CLEARING: Final = 0.25  # in seconds: a command is run after its key has been through the app
_SEEN_WITH: Final = 8  # characters: the key and those before it, which no frame has in this order
PAUSES: Final = (0.02, 0.06)  # in seconds: keys must not keep step with what is painted


def echoes(program: Program, clear: bytes, pauses: tuple[float, float] = PAUSES) -> Iterator[float]:
    """Type without end, and yield the seconds from each key to its picture; `clear` begins anew.

    Between two keys there are from the one to the other of `pauses`, in seconds.
    Raises `MeasureError` where one is not seen within the limit.
    """
    dice = random.Random(4711)  # noqa: S311 - not a secret
    line = 0
    while True:
        text = f'"{line:08}'
        program.press(clear)
        time.sleep(_CLEARING)
        yield _echo(program, text.encode(), text[-_SEEN_WITH:])
        for key in KEYS:
            time.sleep(dice.uniform(*pauses))
            text += key
            yield _echo(program, key.encode(), text[-_SEEN_WITH:])
        line += 1


def _echo(program: Program, keys: bytes, words: str) -> float:
    painted = program.watch_for(words, plain=True)
    pressed = program.press(keys)
    at = painted.wait(LIMIT)
    if at is None:
        raise MeasureError(f"not within {LIMIT:.0f} s")
    return at - pressed
