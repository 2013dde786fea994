"""The colours of a film for a format that has few: the plain ones, and shades for the edges of letters."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from client_tui.picture.look import mixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PIL import Image

    from client_tui.picture.glyphs import Glyph
    from client_tui.picture.inks import Spot

CLEAR: Final = 0
"""The number of what is no colour: nothing is there, or what was there before."""

Pair = tuple[str, str]
"""A colour, and what it is laid on."""

_Color = TypeVar("_Color", str, Pair)

_COLORS: Final = 255  # beside CLEAR
_PLAIN: Final = 192  # of them: some have to be left for the edges of letters
_HALVINGS: Final = 5  # how often the way between two colours is cut in half
_SHADES: Final = 2**_HALVINGS
_STAMPS: Final = 8192  # letters in their colours that are kept


class Palette:
    """Inks for at most 255 colours, made for pairs of them and how often each is used.

    Images in mode L hold the numbers of its colours. What it does not have becomes the nearest that it has.
    """

    mode = "L"

    def __init__(self, uses: Mapping[Pair, int]) -> None:
        plain: Counter[str] = Counter()
        for pair, count in uses.items():
            plain.update(dict.fromkeys(pair, count))
        colors = [color for color, _ in _most_used(plain)[:_PLAIN]]
        self._colors = list(islice(dict.fromkeys((*colors, *_shades(uses))), _COLORS))
        self._numbers = {color: number for number, color in enumerate(self._colors, start=CLEAR + 1)}
        self._places = [bytes.fromhex(color[1:]) for color in self._colors]
        self._ramp = lru_cache(maxsize=_STAMPS)(self._make_ramp)
        self._tile = lru_cache(maxsize=_STAMPS)(self._make_tile)

    @property
    def table(self) -> bytes:
        """Red, green and blue of 256 colours."""
        return (bytes(3) + b"".join(self._places)).ljust(3 * 256, b"\0")

    def ink(self, color: str | None) -> int:
        """Return the number of a colour."""
        if color is None:
            return CLEAR
        if color not in self._numbers:
            self._numbers[color] = self._nearest(bytes.fromhex(color[1:]))
        return self._numbers[color]

    def _nearest(self, wanted: bytes) -> int:
        red, green, blue = wanted
        far = [(r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 for r, g, b in self._places]
        return CLEAR + 1 + far.index(min(far))

    def stamp(self, image: Image.Image, glyph: Glyph, at: Spot, color: str, background: str | None) -> None:
        """Put shades between both colours where the glyph has them; over nothing there are none."""
        tile, touched = self._tile(glyph, color, background)
        image.paste(tile, (at[0] + glyph.left, at[1] + glyph.top), touched)

    def _make_tile(self, glyph: Glyph, color: str, background: str | None) -> tuple[Image.Image, Image.Image]:
        """Return the numbers that a glyph puts down, and the mask of where it does."""
        ramp = self._ramp(color, background)
        beneath = self.ink(background)
        return glyph.mask.point(ramp), glyph.mask.point([255 * (number != beneath) for number in ramp])

    def _make_ramp(self, color: str, background: str | None) -> list[int]:
        """Return the number for each strength of a mask."""
        if background is None:
            return [self.ink(color) if strength >= 128 else CLEAR for strength in range(256)]
        shades = [self.ink(mixed(color, background, part / _SHADES)) for part in range(_SHADES + 1)]
        return [shades[round(strength * _SHADES / 255)] for strength in range(256)]


def _most_used(uses: Mapping[_Color, int]) -> list[tuple[_Color, int]]:
    """Return what is used, the most used first, and in one order where that is equal."""
    return sorted(uses.items(), key=lambda use: (-use[1], use[0]))


def _shades(uses: Mapping[Pair, int]) -> Iterator[str]:
    """Yield what is between the colours of each pair, as often as their way is cut in half.

    Each cut makes the steps of a way half as large, and takes twice the colours: what is used four times
    as often is cut once more.
    """
    cuts = [
        (count * 4 ** (_HALVINGS - cut), pair, cut)
        for pair, count in uses.items()
        for cut in range(1, _HALVINGS + 1)
    ]
    for _, (color, background), cut in sorted(cuts, key=lambda it: (-it[0], it[1])):
        parts = 2**cut
        yield from (mixed(color, background, part / parts) for part in range(1, parts, 2))
