"""Copying: to the terminal's clipboard, and saying so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from client_tui.core import amounts
from client_tui.core.frame import Entry, Frame
from client_tui.core.printable import escape, printable

if TYPE_CHECKING:
    from textual.app import App


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NAME: Final = 60  # characters; a longer path would make a notification that covers the screen


def wire_text(entry: Entry) -> str:
    """Return an entry as text: a payload as it was on the wire, in hex where it is not UTF-8."""
    if not isinstance(entry, Frame):
        return "\n".join(filter(None, (entry.text, entry.detail)))
    try:
        return entry.payload.decode()
    except UnicodeDecodeError:
        return entry.payload.hex(" ")


def copy_entry(app: App[Any], entry: Entry) -> None:
    """Copy an entry as it was on the wire."""
    copy(app, wire_text(entry), "the frame" if isinstance(entry, Frame) else "the notice")


def copy(app: App[Any], text: str, what: str) -> None:
    """Copy `text` (OSC 52, where the terminal takes it) and say that it was `what`.

    What has no UTF-8, a byte of a broken text for one, is copied as it is shown: as an escape.
    """
    copied = _SURROGATE.sub(lambda match: escape(match[0]), text)
    app.copy_to_clipboard(copied)
    name = what if len(what) <= _NAME else f"{what[:_NAME]}…"
    size = amounts.size(len(copied.encode()))
    app.notify(printable(f"{name} · {size}"), title="Copied", timeout=2, markup=False)
