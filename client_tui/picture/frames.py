"""A film as frames: of each, when it is shown and the smallest box that is another one than before.

They are drawn one after another, on one canvas: a film of any length takes no more memory than a short one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PIL import ImageChops

from client_tui.picture.film import seconds
from client_tui.picture.palette import Palette
from client_tui.picture.raster import Canvas, Extent, extent, frame_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from client_tui.picture.inks import Inks
    from client_tui.picture.layout import Box
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Scene


class Clock(NamedTuple):
    """How a format counts time: in how many ticks a second, and how many a frame is shown at least."""

    second: int
    shortest: int


class Patch(NamedTuple):
    """What is new in a frame at `x` and `y`, what was there before, and for how many ticks it is shown."""

    image: Image.Image
    before: Image.Image
    x: int
    y: int
    ticks: int


def film_extent(film: Film, look: Look) -> Extent:
    """Return how large a film is: as its largest scene, notes and all."""
    widths, heights = zip(*(extent(shot.scene, look) for shot in film.shots), strict=True)
    return Extent(max(widths), max(heights))


def film_palette(film: Film, look: Look) -> Palette:
    """Return a palette for all that a film shows."""
    uses: Counter[tuple[str, str]] = Counter()
    pictures = {pane.picture: None for shot in film.shots for pane in shot.scene.panes}
    for pair in {pair: None for picture in pictures for pair in frame_pairs(picture, look)}:
        uses[pair] += 1
    for row in {row: None for picture in pictures for row in picture.rows}:
        for run in row:
            uses[run.pen.color, run.pen.background] += len(run.text.replace(" ", "")) + 1
    return Palette(uses)


def patches(film: Film, look: Look, scale: int, inks: Inks, clock: Clock, grid: int = 1) -> Iterator[Patch]:
    """Yield the frames of a film; the first shows all of it, the last is shown for a while.

    `x` and `y` are multiples of `grid`.
    """
    canvas = Canvas(film_extent(film, look), look, scale, inks)
    starts = _starts(film, clock)
    end = max(round(seconds(film) * clock.second), starts[-1][0] + clock.shortest)
    last, since = _change(canvas, starts[0][1], grid, whole=True), 0
    for tick, scene in starts[1:]:
        patch = _change(canvas, scene, grid)
        if patch and last:
            yield last._replace(ticks=tick - since)
            last, since = patch, tick
    if last:
        yield last._replace(ticks=end - since)


def _starts(film: Film, clock: Clock) -> list[tuple[int, Scene]]:
    """Return when each scene begins, without those that would be shown for too few ticks."""
    starts: list[tuple[int, Scene]] = []
    for at, scene in film.shots:
        tick = round(at * clock.second)
        if starts and tick - starts[-1][0] < clock.shortest:
            starts[-1] = starts[-1][0], scene
        else:
            starts.append((tick, scene))
    return starts


def _change(canvas: Canvas, scene: Scene, grid: int, *, whole: bool = False) -> Patch | None:
    """Paint `scene`; return what is another one than before, or None where nothing is."""
    before = canvas.image.copy()
    painted = canvas.show(scene)
    if painted is None:
        return None
    box = (0, 0, *canvas.image.size) if whole else _differing(before, canvas.image, painted)
    if box is None:
        return None
    left, top, right, bottom = box
    box = left - left % grid, top - top % grid, right, bottom
    return Patch(canvas.image.crop(box), before.crop(box), box[0], box[1], 0)


def _differing(before: Image.Image, image: Image.Image, painted: Box) -> tuple[int, int, int, int] | None:
    within = painted.x, painted.y, painted.right, painted.bottom
    difference = ImageChops.difference(before.crop(within), image.crop(within))
    box = difference.getbbox(alpha_only=False)
    if box is None:
        return None
    left, top, right, bottom = box
    return left + painted.x, top + painted.y, right + painted.x, bottom + painted.y
