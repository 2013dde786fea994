"""A scene as pixels: windows with their bars, the cells of their screens, and the notes beside them.

A canvas keeps what it shows, so that of the next scene it paints only the rows that are other ones.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image
from rich.cells import cell_len

from client_tui.core.errors import ClientError
from client_tui.picture.brush import Brush
from client_tui.picture.layout import (
    BUTTON_RADIUS,
    CARD_RADIUS,
    CELL_HEIGHT,
    Box,
    lay_out,
)
from client_tui.picture.look import BUTTON_COLORS, frame_colors
from client_tui.picture.picture import Pen, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from client_tui.picture.inks import Inks
    from client_tui.picture.layout import Layout, NoteBox, PaneBox, Point
    from client_tui.picture.look import FrameColors, Look
    from client_tui.picture.picture import Picture, Row, Scene

_KEPT: Final = 8_000_000
"""Pixels of rows that are kept for when they are shown again, in another place or later."""

MOST_PIXELS: Final = 80_000_000
"""How large an image may be: a screen of 400×150 cells is half as large at twice its size."""

_EDGE: Final = 1  # around a window and a card
_RING: Final = 2  # how thick a hollow button is
_DOT: Final = 3  # the radius of what a note's leader begins with


class Extent(NamedTuple):
    """The width and height of a picture, in pixels at scale 1."""

    width: int
    height: int


def extent(scene: Scene, look: Look) -> Extent:
    """Return how large the picture of `scene` is."""
    layout = lay_out(scene, look)
    return Extent(layout.width, layout.height)


def too_large(width: int, height: int) -> ClientError:
    """Return the error of a picture that is so large, in pixels."""
    message = f"it would have {width}×{height} pixels: take a smaller scale or a smaller screen"
    return ClientError("The picture is too large", message)


class Canvas:
    """The image of a scene, `scale` times as large as `size`; `inks` tell its mode.

    Raises:
        ClientError: it is larger than what readers of pictures take to be harmless.

    """

    def __init__(self, size: Extent, look: Look, scale: int, inks: Inks) -> None:
        pixels = size.width * scale, size.height * scale
        if pixels[0] * pixels[1] > MOST_PIXELS:
            raise too_large(*pixels)
        self.image = Image.new(inks.mode, pixels)
        self._size = size
        self._look = look
        self._scale = scale
        self._inks = inks
        self._brush = Brush(self.image, inks, scale)
        self._frame: tuple[Layout, tuple[FrameColors, ...]] | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._rows: dict[Row, Image.Image] = {}
        self._kept = 0

    def show(self, scene: Scene) -> Box | None:
        """Paint `scene`; return where, in pixels of the image: what is outside has stayed as it was."""
        layout = lay_out(scene, self._look)
        pictures = tuple(pane.picture for pane in scene.panes)
        frame = layout, tuple(map(frame_colors, pictures))
        before = self._pictures if frame == self._frame and not self._overlaps(layout) else ()
        if not before:
            self._paint_windows(layout, pictures)
        painted = [
            self._paint_row(pane, number, row)
            for index, (pane, picture) in enumerate(zip(layout.panes, pictures, strict=True))
            for number, row in enumerate(picture.rows)
            if not before or before[index].rows[number] != row
        ]
        if self._look.padding < _EDGE:
            self._paint_edges(layout, pictures)
        if not before:
            self._paint_notes(layout, pictures)
        self._frame, self._pictures = frame, pictures
        return _around(painted) if before else Box(0, 0, *self.image.size)

    def _overlaps(self, layout: Layout) -> bool:
        """Tell whether notes reach over cells: a row alone cannot be painted then."""
        return self._look.padding <= 2 * _DOT and any(pane.notes for pane in layout.panes)

    def _paint_windows(self, layout: Layout, pictures: Iterable[Picture]) -> None:
        self._brush.fill(Box(0, 0, *self._size), self._look.margin_fill)
        for pane, picture in zip(layout.panes, pictures, strict=True):
            paint_window(self._brush, pane, picture, self._look)

    def _paint_notes(self, layout: Layout, pictures: Iterable[Picture]) -> None:
        for pane, picture in zip(layout.panes, pictures, strict=True):
            for note in pane.notes:
                paint_note(self._brush, note, picture, self._look)

    def _paint_edges(self, layout: Layout, pictures: Iterable[Picture]) -> None:
        """Paint the windows' edges over cells that reach to them."""
        for pane, picture in zip(layout.panes, pictures, strict=True):
            for side in _sides(pane.window):
                self._brush.fill(side, frame_colors(picture).edge)

    def _paint_row(self, pane: PaneBox, number: int, row: Row) -> Box:
        image = self._rows.get(row) or self._row(row, pane.cells.width)
        x, y = (self._scale * place for place in (pane.cells.x, pane.cells.y + number * CELL_HEIGHT))
        self.image.paste(image, (x, y))
        return Box(x, y, *image.size)

    def _row(self, row: Row, width: int) -> Image.Image:
        """Draw a row in an image of its own, so that nothing of it reaches into another; and keep that."""
        size = width * self._scale, CELL_HEIGHT * self._scale
        image = Image.new(self._inks.mode, size)
        Brush(image, self._inks, self._scale).write(row, 0, 0)
        self._rows[row] = image
        self._kept += image.width * image.height
        while self._kept > _KEPT and len(self._rows) > 1:
            oldest = self._rows.pop(next(iter(self._rows)))
            self._kept -= oldest.width * oldest.height
        return image


def frame_pairs(picture: Picture, look: Look) -> list[tuple[str, str]]:
    """Return the colours around a screen, each with what it is laid on."""
    colors = frame_colors(picture)
    margin = look.margin_fill or colors.edge
    return [
        *(
            (colors.edge, margin),
            (colors.fill, colors.edge),
            (colors.bar, colors.edge),
            (colors.title, colors.bar),
        ),
        *((button, colors.bar) for button in BUTTON_COLORS),
        *((colors.accent, margin), (colors.accent, colors.fill), (picture.color, colors.fill)),
    ]


def paint_window(brush: Brush, pane: PaneBox, picture: Picture, look: Look) -> None:
    """Paint a window without its cells."""
    colors = frame_colors(picture)
    inside = _within(pane.window, _EDGE)
    brush.panel(pane.window, pane.radius, colors.edge, look.margin_fill)
    brush.panel(inside, pane.radius - _EDGE, colors.fill, colors.edge)
    if pane.bar:
        # Round at its top alone: what is round at its bottom is painted over.
        bar = Box(inside.x, inside.y, inside.width, pane.bar.bottom - inside.y + pane.radius)
        brush.panel(bar, pane.radius - _EDGE, colors.bar, colors.edge)
        brush.fill(Box(inside.x, pane.bar.bottom, inside.width, pane.radius), colors.fill)
        brush.fill(Box(inside.x, pane.bar.bottom - _EDGE, inside.width, _EDGE), colors.edge)
    for button in pane.buttons:
        inner = BUTTON_RADIUS - _RING if look.bar.hollow else 0
        brush.disc(button.middle, BUTTON_RADIUS, button.color, colors.bar, inner=inner)
    if pane.title:
        _write(brush, pane.title.text, pane.title.corner, Pen(colors.title, colors.bar))


def paint_note(brush: Brush, note: NoteBox, picture: Picture, look: Look) -> None:
    """Paint a note's card, and the line that leads there from its row."""
    colors = frame_colors(picture)
    for start, end in pairwise(note.leader):
        left, top = min(start.x, end.x), min(start.y, end.y)
        size = abs(end.x - start.x) + _EDGE, abs(end.y - start.y) + _EDGE
        brush.fill(Box(left, top, *size), colors.accent)
    brush.dot(note.leader[0], _DOT, colors.accent, colors.fill)
    brush.panel(note.card, CARD_RADIUS, colors.accent, look.margin_fill)
    brush.panel(_within(note.card, _EDGE), CARD_RADIUS - _EDGE, colors.fill, colors.accent)
    for number, line in enumerate(note.lines):
        _write(brush, line, note.corner(number), Pen(picture.color, colors.fill))


def _within(box: Box, inset: int) -> Box:
    return Box(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)


def _sides(box: Box) -> tuple[Box, Box, Box, Box]:
    lying, standing = Box(box.x, box.y, box.width, _EDGE), Box(box.x, box.y, _EDGE, box.height)
    return lying, standing, lying._replace(y=box.bottom - _EDGE), standing._replace(x=box.right - _EDGE)


def _write(brush: Brush, text: str, corner: Point, pen: Pen) -> None:
    brush.write((Run(text, cell_len(text), pen),), corner.x, corner.y)


def _around(boxes: list[Box]) -> Box | None:
    """Return the smallest box that holds all of `boxes`."""
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)
