"""A film as an animated WebP, without loss: of each frame only what changed, for ever from the beginning.

The container is that of RFC 9649; Pillow draws up each frame, and would keep them all to write it.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from client_tui.picture.film import steady
from client_tui.picture.frames import Clock, film_extent, frames
from client_tui.picture.inks import TrueColors
from client_tui.picture.raster import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from PIL import Image

    from client_tui.picture.frames import Patch
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film

_CLOCK: Final = Clock(second=1000, shortest=20)  # browsers take what is much shorter for a tenth of a second
_LONGEST: Final = 0xFFFFFF
_LONGEST_SIDE: Final = 0x3FFF
_GRID: Final = 2  # frames begin in pixels of even numbers
_SCALE: Final = 1
_MOVES_AND_IS_CLEAR: Final = 0x12
_IN_PLACE: Final = 0x02  # a frame takes the place of what is there, and stays
_LOSSLESS: Final = b"VP8L"
_FOR_EVER: Final = bytes(6)  # on a background that is clear


def webp(film: Film, look: Look) -> bytes:
    """Return the WebP of `film`. A frame is shown for four hours at most.

    Raises:
        ClientError: it is larger than the format can be.

    """
    film, scale = steady(film), look.scale or _SCALE
    width, height = (scale * side for side in film_extent(film, look))
    if max(width, height) > _LONGEST_SIDE:
        raise too_large(width, height)
    canvas = struct.pack("<B3x", _MOVES_AND_IS_CLEAR) + _three(width - 1) + _three(height - 1)
    packed = frames(film, look, scale, TrueColors(), _CLOCK, _Packed.of, _GRID)
    chunks = [_chunk(b"VP8X", canvas), _chunk(b"ANIM", _FOR_EVER), *(it.shown(ticks) for it, ticks in packed)]
    return _chunk(b"RIFF", b"WEBP" + b"".join(chunks))


class _Packed(NamedTuple):
    """A frame's place and size, as they are written, and the chunk of its pixels."""

    place: bytes
    pixels: bytes

    @classmethod
    def of(cls, patch: Patch) -> Self:
        """Return the frame of a patch."""
        places = patch.x // _GRID, patch.y // _GRID, patch.image.width - 1, patch.image.height - 1
        return cls(b"".join(map(_three, places)), _pixels(patch.image))

    def shown(self, ticks: int) -> bytes:
        """Return the chunk of the frame, which is shown for so long."""
        head = self.place + _three(min(ticks, _LONGEST)) + bytes([_IN_PLACE])
        return _chunk(b"ANMF", head + self.pixels)


def _pixels(image: Image.Image) -> bytes:
    """Return the chunk of a still WebP that has its pixels."""
    file = BytesIO()
    image.save(file, "WEBP", lossless=True, quality=50, method=1)
    return next(chunk for kind, chunk in _chunks(file.getvalue()) if kind == _LOSSLESS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a WebP, each with its kind."""
    at = 12
    while at < len(data):
        kind, size = struct.unpack_from("<4sL", data, at)
        end = at + 8 + size + size % 2
        yield kind, data[at:end]
        at = end


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<4sL", kind, len(content)) + content + bytes(len(content) % 2)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
