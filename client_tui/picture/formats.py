"""The formats of pictures by the endings of their files' names: what a tape or a key asks for, drawn.

What draws one is imported when it is asked for: Pillow alone takes longer than to begin the client.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Scene

STILL: Final = ("svg", "png", "txt", "html")
"""The endings of what shows one moment."""
MOVING: Final = ("gif", "webp", "cast", "svg")
"""The endings of what shows a film."""


def still(suffix: str, scene: Scene, look: Look) -> bytes:
    """Return the file of a scene. `suffix` is one of STILL."""
    match suffix:
        case "svg":
            from client_tui.picture.svg import svg

            return svg(scene, look).encode()
        case "png":
            from client_tui.picture.png import png

            return png(scene, look)
        case "txt":
            from client_tui.picture.txt import txt

            return txt(scene).encode()
        case "html":
            from client_tui.picture.html import html

            return html(scene, look).encode()
        case _:
            raise ValueError(suffix)


def moving(suffix: str, film: Film, look: Look) -> bytes:
    """Return the file of a film. `suffix` is one of MOVING."""
    match suffix:
        case "gif":
            from client_tui.picture.gif import gif

            file = BytesIO()
            file.writelines(gif(film, look))
            return file.getvalue()
        case "webp":
            from client_tui.picture.webp import webp

            return webp(film, look)
        case "cast":
            from client_tui.picture.cast import cast

            return cast(film, look).encode()
        case "svg":
            from client_tui.picture.film_svg import film_svg

            return film_svg(film, look).encode()
        case _:
            raise ValueError(suffix)
