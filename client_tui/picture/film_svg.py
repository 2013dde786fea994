"""A film as an SVG that moves by itself, without a script.

Each distinct row is written once. Where a row of the screen changes, all that it ever shows stands below one
another in a strip, of which one row is seen, and the strip jumps (SMIL). A viewer that does not move shows
the end.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH, gutter, lay_out
from client_tui.picture.svg_frame import before, behind, clipped, document, prefix_of, said
from client_tui.picture.svg_ink import Ink, backgrounds, drawings, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Picture, Row, Scene

T = TypeVar("T")

LAST_SECONDS: Final = 2.0
"""How long the end is shown, at least, before the film begins again."""

_SHARED_FROM: Final = 60  # characters: a shorter piece is no longer than a reference to it


class _Seen(NamedTuple):
    """A row on its screen: what is of the colour of the `ground` needs no drawing."""

    row: Row
    ground: str


def film_svg(film: Film, look: Look) -> str:
    """Return `film` as an animated SVG: the same bytes for the same film and look."""
    scenes = _with_one_gutter([shot.scene for shot in film.shots])
    layouts = [lay_out(scene, look) for scene in scenes]
    clock = _Clock(film)
    rows = dict.fromkeys(row for scene in scenes for pane in scene.panes for row in pane.picture.rows)
    ink = Ink(prefix_of(look, film.seconds, *rows))
    book = _Book(ink)
    body = []
    for number in range(len(scenes[0].panes)):
        boxes = [layout.panes[number] for layout in layouts]
        pictures = [scene.panes[number].picture for scene in scenes]
        name = f"{ink.prefix}w{number}"
        body += [
            _in_turn(clock, [behind(*shown, look, ink) for shown in zip(boxes, pictures, strict=True)]),
            clipped(boxes[0], name, _screen(clock, pictures, book)),
            _in_turn(clock, [before(*shown, ink) for shown in zip(boxes, pictures, strict=True)]),
        ]
    size = max(layout.width for layout in layouts), max(layout.height for layout in layouts)
    return document(
        size, look, ink, said(scenes[-1], look), f"<defs>{book.definitions}</defs>{''.join(body)}"
    )


def _with_one_gutter(scenes: Sequence[Scene]) -> list[Scene]:
    """Return the scenes with the same room for notes in all, so that no window moves."""
    room = max(max(scene.gutter, gutter(scene)) for scene in scenes)
    return [replace(scene, gutter=room) for scene in scenes]


class _Clock:
    """When each shot of a film begins, as SMIL tells it: as a share of the whole."""

    def __init__(self, film: Film) -> None:
        times = [shot.at for shot in film.shots]
        self._seconds = max(film.seconds, times[-1] + LAST_SECONDS)
        self._keys = [f"{at / self._seconds:.6f}".rstrip("0").rstrip(".") for at in times]

    def timing(self, changes: Iterable[tuple[int, str]]) -> str:
        """Return the attributes of what takes on a value at each of some shots, again and again."""
        shots, values = zip(*changes, strict=True)
        keys = ";".join(self._keys[shot] for shot in shots)
        return (
            f'calcMode="discrete" dur="{self._seconds:.3f}s" repeatCount="indefinite"'
            f' keyTimes="{keys}" values="{";".join(values)}"/>'
        )


def _changes(values: Sequence[T]) -> list[tuple[int, T]]:
    """Return each value that is not as the one before, and its number."""
    return [(at, value) for at, value in enumerate(values) if at == 0 or value != values[at - 1]]


def _in_turn(clock: _Clock, markup: Sequence[str]) -> str:
    """Return what each shot has around its screens, each shown in its time."""
    changes = _changes(markup)
    if len(changes) == 1:
        return markup[0]
    groups = []
    for part in dict.fromkeys(markup):
        shown = _changes([("hidden", "visible")[value == part] for value in markup])
        moving = f'<animate attributeName="visibility" {clock.timing(shown)}'
        groups.append(f'<g visibility="{shown[-1][1]}">{moving}{part}</g>')
    return "".join(groups)


def _screen(clock: _Clock, pictures: Sequence[Picture], book: _Book) -> str:
    """Return the rows of a screen, each still or as a strip."""
    parts = []
    for y in range(pictures[0].height):
        changes = _changes([_Seen(picture.rows[y], picture.background) for picture in pictures])
        if len(changes) == 1:
            parts.append(book.use(changes[0][1], y * CELL_HEIGHT))
        else:
            parts.append(_strip(clock, changes, y, pictures[0].width, book))
    return "".join(parts)


def _strip(clock: _Clock, changes: list[tuple[int, _Seen]], y: int, width: int, book: _Book) -> str:
    """Return a window of one row on the strip of all that stands there, and the jumps of the strip."""
    places = {
        seen: number * CELL_HEIGHT for number, seen in enumerate(dict.fromkeys(it for _, it in changes))
    }
    jumps = [(shot, f"0 {-places[seen]}") for shot, seen in changes]
    uses = "".join(book.use(seen, place) for seen, place in places.items())
    return (
        f'<svg y="{y * CELL_HEIGHT}" width="{width * CELL_WIDTH}" height="{CELL_HEIGHT}" overflow="hidden">'
        f'<g transform="translate({jumps[-1][1]})">'
        f'<animateTransform attributeName="transform" type="translate" {clock.timing(jumps)}{uses}</g></svg>'
    )


class _Book:
    """Each distinct row once, and each piece of a row that stands in several of them."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._rows: dict[_Seen, list[str]] = {}
        self._names: dict[_Seen, str] = {}

    def use(self, seen: _Seen, y: int) -> str:
        """Return the row, `y` pixels down; nothing where there is nothing to draw."""
        if seen not in self._rows:
            fills = [backgrounds([seen.row], seen.ground), drawings([seen.row])]
            self._rows[seen] = [piece for piece in (*fills, *texts(seen.row, 0, self._ink)) if piece]
            self._names[seen] = f"{self._ink.prefix}r{len(self._names)}"
        return f'<use href="#{self._names[seen]}" y="{y}"/>' if self._rows[seen] else ""

    @property
    def definitions(self) -> str:
        """Return all rows that were used."""
        counts = Counter(piece for pieces in self._rows.values() for piece in pieces)
        shared = [piece for piece, count in counts.items() if count > 1 and len(piece) > _SHARED_FROM]
        names = {piece: f"{self._ink.prefix}p{number}" for number, piece in enumerate(shared)}
        parts = [f'<g id="{name}">{piece}</g>' for piece, name in names.items()]
        for seen, pieces in self._rows.items():
            drawn = (f'<use href="#{names[piece]}"/>' if piece in names else piece for piece in pieces)
            parts.append(f'<g id="{self._names[seen]}">{"".join(drawn)}</g>')
        return "".join(parts)
