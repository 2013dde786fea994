"""A film as an asciicast, version 2: what a terminal would have been told, for asciinema and its players.

https://docs.asciinema.org/manual/asciicast/v2/
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import chain, repeat, takewhile
from typing import TYPE_CHECKING, Final

from client_tui.picture.clusters import clusters, shown
from client_tui.picture.joined import joined, notes_width

if TYPE_CHECKING:
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Pen, Picture, Row, Run

_CLEARED: Final = "\x1b[?25l\x1b[2J"
"""Hides the cursor, which is among the cells, and clears the screen."""

# A player wants all sixteen, though all colours of the film are told in full.
_PALETTE: Final = (
    *("#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"),
    *("#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"),
)


def cast(film: Film, look: Look) -> str:
    """Return `film` as an asciicast: of each shot the cells that are not as before."""
    gutter = max(notes_width(shot.scene) for shot in film.shots)
    screens = [joined(shot.scene, gutter) for shot in film.shots]
    title = shown(film.shots[-1].scene.panes[0].title or look.title)
    before = (_nothing(screens[0]), *screens)
    events = [
        (shot.at, start + _painted(old, new))
        for shot, start, old, new in zip(
            film.shots, chain([_CLEARED], repeat("")), before, screens, strict=False
        )
    ]
    told = [event for event in events if event[1]] + [(film.seconds, "")]
    lines = [_header(screens[0], title), *([round(at, 3), "o", data] for at, data in told)]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _header(screen: Picture, title: str) -> dict[str, object]:
    theme = {"fg": screen.color, "bg": screen.background, "palette": ":".join(_PALETTE)}
    header = {"version": 2, "width": screen.width, "height": screen.height, "timestamp": 0}
    return {**header, "title": title, "env": {"TERM": "xterm-256color"}, "theme": theme}


def _nothing(screen: Picture) -> Picture:
    """Return a screen of the size of `screen` on which no row is as there."""
    return replace(screen, rows=((),) * screen.height)


def _painted(before: Picture, after: Picture) -> str:
    """Return what makes a terminal that shows one screen show another."""
    rows = enumerate(zip(before.rows, after.rows, strict=True))
    return "".join(_row(y, old, new) for y, (old, new) in rows if old != new)


def _row(y: int, before: Row, after: Row) -> str:
    """Return what paints the runs of a row that are not as before, from the first to the last."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    rest = before[same:][::-1], after[same:][::-1]
    same_at_end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*rest, strict=False)))
    x = sum(run.cells for run in after[:same])
    changed: list[str] = []
    for run in after[same : len(after) - same_at_end]:
        changed += [_at(x, y) if not changed or not changed[-1].isascii() else "", _run(run)]
        x += run.cells
    return f"{''.join(changed)}\x1b[m"


def _at(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


def _run(run: Run) -> str:
    """Return a run in its pen. No text of it can be a command: there is nothing but what is printable."""
    text = "".join(cluster.text for cluster in clusters((run,)))
    return f"\x1b[{_sgr(run.pen)}m{text}"


@cache
def _sgr(pen: Pen) -> str:
    """Return how a terminal is told of a pen: its colours in 24 bits (ECMA-48, ISO 8613-6)."""
    flags = zip((1, 3, 4, 9), pen[2:], strict=True)
    colors = ((38, pen.color), (48, pen.background))
    codes = [0, *(code for code, is_set in flags if is_set)]
    return ";".join(
        map(str, codes + [part for code, color in colors for part in (code, 2, *bytes.fromhex(color[1:]))])
    )
