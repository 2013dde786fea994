"""How colours get into an image: as they are, or as the numbers of a palette's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PIL import Image

if TYPE_CHECKING:
    from client_tui.picture.glyphs import Glyph

Ink = int | tuple[int, ...]
"""A pixel of an image, in the image's own mode."""

Spot = tuple[int, int]
"""A place in an image, in pixels from its upper left corner."""


class Inks(Protocol):
    """What a canvas is painted with. Colours are ``#rrggbb``, and None is where nothing is to be seen."""

    mode: str
    """The mode of the images that take these inks."""

    def ink(self, color: str | None) -> Ink:
        """Return the pixel of a plain colour."""

    def stamp(self, image: Image.Image, glyph: Glyph, at: Spot, color: str, background: str | None) -> None:
        """Lay `color` on `image` through a glyph whose cells begin `at`, where all is `background`."""


class TrueColors:
    """Colours as they are, and how much of them is seen: mode RGBA."""

    mode = "RGBA"

    def ink(self, color: str | None) -> tuple[int, ...]:
        """Return red, green, blue and alpha, from 0 to 255."""
        return (*bytes.fromhex(color[1:]), 255) if color else (0, 0, 0, 0)

    def stamp(self, image: Image.Image, glyph: Glyph, at: Spot, color: str, background: str | None) -> None:
        """Blend with what is there; where nothing is, the glyph's edges are half transparent."""
        spot = at[0] + glyph.left, at[1] + glyph.top
        if background is None:
            tile = Image.new("RGBA", glyph.mask.size, self.ink(color))
            tile.putalpha(glyph.mask)
            image.paste(tile, spot)
        else:
            image.paste(self.ink(color), spot, glyph.mask)
