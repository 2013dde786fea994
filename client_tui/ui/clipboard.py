"""Copying: to the terminal's clipboard, and saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from client_tui.core.frame import Entry, Frame
from client_tui.core.printable import printable
from client_tui.render import amounts

if TYPE_CHECKING:
    from textual.app import App


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
    """Copy `text` (OSC 52, where the terminal takes it) and say that it was `what`."""
    app.copy_to_clipboard(text)
    size = amounts.size(len(text.encode("utf-8", "surrogatepass")))
    app.notify(printable(f"{what} · {size}"), title="Copied", timeout=2, markup=False)
