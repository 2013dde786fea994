"""The documents on the screen, as far as they stand there: with what is around them, to know what is what."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.widgets import Input

from client_tui.core.frame import Frame
from client_tui.core.printable import decoded
from client_tui.core.secrets_told import Secret, Told, in_document
from client_tui.render.hexdump import BYTES_A_LINE, HexLines
from client_tui.render.viewers import HEX
from client_tui.ui.attachment import Attachment
from client_tui.ui.document_view import LONG, DocumentView
from client_tui.ui.editor import Editor
from client_tui.ui.history import HistoryPane

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.dom import DOMNode
    from textual.screen import Screen

    from client_tui.core.needle import Needle
    from client_tui.render.rows import Row

_LEAD: Final = 64 * 1024
"""How many characters before the window are read, of a line or of a dump: the name of what stands there."""
_BEYOND: Final = 64
"""How many characters behind the window's edge are read: what takes no cells does not count."""
_LONGEST_CHARACTER: Final = 4
"""Bytes of UTF-8: where one begins that is cut in two."""
_HEX: Final = slice(10, 58)
"""Where the bytes stand in a line of a dump."""


class Shown(NamedTuple):
    """A stretch of a document; what is seen of it begins at `seen_from`, and leads to the rest before.

    Where it is shown as bytes, its secrets are covered as such too.
    """

    text: str
    seen_from: int = 0
    is_hex: bool = False

    def told(self) -> Iterator[Told]:
        """Yield what is seen of it under secret names."""
        for each in in_document(self.text):
            if each.end > self.seen_from:
                bytes_too = (Secret(in_hex(secret.text)) for secret in each.secrets if self.is_hex)
                yield each._replace(secrets=(*each.secrets, *bytes_too))


def in_hex(text: str) -> str:
    """Return how a hex dump shows a text."""
    return text.encode("utf-8", "surrogatepass").hex(" ")


def documents_shown(screens: Iterable[Screen[object]]) -> Iterator[Shown]:
    """Yield all that may be a document, or a stretch of one."""
    for screen in screens:
        for widget in screen.walk_children():
            yield from _shown_in(widget)


def _shown_in(widget: DOMNode) -> Iterator[Shown]:
    match widget:
        case DocumentView():
            yield from _in_view(widget)
        case HistoryPane():
            yield from _in_history(widget)
        case Editor():
            yield Shown(widget.text)
        case Input():
            yield Shown(widget.value)
        case Attachment():
            yield Shown(widget.text[:_LEAD])


def _in_view(view: DocumentView) -> Iterator[Shown]:
    """Yield the lines in the window; of a long one no more than the stretch there and what leads to it."""
    rows = [anchor.row for anchor in view.viewport.visible()]
    if not rows:
        return
    (first, start), (last, end) = view.document.place(rows[0]), view.document.place(rows[-1])
    lines = view.document.lines
    if isinstance(lines, HexLines):
        yield _bytes_in(lines, first, last)
        return
    window = list(lines[first : last + 1])
    window[-1] = window[-1][: end + LONG]
    lead = window[0][max(0, start - _LEAD) : start]
    window[0] = window[0][start:]
    yield _behind([*_openers(lines, first), lead], "\n".join(window))


def _behind(lead: list[str], seen: str) -> Shown:
    """Return what is seen, behind what leads to it: the last of that stands in the same line."""
    before = "\n".join(lead)
    return Shown(before + seen, len(before))


def _bytes_in(lines: HexLines, first: int, last: int) -> Shown:
    """Return what the lines of a dump say, and those before them."""
    begin = max(0, first - _LEAD // BYTES_A_LINE // 4)
    payload = b"".join(bytes.fromhex(line[_HEX]) for line in lines[begin : last + 1])
    lead = decoded(payload[: max(0, (first - begin) * BYTES_A_LINE - _LONGEST_CHARACTER)])
    return Shown(decoded(payload), len(lead), is_hex=True)


def _openers(lines: Sequence[str], index: int) -> list[str]:
    """Return the lines that open what a line of a document laid out stands in, the outermost first."""
    found: list[str] = []
    pad = _indent(lines[index])
    at = index
    while pad and at:
        at -= 1
        if not lines[at].startswith(pad) and lines[at].strip():
            found.append(lines[at][-_LEAD:])
            pad = _indent(lines[at])
    return found[::-1]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _in_history(pane: HistoryPane) -> Iterator[Shown]:
    """Yield what is seen of each entry in the window."""
    cells = pane.size.width + _BEYOND
    for number, anchors in groupby(pane.viewport.visible(), lambda anchor: anchor.row):
        row = pane.layouts.row(pane.view.index(number))
        seen = [anchor.line for anchor in anchors]
        yield _in_row(row, seen[0], seen[-1], cells)
        if pane.needle is not None and number == pane.cursor:
            yield from (_around(row, line, pane.needle, cells) for line in seen)


def _in_row(row: Row, first: int, last: int, cells: int) -> Shown:
    """Return what is seen of an entry, from one of its lines to another; the lines are cut at the edge."""
    if row.lines is None:
        head = row.entry.payload[: cells * 4] if isinstance(row.entry, Frame) else b""
        return Shown(decoded(head)[:cells], is_hex=row.viewer is HEX)
    if isinstance(row.lines, HexLines):
        return _bytes_in(row.lines, first, last)
    window = [line[:cells] for line in row.lines[first : last + 1]]
    return _behind([*(_openers(row.lines, first) if window else ()), ""], "\n".join(window))


def _around(row: Row, number: int, needle: Needle, cells: int) -> Shown:
    """Return the stretch around what is searched for: a line shows that where it is further along."""
    if row.lines is None:
        entry = row.whole()
        text = decoded(entry.payload) if isinstance(entry, Frame) else ""
    else:
        text = row.lines[number] if number < len(row.lines) else ""
    found = needle.find(text)
    if found is None:
        return Shown("")
    start, end = found
    begin, seen = max(0, start - _LEAD), max(0, start - cells)
    return Shown(text[begin : end + cells], seen - begin)
