"""A scene in cells alone: its screens side by side as one, notes at the ends of their rows."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from client_tui.picture.clusters import shown, wrapped
from client_tui.picture.layout import NOTE_CELLS
from client_tui.picture.picture import Pen, Picture, Run

if TYPE_CHECKING:
    from client_tui.picture.picture import Pane, Row, Scene

_BETWEEN: Final = 3
"""Cells between two screens."""

_ARROW: Final = "  ← "
"""What leads from a row to its note."""


def joined(scene: Scene, gutter: int | None = None) -> Picture:
    """Return all of `scene` as one screen; where there are several, their titles stand above them.

    `gutter` is how many cells are kept for the notes of each, which are wrapped then. Without it a note is
    one line, of any length.
    """
    is_wrapped = gutter is not None
    room = _width(scene, is_wrapped=False) if gutter is None else gutter
    height = max(pane.picture.height for pane in scene.panes)
    is_titled = len(scene.panes) > 1 and any(pane.title for pane in scene.panes)
    parts: list[list[Row]] = []
    for pane in scene.panes:
        notes = _notes(pane, is_wrapped=is_wrapped)
        parts += [
            _pane(pane, notes, room, height, is_titled=is_titled),
            [(_blank(_BETWEEN, pane),)] * (height + is_titled),
        ]
    rows = tuple(tuple(chain.from_iterable(row)) for row in zip(*parts[:-1], strict=True))
    first = scene.panes[0].picture
    width = sum(run.cells for run in rows[0])
    return Picture(width, len(rows), rows, first.color, first.background, first.accent)


def notes_width(scene: Scene) -> int:
    """Return how many cells the notes of `scene` take at the ends of the rows when they are wrapped."""
    return _width(scene, is_wrapped=True)


def _width(scene: Scene, *, is_wrapped: bool) -> int:
    lines = (line for pane in scene.panes for line in _notes(pane, is_wrapped=is_wrapped).values())
    return max(map(cell_len, lines), default=0)


def _notes(pane: Pane, *, is_wrapped: bool) -> dict[int, str]:
    """Return what is written beside each row."""
    written: dict[int, str] = {}
    for note in sorted(pane.notes, key=lambda note: note.row) if is_wrapped else pane.notes:
        row = min(max(note.row, 0), pane.picture.height - 1)
        written[row] = f"{written.get(row, '')}{_ARROW}{shown(note.text)}"
    return _spread(written, pane.picture.height) if is_wrapped else written


def _spread(notes: dict[int, str], height: int) -> dict[int, str]:
    """Return `notes`, in the order of their rows, over as many rows as they need: an arrow stays in its row.

    No note gets into the row of another one: it is rather written in longer lines.
    """
    written: dict[int, str] = {}
    free = 0
    for row, end in pairwise((*notes, height)):
        lines = _fitted(notes[row].removeprefix(_ARROW), end - free)
        start = min(row, end - len(lines))
        for y, line in enumerate(lines, start):
            written[y] = f"{_ARROW if y == row else ' ' * cell_len(_ARROW)}{line}"
        free = start + len(lines)
    return written


def _fitted(text: str, most: int) -> list[str]:
    """Return `text` in at most so many lines, not longer than they have to be."""
    cells = NOTE_CELLS
    while len(lines := wrapped(text, cells)) > most:
        cells *= 2
    return lines


def _pane(pane: Pane, notes: dict[int, str], room: int, height: int, *, is_titled: bool) -> list[Row]:
    picture = pane.picture
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
