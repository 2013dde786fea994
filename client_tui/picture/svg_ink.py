"""Rows of cells as SVG: text that stays text, and below and beside it the shapes that no font draws.

Coordinates are pixels from the upper left corner of the screen's first cell.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from client_tui.picture.blocks import Arc, Rect, shapes
from client_tui.picture.clusters import clusters
from client_tui.picture.layout import BASELINE, CELL_HEIGHT, CELL_WIDTH, FONT_SIZE, STRIKE, UNDERLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from client_tui.picture.clusters import Cluster
    from client_tui.picture.picture import Row

FONTS: Final = (
    '"JetBrains Mono","SF Mono",Menlo,"Cascadia Mono",Consolas,"DejaVu Sans Mono","Liberation Mono",monospace'
)
"""What a reader of an SVG or a page may have; none is ever loaded."""

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """Return `text` for the content or the attribute of an element."""
    return text.translate(_ESCAPES)


class _Face(NamedTuple):
    color: str
    bold: bool
    italic: bool


class Ink:
    """The classes of a picture's text: each colour and face has one, `prefix` and a number."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self._faces: dict[_Face, str] = {}

    def name(self, color: str, *, bold: bool = False, italic: bool = False) -> str:
        """Return the class of text in a colour."""
        return self._faces.setdefault(_Face(color, bold, italic), f"{self.prefix}{len(self._faces)}")

    @property
    def style(self) -> str:
        """Return what holds for all text, by the class of the whole, and the rules of all classes so far.

        A rule names one class only: within a ``<use>``, nothing is below the whole.
        """
        font = f"font:{FONT_SIZE}px {FONTS};font-variant-ligatures:none"
        return f".{self.prefix}{{{font}}}" + "".join(
            f".{name}{{fill:{face.color}"
            f"{';font-weight:700' if face.bold else ''}{';font-style:italic' if face.italic else ''}}}"
            for face, name in self._faces.items()
        )


def backgrounds(rows: Sequence[Row], ground: str) -> str:
    """Return what is behind the text of `rows`, but for what is of the colour of the `ground` anyway."""
    fills = defaultdict[str, list[Rect]](list)
    for y, row in enumerate(rows):
        x = 0
        for run in row:
            width = run.cells * CELL_WIDTH
            if run.pen.background != ground:
                fills[run.pen.background].append(Rect(x, y * CELL_HEIGHT, width, CELL_HEIGHT))
            x += width
    return "".join(_path(color, _merged(rects)) for color, rects in fills.items())


def drawings(rows: Sequence[Row]) -> str:
    """Return the lines and blocks among the text of `rows`, and the lines below and through it."""
    straight = defaultdict[tuple[str, float], list[Rect]](list)
    bent = defaultdict[str, list[Arc]](list)
    for y, row in enumerate(rows):
        for cluster in clusters(row):
            for shape in _shapes(cluster):
                x_at, y_at = shape.x + cluster.column * CELL_WIDTH, shape.y + y * CELL_HEIGHT
                if isinstance(shape, Rect):
                    straight[cluster.pen.color, shape.alpha].append(shape._replace(x=x_at, y=y_at))
                else:
                    bent[cluster.pen.color].append(shape._replace(x=x_at, y=y_at))
    lines = (_path(color, _merged(rects), alpha) for (color, alpha), rects in straight.items())
    arcs = (f'<path fill="{color}" d="{"".join(map(_arc, arcs))}"/>' for color, arcs in bent.items())
    return "".join((*lines, *arcs))


def _shapes(cluster: Cluster) -> Iterator[Rect | Arc]:
    yield from shapes(cluster.text) or ()
    if cluster.pen.underline:
        yield Rect(0, UNDERLINE, cluster.cells * CELL_WIDTH, 1)
    if cluster.pen.strike:
        yield Rect(0, STRIKE, cluster.cells * CELL_WIDTH, 1)


def _merged(rects: Iterable[Rect]) -> list[Rect]:
    """Return as few rectangles that fill the same: neighbours in a line, then lines above one another."""
    lines: list[Rect] = []
    for rect in sorted(rects, key=lambda rect: (rect.y, rect.height, rect.x)):
        last = lines[-1] if lines else None
        if last and (last.y, last.height) == (rect.y, rect.height) and rect.x <= last.x + last.width:
            right = max(last.x + last.width, rect.x + rect.width)
            lines[-1] = last._replace(width=right - last.x)
        else:
            lines.append(rect)
    areas: list[Rect] = []
    for rect in sorted(lines, key=lambda rect: (rect.x, rect.width, rect.y)):
        last = areas[-1] if areas else None
        if last and (last.x, last.width) == (rect.x, rect.width) and rect.y <= last.y + last.height:
            bottom = max(last.y + last.height, rect.y + rect.height)
            areas[-1] = last._replace(height=bottom - last.y)
        else:
            areas.append(rect)
    return areas


def _path(color: str, rects: Iterable[Rect], alpha: float = 1.0) -> str:
    lines = "".join(f"M{rect.x} {rect.y}h{rect.width}v{rect.height}h-{rect.width}z" for rect in rects)
    shade = f' fill-opacity="{alpha}"' if alpha < 1 else ""
    return f'<path shape-rendering="crispEdges" fill="{color}"{shade} d="{lines}"/>'


def _arc(arc: Arc) -> str:
    """Return the outline of a quarter of a ring: out along one side of it, and back along the other."""
    clockwise = arc.right == arc.down
    outer_end, inner_start = arc.y + arc.down * arc.outer, arc.y + arc.down * arc.inner
    return (
        f"M{arc.x + arc.right * arc.outer} {arc.y}"
        f"A{arc.outer} {arc.outer} 0 0 {clockwise:d} {arc.x} {outer_end}V{inner_start}"
        f"A{arc.inner} {arc.inner} 0 0 {not clockwise:d} {arc.x + arc.right * arc.inner} {arc.y}z"
    )


def texts(row: Row, y: int, ink: Ink) -> Iterator[str]:
    """Yield the text of a row whose cells begin `y` pixels down, run by run."""
    for stretch in _stretches(row):
        pen = stretch[0].pen
        name = ink.name(pen.color, bold=pen.bold, italic=pen.italic)
        draw = _run if stretch[0].is_sure else _placed
        yield draw(stretch, y + BASELINE, name)


def _stretches(row: Row) -> Iterator[list[Cluster]]:
    """Yield what is written as one element: neighbours in one pen, from the first that is no blank on.

    No two blanks follow one another in it: viewers do not agree on keeping them.
    """
    stretch: list[Cluster] = []
    for cluster in clusters(row):
        if stretch and not _continues(stretch[-1], cluster):
            yield stretch
            stretch = []
        if stretch or (cluster.text != " " and not shapes(cluster.text)):
            stretch.append(cluster)
    if stretch:
        yield stretch


def _continues(last: Cluster, cluster: Cluster) -> bool:
    """Tell whether two clusters may be in one element."""
    if last.pen != cluster.pen or last.column + last.cells != cluster.column or shapes(cluster.text):
        return False
    if last.is_sure:
        return cluster.is_sure and (last.text, cluster.text) != (" ", " ")
    return not cluster.is_sure


def _run(stretch: list[Cluster], baseline: int, name: str) -> str:
    """Return text of which each character takes a cell: as wide as they are, in any font."""
    text = "".join(cluster.text for cluster in stretch).rstrip()
    width = f' textLength="{len(text) * CELL_WIDTH}" lengthAdjust="spacingAndGlyphs"' if len(text) > 1 else ""
    x = stretch[0].column * CELL_WIDTH
    return f'<text x="{x}" y="{baseline}"{width} class="{name}">{escaped(text)}</text>'


def _placed(stretch: list[Cluster], baseline: int, name: str) -> str:
    """Return characters that may be of any width, each in the middle of its own cells.

    A list of places would be shorter, but librsvg heeds only its first.
    """
    places = [f'x="{(cluster.column + cluster.cells / 2) * CELL_WIDTH:g}"' for cluster in stretch]
    texts = [escaped(cluster.text) for cluster in stretch]
    rest = f'y="{baseline}" text-anchor="middle" class="{name}"'
    if len(stretch) == 1:
        return f"<text {places[0]} {rest}>{texts[0]}</text>"
    spans = (f"<tspan {place}>{text}</tspan>" for place, text in zip(places, texts, strict=True))
    return f"<text {rest}>{''.join(spans)}</text>"
