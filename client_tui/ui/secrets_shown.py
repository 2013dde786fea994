"""What a picture of the screen must not show: the secrets of the settings, and those that servers told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Notice
from client_tui.core.printable import printable
from client_tui.record.secrets import secret_texts, secrets_said
from client_tui.render.spans import plain
from client_tui.ui.document_view import DocumentView
from client_tui.ui.editor import Editor
from client_tui.ui.history import HistoryPane

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.dom import DOMNode
    from textual.screen import Screen

    from client_tui.picture.picture import Picture

_FRAMES: Final = " │┃║▌▐▎▊▏▕█"
"""What may stand at the end of a row and is no part of its text: blanks, borders, scrollbars."""


def secrets_shown(
    picture: Picture, screens: Iterable[Screen[object]], headers: Iterable[tuple[str, str]]
) -> set[str]:
    """Return the texts to be covered in a picture of `screens`; `headers` are those of the settings.

    What is told in these may be shown as a hex dump, too.
    """
    known = secret_texts(headers)
    secrets = {*known, *(secret.encode("utf-8", "surrogatepass").hex(" ") for secret in known)}
    for words in _read(picture, screens):
        secrets.update(secrets_said(words))
    return set(map(printable, secrets))


def _read(picture: Picture, screens: Iterable[Screen[object]]) -> Iterator[str]:
    """Yield what can be read, row by row; and by panes, where what is wrapped or cut stands in full."""
    yield from (line.rstrip(_FRAMES) for line in picture.lines)
    for screen in screens:
        yield from map(_words, screen.query("*"))


def _words(widget: DOMNode) -> str:
    match widget:
        case DocumentView():
            return _of_document(widget)
        case HistoryPane():
            return _of_history(widget)
        case Editor():
            return widget.text
    return ""


def _of_document(view: DocumentView) -> str:
    """Return the lines in the window; of a long one the stretch there and the one before it."""
    document, before, words = view.document, -1, ""
    rows = [anchor.row for anchor in view.viewport.visible()]
    for row in range(max(0, min(rows) - 1), max(rows) + 1) if rows else ():
        line = document.line_of(row)
        words += ("" if line == before else "\n") + plain(document.row(row))
        before = line
    return words


def _of_history(pane: HistoryPane) -> str:
    """Return all that is said by the notices in the window: of frames only the rows are looked at."""
    indices = {pane.view.index(anchor.row) for anchor in pane.viewport.visible()}
    entries = (pane.transcript[index] for index in sorted(indices) if pane.transcript.is_notice(index))
    return "\n".join(f"{each.text}\n{each.detail}" for each in entries if isinstance(each, Notice))
