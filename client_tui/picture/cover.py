"""Secrets on a screen: the cells that show one, or a part of one that was cut or wrapped, show dots instead.

A screen is made of panes: a secret is cut where its pane ends, at an ellipsis, or where columns stand apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from client_tui.core.secret_names import COVER, TELLING
from client_tui.picture.clusters import clusters
from client_tui.picture.picture import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.core.secrets_told import Secret
    from client_tui.picture.clusters import Cluster
    from client_tui.picture.picture import Picture, Row

_BORDERS: Final = "│┃║▌▐▎▊▏▕█…"
_SEGMENT: Final = re.compile(rf"[^\s{_BORDERS}]+(?: [^\s{_BORDERS}]+)*")


_COVERED: Final = re.compile(rf"{COVER}+")
_LETTER: Final = re.compile(r"\w")
_BEGINNING: Final = 8
"""With so many characters a text begins like a secret by no accident."""
_MOST: Final = 16
"""How many of its parts are looked at where one segment may show many: they all show the same letters."""


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


def covered(picture: Picture, secrets: Iterable[Secret]) -> Picture:
    """Return `picture` with dots for each of `secrets`."""
    wanted = {secret for secret in secrets if secret.text.strip()}
    if not wanted:
        return picture
    rows = [_cells(row) for row in picture.rows]
    lines = [row.text for row in rows]
    hidden: list[set[int]] = [set() for _ in rows]
    for secret in wanted:
        for dots, stretches, cells in zip(hidden, _shown(lines, secret), rows, strict=True):
            dots.update(cells.owners[at] for start, end in stretches for at in range(start, end))
    changed = (
        _dotted(cells.clusters, dots) if dots else row
        for row, cells, dots in zip(picture.rows, rows, hidden, strict=True)
    )
    return replace(picture, rows=tuple(changed))


def places(picture: Picture) -> int:
    """Return in how many places something is covered in a picture."""
    return sum(len(_COVERED.findall(line)) for line in picture.lines)


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


def _shown(lines: list[str], secret: Secret) -> list[set[tuple[int, int]]]:
    """Return for each of the lines where it shows the secret: all of it, or a part that tells something."""
    shown = [set(_whole(line, secret)) for line in lines]
    if secret.before:
        return shown
    text = secret.text.strip()
    parts = [_parts(line, text) for line in lines]
    for line, stretches, found in zip(lines, shown, parts, strict=True):
        stretches.update((part.start, part.end) for part in found if not _is_short(part))
        stretches.update(_begun(line, text))
    for number, (above, below) in enumerate(pairwise(parts)):
        for upper, lower in _going_on(above, below, text):
            shown[number].add((upper.start, upper.end))
            shown[number + 1].add((lower.start, lower.end))
    return shown


def _is_short(part: _Part) -> bool:
    return part.end - part.start < TELLING


def _whole(line: str, secret: Secret) -> Iterator[tuple[int, int]]:
    """Yield where all of the secret stands: a short one only where it is no part of a longer word."""
    text, before = secret.text.strip(), secret.before
    at = line.find(before + text)
    while at >= 0:
        start, end = at + len(before), at + len(before) + len(text)
        if len(text) >= TELLING or _is_word(line, start, end):
            yield start, end
        at = line.find(before + text, at + 1)


def _begun(line: str, secret: str) -> Iterator[tuple[int, int]]:
    """Yield where a secret begins, and goes on in another way: one that is being typed, say."""
    if len(secret) > _BEGINNING:
        for start in _places(secret[:_BEGINNING], line):
            same = takewhile(lambda pair: pair[0] == pair[1], zip(line[start:], secret, strict=False))
            yield start, start + len(list(same))


def _is_word(line: str, start: int, end: int) -> bool:
    """Tell whether what stands there is no part of a longer word."""
    return not _LETTER.match(line[start - 1 : start]) and not _LETTER.match(line[end : end + 1])


@lru_cache(8_192)
def _parts(line: str, secret: str) -> tuple[_Part, ...]:
    """Return what may be a part of the secret: at the end of a segment, at its beginning, or all of it.

    The parts of a line are remembered: in a film most lines are those of the picture before.
    """
    found: list[_Part] = []
    for segment in _SEGMENT.finditer(line):
        start, end = segment.span()
        found += (_Part(end - size, end, 0, size) for size in _overlaps(segment[0], secret))
        for size in _overlaps(secret, segment[0]):
            found.append(_Part(start, start + size, len(secret) - size, len(secret)))
        for at in islice(_places(segment[0], secret), _MOST):
            found.append(_Part(start, end, at, at + len(segment[0])))
    return tuple(found)


def _overlaps(first: str, second: str) -> list[int]:
    """Return how many characters at the end of one text may be the beginning of another, shorter than it.

    Of a text that is much the same throughout, these are the most and the fewest.
    """
    head, longest = second[0], min(len(first), len(second))
    starts = _places(head, first[len(first) - longest :])
    sizes = [longest - at for at in starts if second.startswith(first[len(first) - longest + at :])]
    return sizes if len(sizes) <= _MOST else [*sizes[: _MOST - TELLING], *sizes[-TELLING:]]


def _places(text: str, within: str) -> Iterator[int]:
    """Yield where one text stands in another."""
    at = within.find(text)
    while at >= 0:
        yield at
        at = within.find(text, at + 1)


def _going_on(above: Iterable[_Part], below: Iterable[_Part], secret: str) -> Iterator[tuple[_Part, _Part]]:
    """Yield what one row shows and the next one goes on with; a blank may have gone at the break.

    What is no short part on either side is covered by itself.
    """
    begun = defaultdict(list)
    for lower in below:
        begun[lower.first].append(lower)
    least = min(TELLING, len(secret))
    for upper in above:
        at = upper.last
        while at in begun or secret[at : at + 1].isspace():
            for lower in begun.get(at, ()):
                if (_is_short(upper) or _is_short(lower)) and lower.last - upper.first >= least:
                    yield upper, lower
            if not secret[at : at + 1].isspace():
                break
            at += 1
