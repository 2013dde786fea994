"""A film as an SVG that moves by itself, without a script.

Each distinct row of a screen is drawn once, as a sprite, and jumps (SMIL) to where it is seen; otherwise it
is far off. So what a viewer has to keep grows with what is shown, not with how long it is shown. One that
does not move anything shows the end; and so does one whose reader has asked for less motion.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from client_tui.picture.film import seconds, steady
from client_tui.picture.layout import CELL_HEIGHT, lay_out
from client_tui.picture.svg_frame import before, behind, clipped, document, prefix_of, said
from client_tui.picture.svg_ink import Ink, backgrounds, drawings, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Picture, Row

T = TypeVar("T")

_AWAY: Final = "0 -9999"
"""Where nobody sees it."""

_SHARED_FROM: Final = 60  # characters: a shorter piece is no longer than a reference to it


class _Seen(NamedTuple):
    """A row on its screen: what is of the colour of the `ground` needs no drawing."""

    row: Row
    ground: str


class _Sprite(NamedTuple):
    """A row that is drawn once: what it is made of, and where it stands from which shots on, if anywhere."""

    pieces: tuple[str, ...]
    moves: list[tuple[int, int | None]]


def film_svg(film: Film, look: Look) -> str:
    """Return `film` as an animated SVG: the same bytes for the same film and look."""
    scenes = [shot.scene for shot in steady(film).shots]
    layouts = [lay_out(scene, look) for scene in scenes]
    clock = _Clock(film)
    rows = dict.fromkeys(row for scene in scenes for pane in scene.panes for row in pane.picture.rows)
    beside = dict.fromkeys((pane.title, pane.notes) for scene in scenes for pane in scene.panes)
    ink = Ink(prefix_of(look, *rows, *beside))
    panes = [[scene.panes[number].picture for scene in scenes] for number in range(len(scenes[0].panes))]
    sprites = [_sprites(pictures, ink) for pictures in panes]
    shared = _shared([sprite for screen in sprites for sprite in screen], ink)
    body = [
        _quiet(ink.prefix),
        f"<defs>{''.join(_named(piece, name) for piece, name in shared.items())}</defs>",
    ]
    for number, (pictures, screen) in enumerate(zip(panes, sprites, strict=True)):
        boxes = [layout.panes[number] for layout in layouts]
        moving = "".join(_placed(sprite, clock, shared, ink.prefix) for sprite in screen)
        body += [
            _in_turn(
                clock, [behind(*shown, look, ink) for shown in zip(boxes, pictures, strict=True)], ink.prefix
            ),
            clipped(boxes[0], f"{ink.prefix}w{number}", moving),
            _in_turn(clock, [before(*shown, ink) for shown in zip(boxes, pictures, strict=True)], ink.prefix),
        ]
    size = max(layout.width for layout in layouts), max(layout.height for layout in layouts)
    return document(size, look, ink, said(scenes[-1], look), "".join(body))


class _Clock:
    """When each shot of a film begins, as SMIL tells it: as a share of the whole."""

    def __init__(self, film: Film) -> None:
        times = [shot.at for shot in film.shots]
        self._seconds = seconds(film)
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


def _quiet(prefix: str) -> str:
    """Return the rules for who has asked for less motion: what moves makes way for what it ends as."""
    less = f".{prefix}m{{display:none}}.{prefix}s{{display:inline}}"
    return f"<style>.{prefix}s{{display:none}}@media(prefers-reduced-motion:reduce){{{less}}}</style>"


def _in_turn(clock: _Clock, markup: Sequence[str], prefix: str) -> str:
    """Return what each shot has around its screens, each shown in its time."""
    changes = _changes(markup)
    if len(changes) == 1:
        return markup[0]
    groups = []
    for part in dict.fromkeys(markup):
        shown = _changes([("none", "inline")[value == part] for value in markup])
        moving = f'<animate attributeName="display" {clock.timing(shown)}'
        groups.append(f'<g display="{shown[-1][1]}">{moving}{part}</g>')
    return f'<g class="{prefix}m">{"".join(groups)}</g><g class="{prefix}s">{markup[-1]}</g>'


def _sprites(pictures: Sequence[Picture], ink: Ink) -> list[_Sprite]:
    """Return what is drawn on a screen. A row that stands there twice at a time is two sprites."""
    drawn: dict[_Seen, tuple[str, ...]] = {}
    moves: dict[tuple[_Seen, int], list[tuple[int, int | None]]] = {}
    before: dict[tuple[_Seen, int], int] = {}
    for shot, picture in enumerate(pictures):
        now = _places(picture, drawn, ink)
        for sprite, y in now.items():
            if before.get(sprite) != y:
                moves.setdefault(sprite, [(0, None)] if shot else []).append((shot, y))
        for sprite in before.keys() - now.keys():
            moves[sprite].append((shot, None))
        before = now
    return [_Sprite(drawn[seen], steps) for (seen, _), steps in moves.items()]


def _places(picture: Picture, drawn: dict[_Seen, tuple[str, ...]], ink: Ink) -> dict[tuple[_Seen, int], int]:
    """Return where each row of a screen stands, the first of its like, the second …; draw the new ones."""
    counts = Counter[_Seen]()
    places = {}
    for y, row in enumerate(picture.rows):
        seen = _Seen(row, picture.background)
        if seen not in drawn:
            drawn[seen] = _pieces(seen, ink)
        if drawn[seen]:
            places[seen, counts[seen]] = y
            counts[seen] += 1
    return places


def _pieces(seen: _Seen, ink: Ink) -> tuple[str, ...]:
    fills = backgrounds([seen.row], seen.ground), drawings([seen.row])
    return tuple(piece for piece in (*fills, *texts(seen.row, 0, ink)) if piece)


def _placed(sprite: _Sprite, clock: _Clock, shared: Mapping[str, str], prefix: str) -> str:
    """Return a sprite at its place in the end, with its moves."""
    drawn = "".join(f'<use href="#{shared[it]}"/>' if it in shared else it for it in sprite.pieces)
    moves = [(shot, _AWAY if y is None else f"0 {y * CELL_HEIGHT}") for shot, y in sprite.moves]
    place = f'transform="translate({moves[-1][1]})"'
    if len(moves) == 1:
        return f"<g {place}>{drawn}</g>"
    moving = f'<animateTransform attributeName="transform" type="translate" {clock.timing(moves)}'
    still = f'<g class="{prefix}s" {place}>{drawn}</g>' if sprite.moves[-1][1] is not None else ""
    return f'<g class="{prefix}m" {place}>{moving}{drawn}</g>{still}'


def _shared(sprites: Iterable[_Sprite], ink: Ink) -> dict[str, str]:
    """Return the names of the pieces that stand in several sprites."""
    counts = Counter(piece for sprite in sprites for piece in sprite.pieces)
    shared = (piece for piece, count in counts.items() if count > 1 and len(piece) > _SHARED_FROM)
    return {piece: f"{ink.prefix}p{number}" for number, piece in enumerate(shared)}


def _named(piece: str, name: str) -> str:
    """Return an element with a name to refer to it; a drawing may be several."""
    return f'<g id="{name}">{piece}</g>'
