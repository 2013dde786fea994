"""What a screen showed: its cells as values, from one run of text to a film of scenes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Pen(NamedTuple):
    """How text looks. Colours are ``#rrggbb``, in small letters: what is dimmed or reversed is so already."""

    color: str
    background: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


class Run(NamedTuple):
    """A piece of a row in one pen: `text` takes `cells` cells, and is never empty."""

    text: str
    cells: int
    pen: Pen


Row = tuple[Run, ...]
"""One row of the screen, from its left edge to its right one; equal rows are equal values."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen of `width` times `height` cells: as many `rows`, each of that many cells.

    `color`, `background` and `accent` are the theme's own, for what is drawn around the screen.
    """

    width: int
    height: int
    rows: tuple[Row, ...]
    color: str
    background: str
    accent: str

    @property
    def lines(self) -> list[str]:
        """The text of each row, without the blanks at its end."""
        return ["".join(run.text for run in row).rstrip() for row in self.rows]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside a screen: `row` is counted from 0."""

    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Pane:
    """A screen in its window. An empty `title` leaves the look's own."""

    picture: Picture
    title: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What one picture shows: a screen, or several beside one another.

    `gutter` is how many cells are kept free for notes to the right of each screen, at least:
    a film keeps it the same throughout.
    """

    panes: tuple[Pane, ...]
    gutter: int = 0


class Shot(NamedTuple):
    """A scene of a film, shown from `at` on, in seconds since the film's beginning."""

    at: float
    scene: Scene


@dataclass(frozen=True, slots=True)
class Film:
    """Scenes in their order, the first at 0, all with screens of the same sizes; `seconds` is its length.

    One that is `turned` begins amid what it shows, and goes on there without a pause behind its last scene.
    """

    shots: tuple[Shot, ...]
    seconds: float
    turned: bool = False
