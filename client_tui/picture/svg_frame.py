"""What is around the screens of an SVG: the windows with their bars, and the notes beside them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from client_tui.picture.clusters import clusters, shown
from client_tui.picture.layout import BUTTON_RADIUS, CARD_RADIUS
from client_tui.picture.look import frame_colors
from client_tui.picture.picture import Pen, Run
from client_tui.picture.svg_ink import escaped, texts

if TYPE_CHECKING:
    from client_tui.picture.layout import Box, NoteBox, PaneBox, Point, Title
    from client_tui.picture.look import FrameColors, Look
    from client_tui.picture.picture import Picture, Scene
    from client_tui.picture.svg_ink import Ink

_BOX_DRAWING: Final = range(0x2500, 0x25A0)
_DOT_RADIUS: Final = 3


def prefix_of(*values: object) -> str:
    """Return what all names in an SVG of `values` begin with: another one in the same page has others."""
    return "j" + sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()[:6] + "-"


def document(size: tuple[int, int], look: Look, ink: Ink, words: tuple[str, str], body: str) -> str:
    """Return a whole SVG: `words` are its title and what a reader that sees no picture is told instead."""
    name, (title, description), (width, height) = ink.prefix, words, size
    margin = f'<path fill="{look.margin_fill}" d="M0 0h{width}v{height}h-{width}z"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="img"'
        f' aria-labelledby="{name}t" aria-describedby="{name}d"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<title id="{name}t">{escaped(title)}</title><desc id="{name}d">{escaped(description)}</desc>'
        f"<style>{ink.style}</style>{margin if look.margin_fill else ''}{body}</svg>\n"
    )


def said(scene: Scene, look: Look) -> tuple[str, str]:
    """Return the title of a scene, and its text for who sees no picture, without what is only drawn."""
    titles = [shown(pane.title or look.title) for pane in scene.panes]
    lines = [line for pane in scene.panes for line in _words(pane.picture)]
    notes = [shown(note.text) for pane in scene.panes for note in pane.notes]
    return ", ".join(filter(None, titles)) or "A terminal", "\n".join(lines + notes)


def _words(picture: Picture) -> list[str]:
    lines = []
    for row in picture.rows:
        text = "".join(" " if ord(it.text[0]) in _BOX_DRAWING else it.text for it in clusters(row))
        lines.append(" ".join(text.split()))
    return [line for line in lines if line]


def clipped(box: PaneBox, name: str, screen: str) -> str:
    """Return the `screen` of a window in its place, within the window's outline; `name` is the outline's."""
    return (
        f'<clipPath id="{name}">{_rect(box.window, box.radius)}/></clipPath><g clip-path="url(#{name})">'
        f'<g transform="translate({box.cells.x} {box.cells.y})">{screen}</g></g>'
    )


def behind(pane: PaneBox, picture: Picture, look: Look, ink: Ink) -> str:
    """Return what is behind and above a screen: its window, the bar and what stands there."""
    colors = frame_colors(picture)
    parts = [f'{_rect(pane.window, pane.radius)} fill="{colors.fill}"/>']
    if pane.bar:
        parts += _bar(pane.bar, pane.radius, colors)
    for (x, y), color in pane.buttons:
        paint = f'fill="none" stroke="{color}" stroke-width="2"' if look.bar.hollow else f'fill="{color}"'
        parts.append(f'<circle cx="{x}" cy="{y}" r="{BUTTON_RADIUS - look.bar.hollow}" {paint}/>')
    if pane.title:
        parts.append(_title(pane.title, colors, ink))
    return "".join(parts)


def before(pane: PaneBox, picture: Picture, ink: Ink) -> str:
    """Return what is drawn over a screen and beside it: the edge of its window, and the notes."""
    return _edge(pane, picture) + "".join(_note(box, picture, ink) for box in pane.notes)


def _edge(pane: PaneBox, picture: Picture) -> str:
    """Return the thin line around a window: it sets it off from a page of its own colour."""
    return _outline(pane.window, pane.radius, frame_colors(picture).edge)


def _note(box: NoteBox, picture: Picture, ink: Ink) -> str:
    """Return a note: a dot beside its row, the line from there, and the card with its words."""
    colors = frame_colors(picture)
    (x, y), *rest = box.leader
    way = "".join(f"L{point.x + 0.5:g} {point.y + 0.5:g}" for point in rest)
    lines = "".join(
        _text(line, box.corner(number), picture.color, ink) for number, line in enumerate(box.lines)
    )
    return (
        f'<path fill="none" stroke="{colors.accent}" d="M{x} {y + 0.5:g}{way}"/>'
        f'<circle cx="{x}" cy="{y + 0.5:g}" r="{_DOT_RADIUS}" fill="{colors.accent}"/>'
        f"{_outline(box.card, CARD_RADIUS, colors.accent, colors.fill)}{lines}"
    )


def _bar(bar: Box, radius: int, colors: FrameColors) -> list[str]:
    """Return the bar, round above like its window, and the line below it."""
    corner = f"a{radius} {radius} 0 0 1 {radius}"
    above = f"M{bar.x} {bar.bottom}V{bar.y + radius}{corner} -{radius}H{bar.right - radius}{corner} {radius}"
    line = f'fill="{colors.edge}" d="M{bar.x} {bar.bottom - 1}h{bar.width}v1h-{bar.width}z"'
    return [f'<path fill="{colors.bar}" d="{above}V{bar.bottom}z"/>', f"<path {line}/>"]


def _title(title: Title, colors: FrameColors, ink: Ink) -> str:
    return _text(title.text, title.corner, colors.title, ink)


def _text(text: str, corner: Point, color: str, ink: Ink) -> str:
    row = (Run(text, cell_len(text), Pen(color, "")),)
    return f'<g transform="translate({corner.x} {corner.y})">{"".join(texts(row, 0, ink))}</g>'


def _rect(box: Box, radius: int) -> str:
    rounded = f' rx="{radius}"' if radius else ""
    return f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"{rounded}'


def _outline(box: Box, radius: int, color: str, fill: str = "none") -> str:
    """Return a line a pixel thick within the edge of a box."""
    x, y, width, height = box
    rounded = f' rx="{radius - 0.5:g}"' if radius else ""
    return (
        f'<rect x="{x + 0.5:g}" y="{y + 0.5:g}" width="{width - 1}" height="{height - 1}"{rounded}'
        f' fill="{fill}" stroke="{color}"/>'
    )
