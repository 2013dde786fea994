"""Box drawing and block elements as shapes: a border has no gaps, whatever the font.

A font draws them as high and as wide as it is itself, which is seldom a cell. These are made of whole
pixels of the cell, so that neighbours join without a seam at each scale.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import name

from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOXES: Final = range(0x2500, 0x2580)
_BLOCKS: Final = range(0x2580, 0x25A0)

_THIN: Final = 1  # pixels at scale 1
_THICK: Final = 2
_BETWEEN: Final = 3  # the gap of a double line

_SIDES: Final = {
    "LEFT": ("LEFT",),
    "RIGHT": ("RIGHT",),
    "UP": ("UP",),
    "DOWN": ("DOWN",),
    "HORIZONTAL": ("LEFT", "RIGHT"),
    "VERTICAL": ("UP", "DOWN"),
}
_OPPOSITE: Final = {"LEFT": "RIGHT", "RIGHT": "LEFT", "UP": "DOWN", "DOWN": "UP"}
_WEIGHTS: Final = {"LIGHT", "SINGLE", "HEAVY", "DOUBLE"}
_DASHES: Final = {"DOUBLE DASH": 2, "TRIPLE DASH": 3, "QUADRUPLE DASH": 4}

# The quarters that U+2596 to U+259F fill: 0 and 1 above, 2 and 3 below.
_QUARTERS: Final = {
    "▖": (2,),
    "▗": (3,),
    "▘": (0,),
    "▙": (0, 2, 3),
    "▚": (0, 3),
    "▛": (0, 1, 2),
    "▜": (0, 1, 3),
    "▝": (1,),
    "▞": (1, 2),
    "▟": (1, 2, 3),
}

Stretch = tuple[int, int]
"""From the first pixel to the one after the last, along one side of the cell."""


class Rect(NamedTuple):
    """A filled rectangle, in pixels from the cell's upper left corner; `alpha` is 1 but for shades."""

    x: int
    y: int
    width: int
    height: int
    alpha: float = 1.0


class Arc(NamedTuple):
    """A quarter of a ring around `x`, `y`: on the side of it that `right` and `down` tell, 1 or -1 each."""

    x: int
    y: int
    inner: int
    outer: int
    right: int
    down: int


Shape = Rect | Arc


@cache
def shapes(char: str, scale: int = 1) -> tuple[Shape, ...] | None:
    """Return what `char` is made of, in a cell of CELL_WIDTH times CELL_HEIGHT pixels at `scale`.

    It is None for a character that the font has to draw: the three diagonals of U+2571 among them.
    """
    code = ord(char) if len(char) == 1 else 0
    if code in _BLOCKS:
        return tuple(_block(char, CELL_WIDTH * scale, CELL_HEIGHT * scale))
    if code not in _BOXES or "DIAGONAL" in name(char):
        return None
    return tuple(_scaled(shape, scale) for shape in _box(name(char).removeprefix("BOX DRAWINGS ")))


def _scaled(shape: Shape, scale: int) -> Shape:
    one, two, three, four = (scale * value for value in shape[:4])
    if isinstance(shape, Rect):
        return Rect(one, two, three, four)
    return Arc(one, two, three, four, shape.right, shape.down)


def _block(char: str, width: int, height: int) -> Iterator[Rect]:
    """Yield the parts of a block element. Those that complete one another share their edge at each scale."""
    code = ord(char)
    if char in "▀▔":
        yield Rect(0, 0, width, _eighths(height, 4 if char == "▀" else 1))
    elif code <= ord("█"):
        part = _eighths(height, code - ord("▀"))
        yield Rect(0, height - part, width, part)
    elif code <= ord("▏"):
        yield Rect(0, 0, _eighths(width, ord("▐") - code), height)
    elif char in "▐▕":
        part = width - _eighths(width, 4) if char == "▐" else _eighths(width, 1)
        yield Rect(width - part, 0, part, height)
    elif char in "░▒▓":
        yield Rect(0, 0, width, height, (code - ord("░") + 1) / 4)
    else:
        across, down = _halves(width), _halves(height)
        for quarter in _QUARTERS[char]:
            (x, x_end), (y, y_end) = across[quarter % 2], down[quarter // 2]
            yield Rect(x, y, x_end - x, y_end - y)


def _eighths(size: int, count: int) -> int:
    return round(size * count / 8)


def _halves(size: int) -> tuple[Stretch, Stretch]:
    middle = _eighths(size, 4)
    return (0, middle), (middle, size)


def _box(words: str) -> Iterator[Shape]:
    """Yield the parts of a box drawing at scale 1, by what is left of its name in Unicode."""
    for dash, count in _DASHES.items():
        if dash in words:
            yield from _dashes(_arms(words.replace(dash, "")), count)
            return
    arms = _arms(words.replace("ARC ", ""))
    if "ARC" in words:
        yield from _bend(arms)
        return
    for side in arms:
        for rail in range(len(_rails(arms, side))):
            yield _arm(arms, side, rail)


def _arms(words: str) -> dict[str, str]:
    """Return the weight of each arm: of ``DOWN HEAVY AND RIGHT UP LIGHT``, three."""
    arms: dict[str, str] = {}
    weight = ""
    for clause in words.split(" AND "):
        weight = next((word for word in clause.split() if word in _WEIGHTS), weight)
        arms |= {side: weight for word in clause.split() for side in _SIDES.get(word, ())}
    return arms


def _rails(arms: dict[str, str], side: str) -> list[Stretch]:
    """Return the lines that an arm is made of, each as the pixels that it takes across."""
    if side not in arms:
        return []
    size = CELL_HEIGHT if side in _SIDES["HORIZONTAL"] else CELL_WIDTH
    if arms[side] == "DOUBLE":
        low = (size - _BETWEEN) // 2
        return [(low - _THIN, low), (low + _BETWEEN, low + _BETWEEN + _THIN)]
    thickness = _THICK if arms[side] == "HEAVY" else _THIN
    low = (size - thickness) // 2
    return [(low, low + thickness)]


def _arm(arms: dict[str, str], side: str, rail: int) -> Rect:
    """Return a line of an arm, from the edge of the cell to where it meets the others."""
    lying = side in _SIDES["HORIZONTAL"]
    size = CELL_WIDTH if lying else CELL_HEIGHT
    first, last = _met(arms, side, rail)
    start, end = (first, size) if side in ("RIGHT", "DOWN") else (0, last)
    low, high = _rails(arms, side)[rail]
    return Rect(start, low, end - start, high - low) if lying else Rect(low, start, high - low, end - start)


def _met(arms: dict[str, str], side: str, rail: int) -> Stretch:
    """Return the line across that a line of an arm ends at, and covers.

    A line of a double arm turns at the nearest one that leaves on its own side. Otherwise it passes through
    to the arm opposite. Where there is none, it ends at what crosses, or turns at the farthest line: the
    outer corner.
    """
    lying = side in _SIDES["HORIZONTAL"]
    near, far = (max, min) if side in ("RIGHT", "DOWN") else (min, max)
    across = [_rails(arms, across) for across in _SIDES["VERTICAL" if lying else "HORIZONTAL"]]
    if arms[side] == "DOUBLE" and across[rail]:
        return near(across[rail])
    if _OPPOSITE[side] in arms or not any(across):
        middle = ((CELL_WIDTH if lying else CELL_HEIGHT) - _THIN) // 2
        return middle, middle + _THIN
    if arms[side] != "DOUBLE" and all(across):
        return far(near(lines) for lines in across)
    return far(line for lines in across for line in lines)


def _bend(arms: dict[str, str]) -> Iterator[Shape]:
    """Yield a rounded corner: a quarter of a ring, and what is left of its standing arm."""
    right, down = "RIGHT" in arms, "DOWN" in arms
    [(left, _)] = _rails(arms, "DOWN" if down else "UP")
    [(top, bottom)] = _rails(arms, "RIGHT" if right else "LEFT")
    outer = left + _THIN
    x, y = CELL_WIDTH if right else 0, top + outer if down else bottom - outer
    yield Arc(x, y, left, outer, -1 if right else 1, -1 if down else 1)
    yield Rect(left, y if down else 0, _THIN, CELL_HEIGHT - y if down else y)


def _dashes(arms: dict[str, str], count: int) -> Iterator[Rect]:
    """Yield a line in `count` dashes, each with a gap of about a third after it."""
    lying = "LEFT" in arms
    size = CELL_WIDTH if lying else CELL_HEIGHT
    [(low, high)] = _rails(arms, "LEFT" if lying else "UP")
    for start, end in pairwise(round(size * number / count) for number in range(count + 1)):
        length = end - start - max(1, (end - start) // 3)
        yield Rect(start, low, length, high - low) if lying else Rect(low, start, high - low, length)
