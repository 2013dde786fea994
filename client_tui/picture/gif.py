"""A film as an animated GIF (GIF89a): of each frame only what changed, for ever from the beginning again.

Its pixels have one of 255 colours or none, and its time is counted in hundredths of a second.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PIL import GifImagePlugin, ImageChops

from client_tui.picture.film import steady
from client_tui.picture.frames import Clock, film_extent, film_palette, frames
from client_tui.picture.palette import CLEAR
from client_tui.picture.raster import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from client_tui.picture.frames import Patch
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film

_CLOCK: Final = Clock(second=100, shortest=2)  # browsers take what is shorter for a tenth of a second
_LONGEST: Final = 0xFFFF
_SCALE: Final = 1
_TABLE_OF_256: Final = 0xF7  # the flags of a screen with a table of colours, 8 bits each
_FOR_EVER: Final = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
_END: Final = b";"
_SAME: Final = [255] + [0] * 255
_OVER_WHAT_WAS: Final = 0b101  # the flags of a frame that has a clear colour and stays for the next one


def gif(film: Film, look: Look) -> Iterator[bytes]:
    """Yield the GIF of `film` in pieces, frame by frame. A frame is shown for ten minutes at most.

    Raises:
        ClientError: it is larger than a GIF can be.

    """
    film, look = steady(film), _filled(film, look)
    scale = look.scale or _SCALE
    width, height = (scale * side for side in film_extent(film, look))
    if max(width, height) > _LONGEST:
        raise too_large(width, height)
    palette = film_palette(film, look)
    yield _header(width, height, palette.table)
    for data, ticks in frames(film, look, scale, palette, _CLOCK, _packed):
        yield _control(ticks) + data
    yield _END


def _filled(film: Film, look: Look) -> Look:
    """Return `look` with a margin where there are notes: once painted, nothing is clear again in a GIF."""
    panes = [pane for shot in film.shots for pane in shot.scene.panes]
    if look.margin_fill is None and any(pane.notes for pane in panes):
        return replace(look, margin_fill=panes[0].picture.background)
    return look


def _header(width: int, height: int, table: bytes) -> bytes:
    """Return what comes before the frames: the screen, its table of colours, and that it is a loop."""
    screen = struct.pack("<HHBBB", width, height, _TABLE_OF_256, CLEAR, 0)
    return b"GIF89a" + screen + table + _FOR_EVER


def _control(ticks: int) -> bytes:
    """Return what says how a frame is shown: for so long, with one colour that is none, over what was."""
    return struct.pack("<3sBHBB", b"!\xf9\x04", _OVER_WHAT_WAS, min(ticks, _LONGEST), CLEAR, 0)


def _packed(patch: Patch) -> bytes:
    """Return the pixels of a frame, in their place."""
    return b"".join(GifImagePlugin.getdata(_new(patch.image, patch.before), (patch.x, patch.y)))


def _new(image: Image.Image, before: Image.Image) -> Image.Image:
    """Return `image` with nothing where it is as before: that takes few bytes."""
    same = ImageChops.difference(image, before).point(_SAME)
    image.paste(CLEAR, (0, 0), same)
    return image
