"""A scene as a PNG: sharp on a screen with twice the pixels, with nothing in it but pixels."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from client_tui.picture.inks import TrueColors
from client_tui.picture.raster import Canvas, extent

if TYPE_CHECKING:
    from PIL import Image

    from client_tui.picture.look import Look
    from client_tui.picture.picture import Scene

_SCALE: Final = 2
_EFFORT: Final = 4
"""zlib's level: the next ones cost more time than they save bytes in pictures of text."""


def png(scene: Scene, look: Look) -> bytes:
    """Return the PNG of `scene`, the same bytes each time. Without a margin's colour, the margin is clear."""
    canvas = Canvas(extent(scene, look), look, look.scale or _SCALE, TrueColors())
    canvas.show(scene)
    file = BytesIO()
    _without_alpha(canvas.image).save(file, "PNG", compress_level=_EFFORT)
    return file.getvalue()


def _without_alpha(image: Image.Image) -> Image.Image:
    """Return `image` without its alpha where that tells nothing."""
    return image.convert("RGB") if image.getchannel("A").getextrema() == (255, 255) else image
