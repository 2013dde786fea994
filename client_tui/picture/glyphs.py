"""What a character looks like in its cells at a scale: a mask, through which its colour is laid on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from PIL import Image, ImageDraw

from client_tui.picture import fonts
from client_tui.picture.blocks import Arc, Rect, shapes
from client_tui.picture.clusters import flag
from client_tui.picture.layout import BASELINE, CELL_HEIGHT, CELL_WIDTH, FONT_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.ImageFont import FreeTypeFont

    from client_tui.picture.blocks import Shape

_MARKS: Final = 4  # more over one letter cannot be told apart
_FOREIGN_SIZE: Final = 16  # pixels at scale 1: it fills two cells, and keeps within the height of one
_QUIET: Final = 96  # of 255, how strong the box is that stands for a character which no font has
_QUIET_TOP: Final = 4  # from the top of the cell, as high as a capital letter
_SMOOTH: Final = 8  # what is round is drawn so many times as large, and made smaller


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """A mask (mode L), and where its upper left corner lies from that of the first cell, in pixels."""

    mask: Image.Image
    left: int
    top: int


@lru_cache(maxsize=8192)
def glyph(text: str, cells: int, scale: int, *, bold: bool = False, italic: bool = False) -> Glyph | None:
    """Return what is seen of `text`, a character and its marks, in `cells` cells; None where that is nothing.

    It never leaves the height of its row. To the sides it may, by half a cell, as slanted letters do.
    """
    sheet = _Sheet(cells, scale, bold=bold, italic=italic)
    parts = shapes(text, scale)
    if parts is not None:
        sheet.draw_shapes(parts)
    elif letters := flag(text):
        sheet.draw_flag(letters)
    else:
        sheet.draw_text(normalize("NFC", text))
    box = sheet.mask.getbbox()
    return Glyph(sheet.mask.crop(box), box[0] - sheet.left, box[1]) if box else None


@lru_cache(maxsize=64)
def disc(outer: int, inner: int = 0) -> Glyph:
    """Return a disc around its middle, with a hole where `inner` is not 0; both are radii in pixels."""
    return Glyph(_disc(outer, inner), -outer, -outer)


def _disc(outer: int, inner: int) -> Image.Image:
    size = 2 * outer * _SMOOTH
    mask = Image.new("L", (size, size))
    draw = ImageDraw.Draw(mask)
    middle = (size / 2 - 0.5, size / 2 - 0.5)
    draw.circle(middle, outer * _SMOOTH - 0.5, fill=255)
    if inner:
        draw.circle(middle, inner * _SMOOTH - 0.5, fill=0)
    return mask.resize((2 * outer, 2 * outer), Image.Resampling.BOX)


class _Sheet:
    """Where a glyph is drawn: its cells, and half a cell to either side; `left` is where the cells begin."""

    def __init__(self, cells: int, scale: int, *, bold: bool, italic: bool) -> None:
        self.left = CELL_WIDTH * scale // 2
        self._room = cells * CELL_WIDTH * scale
        self._scale = scale
        self._bold = bold
        self._italic = italic
        self.mask = Image.new("L", (self._room + 2 * self.left, CELL_HEIGHT * scale))
        self._draw = ImageDraw.Draw(self.mask)

    def draw_shapes(self, parts: Iterable[Shape]) -> None:
        """Draw lines and blocks."""
        for part in parts:
            if isinstance(part, Rect):
                self._fill(part.x, part.y, part.width, part.height, round(255 * part.alpha))
            else:
                self._draw_arc(part)

    def _fill(self, x: int, y: int, width: int, height: int, strength: int) -> None:
        x += self.left
        self.mask.paste(strength, (x, y, x + width, y + height))

    def _draw_arc(self, arc: Arc) -> None:
        """Draw a quarter of a ring, smooth at its edges."""
        size = arc.outer
        x, y = (0 if arc.right < 0 else size), (0 if arc.down < 0 else size)
        quarter = _disc(arc.outer, arc.inner).crop((x, y, x + size, y + size))
        self.mask.paste(255, (self.left + arc.x - size + x, arc.y - size + y), quarter)

    def draw_text(self, text: str) -> None:
        """Draw a character and what is combined with it."""
        base, marks = text[0], [char for char in text[1:] if _is_mark(char)]
        if not base.isspace() and not self._draw_letter(base):
            self._draw_absent()
        for mark in marks[:_MARKS]:
            self._draw_mark(mark)

    def draw_flag(self, letters: str) -> None:
        """Draw the letters of a country, each in its cell: no font has flags without colours."""
        for column, letter in enumerate(letters):
            if font := self._font(letter):
                self._put(letter, font, column * CELL_WIDTH * self._scale)

    def _draw_letter(self, char: str) -> bool:
        """Draw `char` in the middle of its cells, no wider than they are; tell whether a font has it."""
        font = self._font(char)
        if font is None:
            return False
        advance = font.getlength(char)
        if advance > self._room + self._scale:
            font = font.font_variant(size=font.size * self._room / advance)
            advance = font.getlength(char)
        self._put(char, font, max(0, round((self._room - advance) / 2)))
        return True

    def _draw_mark(self, mark: str) -> None:
        """Draw a mark over the middle of the cells: fonts differ in which side of it one is laid out on."""
        if font := self._font(mark):
            start, _, end, _ = font.getbbox(mark, anchor="ls")
            self._put(mark, font, round((self._room - start - end) / 2))

    def _font(self, char: str) -> FreeTypeFont | None:
        face = fonts.face(char, bold=self._bold, italic=self._italic)
        if face is None:
            return None
        return fonts.font(face.path, (FONT_SIZE if face.shipped else _FOREIGN_SIZE) * self._scale)

    def _put(self, char: str, font: FreeTypeFont, x: int) -> None:
        """Draw `char` on the line of the letters, or as far from it as it takes to be within the cell."""
        _, top, _, bottom = font.getbbox(char, anchor="ls")
        y = max(-round(top), min(_baseline(self._scale), self.mask.height - round(bottom)))
        self._draw.text((self.left + x, y), char, fill=255, font=font, anchor="ls")

    def _draw_absent(self) -> None:
        """Draw a quiet box for a character that no font has."""
        scale = self._scale
        box = (self.left + scale, _QUIET_TOP * scale, self.left + self._room - scale - 1, BASELINE * scale)
        self._draw.rectangle(box, outline=_QUIET, width=scale)


def _baseline(scale: int) -> int:
    """Return the line that letters stand on. The fonts' hints make capitals with marks taller at scale 1."""
    return BASELINE + 1 if scale == 1 else BASELINE * scale


def _is_mark(char: str) -> bool:
    """Tell whether `char` is drawn over what is before it: not so what only chooses how that looks."""
    return category(char).startswith("M") and not "\ufe00" <= char <= "\ufe0f"
