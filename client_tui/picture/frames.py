"""A film as frames: of each, when it is shown and the smallest box that is another one than before.

They are drawn one after another, on one canvas: a film of any length takes no more memory than a short one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from PIL import Image, ImageChops

from client_tui.picture.film import seconds
from client_tui.picture.palette import Palette
from client_tui.picture.raster import Canvas, Extent, extent, frame_pairs, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from client_tui.picture.inks import Inks
    from client_tui.picture.layout import Box
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Scene

T = TypeVar("T")

MOST_PIXELS_OF_A_FILM: Final = 16_000_000
"""How large its frames may be: what packs them takes some thirty bytes for each pixel."""

_STRIP: Final = 128
"""Rows of pixels that are compared at a time."""


class Clock(NamedTuple):
    """How a format counts time: in how many ticks a second, and how many a frame is shown at least."""

    second: int
    shortest: int


class Patch(NamedTuple):
    """What is new in a frame at `x` and `y`, and what was there before."""

    image: Image.Image
    before: Image.Image
    x: int
    y: int


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


def frames(
    film: Film, look: Look, scale: int, inks: Inks, clock: Clock, pack: Callable[[Patch], T], grid: int = 1
) -> Iterator[tuple[T, int]]:
    """Yield each frame of a film as `pack` makes it, at once, and for how many ticks it is shown.

    The first shows all of it, the last is shown for a while. Patches begin at multiples of `grid`.

    Raises:
        ClientError: the film is larger than what can be packed in little memory.

    """
    size = film_extent(film, look)
    width, height = scale * size.width, scale * size.height
    if width * height > MOST_PIXELS_OF_A_FILM:
        raise too_large(width, height)
    canvas = Canvas(size, look, scale, inks)
    starts = _starts(film, clock)
    end = max(round(seconds(film) * clock.second), starts[-1][0] + clock.shortest)
    canvas.show(starts[0][1])
    blank = Image.new(inks.mode, canvas.image.size)
    last, since = pack(Patch(canvas.image.copy(), blank, 0, 0)), 0
    del blank
    for tick, scene in starts[1:]:
        if patch := _change(canvas, scene, grid):
            yield last, tick - since
            last, since = pack(patch), tick
            del patch
    yield last, end - since


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


def _change(canvas: Canvas, scene: Scene, grid: int) -> Patch | None:
    """Paint `scene`; return what is another one than before, or None where nothing is."""
    before = canvas.image.copy()
    painted = canvas.show(scene)
    box = painted and _differing(before, canvas.image, painted)
    if box is None:
        return None
    left, top, right, bottom = box
    box = left - left % grid, top - top % grid, right, bottom
    return Patch(canvas.image.crop(box), before.crop(box), box[0], box[1])


def _differing(before: Image.Image, image: Image.Image, painted: Box) -> tuple[int, int, int, int] | None:
    """Return the smallest box that holds all pixels of `painted` that are other ones than before."""
    found = []
    for start in range(painted.y, painted.bottom, _STRIP):
        within = painted.x, start, painted.right, min(start + _STRIP, painted.bottom)
        difference = ImageChops.difference(before.crop(within), image.crop(within))
        if box := difference.getbbox(alpha_only=False):
            found.append((box[0], box[1] + start, box[2], box[3] + start))
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts) + painted.x, min(tops), max(rights) + painted.x, max(bottoms)
