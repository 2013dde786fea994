"""The stretch of a text around a match: what a line shows when the match lies beyond its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from client_tui.core.printable import printable
from client_tui.render.spans import Line, Role, Span, foreign

if TYPE_CHECKING:
    from client_tui.core.needle import Needle

_BREAK: Final = re.compile(r"[ \t\r]*\n\s*")
_LONGEST_ESCAPE: Final = len(r"\U0001f600")


def excerpt(text: str, needle: Needle, cells: int) -> Line:
    """Return about `cells` cells of `text`, the first match in them, as one line; [] where there is none.

    A third of the cells is what stands before the match. It is without the colours of JSON,
    since it may begin within a token. A line break and the indentation after it are a mark.
    """
    found = needle.find(text)
    if found is None:
        return []
    start, end = found
    before = _ending(text[max(0, start - cells) : start], cells // 3)
    last = max(end, start + cells)
    line = [Span("…", Role.FOLD)] if start > len(before) else []
    line += _one_line(before + text[start:last])
    return [*line, Span("…", Role.FOLD)] if last < len(text) else line


def _ending(text: str, cells: int) -> str:
    """Return as much of the end of `text` as `cells` cells show."""
    while (over := cell_len(printable(text)) - cells) > 0:
        text = text[max(1, over // _LONGEST_ESCAPE) :]
    return text


def _one_line(text: str) -> Line:
    first, *rest = _BREAK.split(text)
    line = foreign(first, Role.PLAIN)
    for part in rest:
        line += [Span("⏎", Role.FOLD), *foreign(part, Role.PLAIN)]
    return line
