"""Where everything of a picture stands, in whole pixels at scale 1: all formats draw from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from client_tui.picture.clusters import shown, wrapped
from client_tui.picture.look import BUTTON_COLORS, Bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.picture.look import Look
    from client_tui.picture.picture import Note, Pane, Scene

CELL_WIDTH: Final = 9
CELL_HEIGHT: Final = 20
FONT_SIZE: Final = 15
BASELINE: Final = 15
"""From the top of a cell to the line that letters stand on."""
UNDERLINE: Final = 17
"""From the top of a cell to the line below its text, which is a pixel high."""
STRIKE: Final = 10
"""From the top of a cell to the line through its text, which is a pixel high."""

BAR_HEIGHT: Final = 36
BUTTON_RADIUS: Final = 6
_BUTTON_STEP: Final = 20
_BUTTONS_INSET: Final = 18  # from the window's edge to the middle of the first button
_TITLE_INSET: Final = _BUTTONS_INSET + 3 * _BUTTON_STEP  # on both sides, so that it stands in the middle

_GAP: Final = 24  # between two windows

CARD_RADIUS: Final = 4
_LEADER: Final = 3 * CELL_WIDTH  # from the window to a note's card
_LANES: Final = 8  # of lines that go up or down there: more could not be told apart
_NEAR: Final = 4  # two lines with less between their ends look like one
_CARD_PADDING: Final = 4  # above and below its lines; a cell at either side
_FIRST_LINE: Final = _CARD_PADDING + CELL_HEIGHT // 2  # from a card's top to the middle of its first line
_BETWEEN_CARDS: Final = 6
NOTE_CELLS: Final = 30
"""A longer line of a note is wrapped."""
_AROUND_NOTE: Final = 6  # cells: the leader, the card's own, and what is free behind it


class Point(NamedTuple):
    """A place in the picture."""

    x: int
    y: int


class Box(NamedTuple):
    """A rectangle of the picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the first column of pixels that is not in it any more."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return the first row of pixels that is not in it any more."""
        return self.y + self.height


class Button(NamedTuple):
    """A button in the bar: its middle, and its colour. Its radius is BUTTON_RADIUS."""

    middle: Point
    color: str


class Title(NamedTuple):
    """What stands in the bar, as far as it has room; `corner` is the upper left one of its first cell."""

    text: str
    corner: Point


class NoteBox(NamedTuple):
    """A note: the card that its lines stand in, a cell from its left edge, and the line that leads there.

    The `leader` begins with the middle of a dot, beside the row; between its points it is straight.
    """

    card: Box
    lines: tuple[str, ...]
    leader: tuple[Point, ...]

    def corner(self, line: int) -> Point:
        """Return the upper left corner of a line's first cell."""
        return Point(self.card.x + CELL_WIDTH, self.card.y + _CARD_PADDING + line * CELL_HEIGHT)


class _Way(NamedTuple):
    """How high a note's line begins, at its row, and how high it ends, at its card."""

    row: int
    end: int

    def mirrored(self, sign: int) -> _Way:
        """Return it upside down where `sign` is -1."""
        return _Way(sign * self.row, sign * self.end)


@dataclass(frozen=True, slots=True)
class PaneBox:
    """A window: its bar, None where there is none, and the cells of its screen; the notes beside it.

    Its corners are round by `radius`, but never so that its cells would lose one.
    """

    window: Box
    radius: int
    bar: Box | None
    cells: Box
    buttons: tuple[Button, ...]
    title: Title | None
    notes: tuple[NoteBox, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture of `width` times `height` pixels."""

    width: int
    height: int
    panes: tuple[PaneBox, ...]


def gutter(scene: Scene) -> int:
    """Return how many cells the notes of `scene` need to the right of each screen."""
    widths = [cell_len(line) for pane in scene.panes for note in pane.notes for line in _lines(note)]
    return max(widths) + _AROUND_NOTE if widths else 0


def lay_out(scene: Scene, look: Look) -> Layout:
    """Return where the windows of `scene` stand: side by side, each with room for the notes to its right."""
    room = max(gutter(scene), scene.gutter) * CELL_WIDTH
    x = look.margin
    panes = []
    for pane in scene.panes:
        panes.append(_pane(pane, look, x))
        x = panes[-1].window.right + room + _GAP
    bottom = max(box.bottom for pane in panes for box in (pane.window, *(note.card for note in pane.notes)))
    return Layout(x - _GAP + look.margin, bottom + look.margin, tuple(panes))


def _pane(pane: Pane, look: Look, x: int) -> PaneBox:
    bar_height = 0 if look.bar is Bar.NONE else BAR_HEIGHT
    width, height = pane.picture.width * CELL_WIDTH, pane.picture.height * CELL_HEIGHT
    window = Box(x, look.margin, width + 2 * look.padding, height + 2 * look.padding + bar_height)
    cells = Box(x + look.padding, look.margin + bar_height + look.padding, width, height)
    bar = Box(window.x, window.y, window.width, bar_height) if bar_height else None
    return PaneBox(
        window,
        min(look.radius, 3 * look.padding, bar_height or look.radius, (window.height - bar_height) // 2),
        bar,
        cells,
        buttons=tuple(_buttons(bar, right=look.bar.right)) if bar else (),
        title=_title(bar, shown(pane.title or look.title)) if bar else None,
        notes=tuple(_notes(pane.notes, window, cells)),
    )


def _buttons(bar: Box, *, right: bool) -> Iterator[Button]:
    for number, color in enumerate(BUTTON_COLORS):
        inset = _BUTTONS_INSET + number * _BUTTON_STEP
        yield Button(Point(bar.right - inset if right else bar.x + inset, bar.y + bar.height // 2), color)


def _title(bar: Box, text: str) -> Title | None:
    """Return the title in the middle of the bar, cut where it would come too near to the buttons."""
    room = max(0, bar.width - 2 * _TITLE_INSET) // CELL_WIDTH
    if cell_len(text) > room:
        text = set_cell_size(text, room - 1).rstrip() + "…" if room > 1 else ""
    if not text:
        return None
    left = bar.x + (bar.width - cell_len(text) * CELL_WIDTH) // 2
    return Title(text, Point(left, bar.y + (bar.height - CELL_HEIGHT) // 2))


def _lines(note: Note) -> list[str]:
    return wrapped(note.text, NOTE_CELLS)


def _notes(notes: tuple[Note, ...], window: Box, cells: Box) -> Iterator[NoteBox]:
    """Yield the cards of `notes` in the order of their rows, each beside its row or as near as it can be."""
    ordered = sorted(notes, key=lambda note: note.row)
    written = [(lines, note.row) for note in ordered if (lines := _lines(note))]
    heights = [len(lines) * CELL_HEIGHT + 2 * _CARD_PADDING for lines, _ in written]
    rows = [cells.y + row * CELL_HEIGHT + CELL_HEIGHT // 2 for _, row in written]
    tops = _tops([row - _FIRST_LINE for row in rows], heights, window)
    steps = _steps([_Way(row, top + _FIRST_LINE) for row, top in zip(rows, tops, strict=True)])
    for (lines, _), height, row, top in zip(written, heights, rows, tops, strict=True):
        width = (max(map(cell_len, lines)) + 2) * CELL_WIDTH
        card = Box(window.right + _LEADER, top, width, height)
        yield NoteBox(card, tuple(lines), _leader(cells, card, _Way(row, top + _FIRST_LINE), steps))


def _tops(wanted: list[int], heights: list[int], window: Box) -> list[int]:
    """Return where cards begin that would like to be at `wanted`: apart, within the window if they fit."""
    tops: list[int] = []
    free = window.y
    for top, height in zip(wanted, heights, strict=True):
        tops.append(max(top, free))
        free = tops[-1] + height + _BETWEEN_CARDS
    limit = max(window.bottom, window.y + sum(heights) + _BETWEEN_CARDS * (len(heights) - 1))
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], limit - heights[number])
        limit = tops[number] - _BETWEEN_CARDS
    return tops


def _steps(ways: list[_Way]) -> dict[tuple[int, bool], int]:
    """Return how far before the cards the line of each row goes down (True), and up (False).

    Lines of other rows beside one another are apart, and none crosses another one; those of one row are one
    line that forks.
    """
    lanes = {
        (sign * row, sign > 0): lane
        for sign in (1, -1)
        for row, lane in _lanes(sorted(way.mirrored(sign) for way in ways)).items()
    }
    count = min(_LANES, max(lanes.values(), default=0) + 1)
    return {way: _LEADER * (min(lane, _LANES - 1) + 1) // (count + 1) for way, lane in lanes.items()}


def _lanes(ways: list[_Way]) -> dict[int, int]:
    """Return the lane of each row whose line goes down, 0 being nearest to the cards."""
    ends = {way.row: way.end for way in ways if way.end > way.row}
    lanes: dict[int, int] = {}
    for row in ends:
        beside = [lane for above, lane in lanes.items() if row < ends[above] + _NEAR]
        lanes[row] = max(beside, default=-1) + 1
    return lanes


def _leader(cells: Box, card: Box, way: _Way, steps: dict[tuple[int, bool], int]) -> tuple[Point, ...]:
    """Return the way from beside a row to the first line of its card: straight, or with one step."""
    start = Point(cells.right + (card.x - _LEADER - cells.right) // 2, way.row)
    end = Point(card.x, way.end)
    if way.row == way.end:
        return start, end
    step = card.x - steps[way.row, way.end > way.row]
    return start, Point(step, way.row), Point(step, way.end), end
