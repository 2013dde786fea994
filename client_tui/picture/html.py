"""A scene as a page of its own: text in colour, to read, to search and to copy from.

Its rows are as high as the reader's font makes them, so what follows them is told in ``ch`` and ``lh``.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from client_tui.picture.blocks import shapes
from client_tui.picture.clusters import clusters, shown
from client_tui.picture.layout import (
    BAR_HEIGHT,
    BUTTON_RADIUS,
    CARD_RADIUS,
    CELL_HEIGHT,
    CELL_WIDTH,
    FONT_SIZE,
    gutter,
    lay_out,
)
from client_tui.picture.look import frame_colors
from client_tui.picture.picture import Pen
from client_tui.picture.svg_ink import FONTS, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.picture.clusters import Cluster
    from client_tui.picture.layout import Box, NoteBox, PaneBox
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Pane, Picture, Row, Scene

_MARGIN: Final = 24
"""Pixels around the windows where the look says none: a page has a margin."""

_DOT: Final = 7  # pixels
_INSET: Final = 5  # from a card's upper edge to its text: its border and its padding

_STYLE: Final = f"""\
:root {{ color-scheme: light dark; }}
body {{ margin: 0; font: {FONT_SIZE}px {FONTS}; font-variant-ligatures: none; }}
main {{ display: flex; gap: 24px; align-items: flex-start; width: max-content; }}
section {{ background: var(--fill); color: var(--text); border: 1px solid var(--edge); }}
header {{ position: relative; height: {BAR_HEIGHT - 1}px; line-height: {BAR_HEIGHT - 1}px; }}
header {{ background: var(--bar); color: var(--title); border-bottom: 1px solid var(--edge); }}
header {{ text-align: center; }}
header i {{ position: absolute; width: {2 * BUTTON_RADIUS}px; height: {2 * BUTTON_RADIUS}px; }}
header i {{ box-sizing: border-box; border: 2px solid; border-radius: 50%; }}
div {{ position: relative; }}
pre {{ margin: 0; font: inherit; }}
pre b {{ display: inline-block; line-height: 0; text-align: center; font-weight: inherit; }}
pre b {{ text-decoration: inherit; }}
div > i {{ position: absolute; background: var(--accent); }}
p {{ position: absolute; margin: 0; padding: {_INSET - 1}px 1ch; white-space: pre; }}
p {{ border-radius: {CARD_RADIUS}px; background: var(--fill); border: 1px solid var(--accent); }}
"""


def html(scene: Scene, look: Look) -> str:
    """Return `scene` as a page that asks for no other file."""
    layout = lay_out(scene, look)
    pens = _Pens()
    room = max(scene.gutter, gutter(scene))
    windows = [
        _window(box, pane, look, pens, room) for box, pane in zip(layout.panes, scene.panes, strict=True)
    ]
    page = f"main {{ padding: {look.margin or _MARGIN}px; }}\n"
    if look.margin_fill:
        page += f"body {{ background: {look.margin_fill}; }}\n"
    titles = ", ".join(shown(pane.title or look.title) for pane in scene.panes)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f"<title>{escaped(titles.strip(', ') or 'A terminal')}</title>\n"
        f"<style>\n{_STYLE}{page}{pens.style}</style>\n<main>\n{''.join(windows)}</main>\n</html>\n"
    )


class _Pens:
    """The classes of a page's text, one for each pen."""

    def __init__(self) -> None:
        self._names: dict[Pen, str] = {}

    def name(self, pen: Pen) -> str:
        return self._names.setdefault(pen, f"p{len(self._names)}")

    @property
    def style(self) -> str:
        return "".join(f".{name} {{ {_declared(pen)} }}\n" for pen, name in self._names.items())


def _declared(pen: Pen) -> str:
    """Return what a style sheet says of a pen."""
    lines = " ".join(
        name for name, is_set in (("underline", pen.underline), ("line-through", pen.strike)) if is_set
    )
    declared = {
        "color": pen.color,
        "background": pen.background,
        "font-weight": "bold" if pen.bold else "",
        "font-style": "italic" if pen.italic else "",
        "text-decoration": lines,
    }
    return " ".join(f"{name}: {value};" for name, value in declared.items() if value)


def _window(box: PaneBox, pane: Pane, look: Look, pens: _Pens, room: int) -> str:
    picture, colors = pane.picture, frame_colors(pane.picture)
    named = {**colors._asdict(), "text": picture.color}
    variables = "".join(f"--{name}:{value};" for name, value in named.items())
    style = f"{variables}border-radius:{box.radius}px;margin-right:{room}ch"
    cells = "\n".join(_row(row, picture, pens) for row in picture.rows)
    notes = "".join(_note(note, box.cells) for note in box.notes)
    return (
        f'<section style="{style}">\n{_header(box, look)}'
        f'<div style="margin:{look.padding}px;width:{picture.width}ch">'
        f"<pre>{cells}\n</pre>{notes}</div>\n</section>\n"
    )


def _header(box: PaneBox, look: Look) -> str:
    if box.bar is None:
        return ""
    buttons = []
    for (x, y), color in box.buttons:
        place = f"left:{x - BUTTON_RADIUS - box.bar.x}px;top:{y - BUTTON_RADIUS - box.bar.y}px"
        fill = "" if look.bar.hollow else f";background:{color}"
        buttons.append(f'<i style="{place};border-color:{color}{fill}"></i>')
    title = escaped(box.title.text) if box.title else ""
    corners = f"border-radius:{box.radius}px {box.radius}px 0 0"
    return f'<header style="{corners}">{"".join(buttons)}{title}</header>\n'


def _row(row: Row, picture: Picture, pens: _Pens) -> str:
    """Return the text of a row; what is in the theme's own colours needs no class."""
    plain = Pen(picture.color, picture.background)
    found = list(clusters(row))
    while found and found[-1].text == " " and found[-1].pen.background == plain.background:
        found.pop()
    runs = ((pen, "".join(map(_cell, run))) for pen, run in groupby(found, lambda cluster: cluster.pen))
    return "".join(
        text if pen == plain else f'<span class="{pens.name(pen)}">{text}</span>' for pen, text in runs
    )


def _cell(cluster: Cluster) -> str:
    """Return a character, in a box of its own where it may be wider or narrower than its cells."""
    text = escaped(cluster.text)
    if cluster.is_sure or shapes(cluster.text):
        return text
    return f'<b style="width:{cluster.cells}ch">{text}</b>'


def _note(note: NoteBox, cells: Box) -> str:
    """Return a note's card, and the line that leads there."""
    lines = "\n".join(map(escaped, note.lines))
    x, y = note.corner(0)
    card = f"left:{_beside(x - CELL_WIDTH, cells)};top:{_below(y, cells, -_INSET)}"
    return f'{"".join(_leader(note, cells))}<p style="{card}">{lines}</p>'


def _leader(note: NoteBox, cells: Box) -> Iterator[str]:
    """Yield a dot beside a note's row, and the stretches of the line from there."""
    (x, y), *_ = note.leader
    place = f"left:{_beside(x - _DOT // 2, cells)};top:{_below(y, cells, -(_DOT // 2))}"
    yield f'<i style="{place};width:{_DOT}px;height:{_DOT}px;border-radius:50%"></i>'
    for start, end in pairwise(note.leader):
        upper, lower = sorted((start, end), key=lambda point: (point.y, point.x))
        place = f"left:{_beside(upper.x, cells)};top:{_below(upper.y, cells)}"
        height = _below(cells.y + lower.y - upper.y, cells, 1)
        yield f'<i style="{place};width:{max(1, lower.x - upper.x)}px;height:{height}"></i>'


def _beside(x: int, cells: Box) -> str:
    """Return how far right of the screen a place of the layout is."""
    return f"calc(100% + {x - cells.right}px)"


def _below(y: int, cells: Box, more: int = 0) -> str:
    """Return how far below the screen's top a place of the layout is, in rows, and some pixels more."""
    return f"calc({(y - cells.y) / CELL_HEIGHT:g} * 1lh + {more}px)"
