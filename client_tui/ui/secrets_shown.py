"""What a picture of the screen must not show: secrets of the settings, in URLs, and those that were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.widgets import Input, Static

from client_tui.core.frame import Notice
from client_tui.core.printable import printable
from client_tui.core.secrets_told import Secret, in_urls
from client_tui.record.secrets import secret_texts, secrets_said
from client_tui.render.spans import plain
from client_tui.ui.document_view import DocumentView
from client_tui.ui.documents_shown import documents_shown, in_hex
from client_tui.ui.editor import Editor
from client_tui.ui.header import ConnectionHeader
from client_tui.ui.history import HistoryPane
from client_tui.ui.recording_header import RecordingHeader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.dom import DOMNode
    from textual.screen import Screen

    from client_tui.picture.picture import Picture

_FRAMES: Final = " │┃║▌▐▎▊▏▕█"
"""What may stand at the end of a row and is no part of its text: blanks, borders, scrollbars."""


class Members(NamedTuple):
    """What documents on the screen tell under secret names: these names, and what is to be covered."""

    names: tuple[str, ...]
    secrets: frozenset[Secret]


def secrets_shown(
    picture: Picture, screens: Iterable[Screen[object]], headers: Iterable[tuple[str, str]]
) -> set[Secret]:
    """Return what is to be covered in a picture of `screens` whatever it is of; `headers` are the settings'.

    What is told in these may be shown as a hex dump, too.
    """
    known = secret_texts(headers)
    texts = {*known, *map(in_hex, known)}
    secrets: set[Secret] = set()
    for words in _read(picture, screens):
        texts.update(secrets_said(words))
        secrets |= in_urls(words)
    return {Secret(printable(text)) for text in texts} | _as_shown(secrets, screens)


def secrets_in_urls(picture: Picture, screens: Iterable[Screen[object]]) -> set[Secret]:
    """Return what is to be covered in a picture of `screens` since the query of a URL says it."""
    return _as_shown({each for words in _read(picture, screens) for each in in_urls(words)}, screens)


def members_shown(screens: Iterable[Screen[object]], known: set[Secret]) -> Members:
    """Return what documents tell under secret names, besides secrets that are `known`.

    No more of them is read than stands in the window.
    """
    told = [each for shown in documents_shown(screens) for each in shown.told() if {*each.secrets} - known]
    names = dict.fromkeys(printable(each.name) for each in told)
    return Members(tuple(names), frozenset(secret for each in told for secret in each.secrets))


def _as_shown(secrets: set[Secret], screens: Iterable[Screen[object]]) -> set[Secret]:
    shown = {Secret(printable(text), printable(before)) for text, before in secrets}
    if secrets and any(each.is_hex for each in documents_shown(screens)):
        shown |= {Secret(in_hex(text)) for text, before in secrets if not before}
    return shown


def _read(picture: Picture, screens: Iterable[Screen[object]]) -> Iterator[str]:
    """Yield what can be read, row by row; and by panes, where what is wrapped or cut stands in full."""
    yield from (line.rstrip(_FRAMES) for line in picture.lines)
    for screen in screens:
        yield from filter(None, map(_words, screen.walk_children()))


def _words(widget: DOMNode) -> str:
    match widget:
        case DocumentView():
            return _of_document(widget)
        case HistoryPane():
            return _of_history(widget)
        case Editor():
            return widget.text
        case Input():
            return widget.value
        case ConnectionHeader() | RecordingHeader():
            return widget.url
        case Static():
            shown = widget.render()
            return shown.plain if isinstance(shown, Content) else ""
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
