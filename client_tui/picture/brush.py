"""Draws into an image what pictures are made of: rectangles, rounded panels, discs, and rows of text.

Places are in pixels at scale 1, as the layout has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.picture.clusters import clusters
from client_tui.picture.glyphs import disc, glyph
from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH, STRIKE, UNDERLINE, Box, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from client_tui.picture.inks import Inks
    from client_tui.picture.picture import Pen, Row


class Brush:
    """Draws into `image`, `scale` times as large as it is told, with inks of the image's own mode."""

    def __init__(self, image: Image.Image, inks: Inks, scale: int) -> None:
        self._image = image
        self._inks = inks
        self._scale = scale

    def fill(self, box: Box, color: str | None) -> None:
        """Draw a rectangle."""
        x, y, right, bottom = (
            self._scale * side for side in (box.x, box.y, max(box.x, box.right), max(box.y, box.bottom))
        )
        self._image.paste(self._inks.ink(color), (x, y, right, bottom))

    def disc(self, middle: Point, radius: int, color: str, background: str | None, *, inner: int = 0) -> None:
        """Draw a disc, or with an `inner` radius a ring; `middle` is the corner of a pixel."""
        self._disc(middle.x * self._scale, middle.y * self._scale, radius, inner, color, background)

    def dot(self, middle: Point, radius: int, color: str, background: str | None) -> None:
        """Draw a disc on a line that is a pixel wide: `middle` is a pixel of it."""
        half = self._scale // 2
        x, y = middle.x * self._scale + half, middle.y * self._scale + half
        self._disc(x, y, radius, 0, color, background)

    def _disc(self, x: int, y: int, radius: int, inner: int, color: str, background: str | None) -> None:
        shape = disc(radius * self._scale, inner * self._scale)
        self._inks.stamp(self._image, shape, (x, y), color, background)

    def panel(self, box: Box, radius: int, color: str, background: str | None) -> None:
        """Draw a rectangle with round corners, on what is `background` already."""
        radius = max(0, min(radius, box.width // 2, box.height // 2))
        if radius:
            for x in (box.x + radius, box.right - radius):
                for y in (box.y + radius, box.bottom - radius):
                    self.disc(Point(x, y), radius, color, background)
        self.fill(Box(box.x + radius, box.y, box.width - 2 * radius, box.height), color)
        self.fill(Box(box.x, box.y + radius, box.width, box.height - 2 * radius), color)

    def write(self, row: Row, x: int, y: int) -> None:
        """Draw cells with their backgrounds and lines; `x` and `y` are the upper left corner of the first."""
        boxes = list(_boxes(row, x, y))
        for box, pen in boxes:
            self.fill(box, pen.background)
        self._letters(row, x, y)
        for box, pen in boxes:
            if pen.underline:
                self.fill(Box(box.x, y + UNDERLINE, box.width, 1), pen.color)
            if pen.strike:
                self.fill(Box(box.x, y + STRIKE, box.width, 1), pen.color)

    def _letters(self, row: Row, x: int, y: int) -> None:
        """Draw what stands in the cells: a slanted letter reaches over the next one's background."""
        scale, stamp = self._scale, self._inks.stamp
        for text, column, cells, pen in clusters(row):
            shape = None if text == " " else glyph(text, cells, scale, bold=pen.bold, italic=pen.italic)
            if shape:
                at = (x + column * CELL_WIDTH) * scale, y * scale
                stamp(self._image, shape, at, pen.color, pen.background)


def _boxes(row: Row, x: int, y: int) -> Iterator[tuple[Box, Pen]]:
    """Yield where the runs of a row stand, each with its pen."""
    for run in row:
        width = run.cells * CELL_WIDTH
        yield Box(x, y, width, CELL_HEIGHT), run.pen
        x += width
