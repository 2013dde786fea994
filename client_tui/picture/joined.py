"""A scene in cells alone: its screens side by side as one, notes at the ends of their rows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from client_tui.picture.clusters import shown
from client_tui.picture.picture import Pen, Picture, Run

if TYPE_CHECKING:
    from client_tui.picture.picture import Pane, Row, Scene

_BETWEEN: Final = 3
"""Cells between two screens."""


def joined(scene: Scene, gutter: int | None = None) -> Picture:
    """Return all of `scene` as one screen; where there are several, their titles stand above them.

    `gutter` is how many cells are kept for the notes of each, None for as many as they need.
    """
    room = notes_width(scene) if gutter is None else gutter
    height = max(pane.picture.height for pane in scene.panes)
    is_titled = len(scene.panes) > 1 and any(pane.title for pane in scene.panes)
    parts: list[list[Row]] = []
    for pane in scene.panes:
        parts += [
            _pane(pane, room, height, is_titled=is_titled),
            [(_blank(_BETWEEN, pane),)] * (height + is_titled),
        ]
    rows = tuple(tuple(chain.from_iterable(row)) for row in zip(*parts[:-1], strict=True))
    first = scene.panes[0].picture
    width = sum(run.cells for run in rows[0])
    return Picture(width, len(rows), rows, first.color, first.background, first.accent)


def notes_width(scene: Scene) -> int:
    """Return how many cells the notes of `scene` take at the end of a row."""
    return max(cell_len(text) for pane in scene.panes for text in _notes(pane).values() or [""])


def _notes(pane: Pane) -> dict[int, str]:
    """Return what is written beside each row that has notes."""
    written: dict[int, str] = {}
    for note in pane.notes:
        row = min(max(note.row, 0), pane.picture.height - 1)
        written[row] = f"{written.get(row, '')}  ← {shown(note.text)}"
    return written


def _pane(pane: Pane, room: int, height: int, *, is_titled: bool) -> list[Row]:
    picture = pane.picture
    notes = _notes(pane)
    accent = Pen(picture.accent, picture.background)
    rows = [
        _filled((*row, *_text(notes.get(y, ""), accent)), pane, room) for y, row in enumerate(picture.rows)
    ]
    rows += [_filled((), pane, room)] * (height - picture.height)
    if is_titled:
        title = Pen(picture.color, picture.background, bold=True)
        rows.insert(0, _filled(_text(shown(pane.title), title), pane, room))
    return rows


def _text(text: str, pen: Pen) -> Row:
    return (Run(text, cell_len(text), pen),) if text else ()


def _filled(row: Row, pane: Pane, room: int) -> Row:
    """Return a row with blanks up to the end of its pane's room."""
    missing = pane.picture.width + room - sum(run.cells for run in row)
    return (*row, _blank(missing, pane)) if missing > 0 else row


def _blank(cells: int, pane: Pane) -> Run:
    return Run(" " * cells, cells, Pen(pane.picture.color, pane.picture.background))
