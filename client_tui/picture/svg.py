"""A scene as an SVG: text that can be selected and searched, and nothing that is anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.picture.layout import CELL_HEIGHT, lay_out
from client_tui.picture.svg_frame import before, behind, clipped, document, prefix_of, said
from client_tui.picture.svg_ink import Ink, backgrounds, drawings, texts

if TYPE_CHECKING:
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Picture, Scene


def svg(scene: Scene, look: Look) -> str:
    """Return `scene` as an SVG: the same bytes for the same scene and look."""
    ink = Ink(prefix_of(scene, look))
    layout = lay_out(scene, look)
    body = []
    for number, (box, pane) in enumerate(zip(layout.panes, scene.panes, strict=True)):
        body += [
            behind(box, pane.picture, look, ink),
            clipped(box, f"{ink.prefix}w{number}", _screen(pane.picture, ink)),
            before(box, pane.picture, ink),
        ]
    return document((layout.width, layout.height), look, ink, said(scene, look), "".join(body))


def _screen(picture: Picture, ink: Ink) -> str:
    words = (text for y, row in enumerate(picture.rows) for text in texts(row, y * CELL_HEIGHT, ink))
    return backgrounds(picture.rows, picture.background) + drawings(picture.rows) + "".join(words)
