"""Secrets on a screen: the cells that show one, or a part of one that was cut or wrapped, show dots instead.

A screen is made of panes: a secret is cut where its pane ends, at an ellipsis, or where columns stand apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise, product
from typing import TYPE_CHECKING, Final, NamedTuple

from client_tui.core.secret_names import COVER, TELLING
from client_tui.picture.clusters import clusters
from client_tui.picture.picture import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.picture.clusters import Cluster
    from client_tui.picture.picture import Picture, Row

_BORDERS: Final = "│┃║▌▐▎▊▏▕█…"
_SEGMENT: Final = re.compile(rf"[^\s{_BORDERS}]+(?: [^\s{_BORDERS}]+)*")


class _Part(NamedTuple):
    """A stretch of a row, and which stretch of a secret it shows."""

    start: int
    end: int
    first: int
    last: int


class _Cells(NamedTuple):
    """A row: what is in its cells, all of it as one text, and of each character in which cluster it is."""

    clusters: list[Cluster]
    text: str
    owners: list[int]


def covered(picture: Picture, secrets: Iterable[str]) -> Picture:
    """Return `picture` with dots for each of `secrets`, which are as the screen would show them."""
    rows = [_cells(row) for row in picture.rows]
    hidden: list[set[int]] = [set() for _ in rows]
    for secret in {secret.strip() for secret in secrets} - {""}:
        for dots, stretches, cells in zip(
            hidden, _shown([row.text for row in rows], secret), rows, strict=True
        ):
            dots.update(cells.owners[at] for start, end in stretches for at in range(start, end))
    changed = (
        _dotted(cells.clusters, dots) if dots else row
        for row, cells, dots in zip(picture.rows, rows, hidden, strict=True)
    )
    return replace(picture, rows=tuple(changed))


def _cells(row: Row) -> _Cells:
    found = list(clusters(row))
    owners = [number for number, cluster in enumerate(found) for _ in cluster.text]
    return _Cells(found, "".join(cluster.text for cluster in found), owners)


def _dotted(row: list[Cluster], dots: set[int]) -> Row:
    """Return a row with dots in some of its clusters, as wide as they were."""
    cells = (
        (COVER * cluster.cells if number in dots else cluster.text, cluster.cells, cluster.pen)
        for number, cluster in enumerate(row)
    )
    runs = ((pen, list(parts)) for pen, parts in groupby(cells, lambda part: part[2]))
    return tuple(Run("".join(it[0] for it in parts), sum(it[1] for it in parts), pen) for pen, parts in runs)


def _shown(lines: list[str], secret: str) -> list[set[tuple[int, int]]]:
    """Return for each of the lines where it shows the secret: all of it, or a part that tells something."""
    shown = [set(_whole(line, secret)) for line in lines]
    parts = [list(_parts(line, secret)) for line in lines]
    for stretches, found in zip(shown, parts, strict=True):
        stretches.update((part.start, part.end) for part in found if part.end - part.start >= TELLING)
    for number, (above, below) in enumerate(pairwise(parts)):
        for upper, lower in product(above, below):
            if _goes_on(upper, lower, secret):
                shown[number].add((upper.start, upper.end))
                shown[number + 1].add((lower.start, lower.end))
    return shown


def _whole(line: str, secret: str) -> Iterator[tuple[int, int]]:
    """Yield where all of the secret stands: a short one only where it is no part of a longer word."""
    pattern = re.escape(secret)
    if len(secret) < TELLING:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    for match in re.finditer(f"(?={pattern})", line):
        yield match.start(), match.start() + len(secret)


def _parts(line: str, secret: str) -> Iterator[_Part]:
    """Yield what may be a part of the secret: at the end of a segment, at its beginning, or all of it."""
    length = len(secret)
    for segment in _SEGMENT.finditer(line):
        text, (start, end) = segment[0], segment.span()
        for size in range(1, min(len(text), length - 1) + 1):
            if text.endswith(secret[:size]):
                yield _Part(end - size, end, 0, size)
            if text.startswith(secret[-size:]):
                yield _Part(start, start + size, length - size, length)
        for match in re.finditer(f"(?={re.escape(text)})", secret):
            yield _Part(start, end, match.start(), match.start() + len(text))


def _goes_on(upper: _Part, lower: _Part, secret: str) -> bool:
    """Tell whether what one row shows goes on in the next one; a blank may have gone at the break."""
    if upper.last > lower.first or secret[upper.last : lower.first].strip():
        return False
    return lower.last - upper.first >= min(TELLING, len(secret))
