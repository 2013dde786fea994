"""The line at the bottom: the keys that can be pressed now, as many as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what Textual's footer is made of; it has no public name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

# The actions of the keys that lead out, and of the one that leads to all the others: they always have room.
_KEPT: Final = frozenset(("help", "close", "dismiss", "leave"))
_BLANKS: Final = 3  # before a key, behind it, and behind its label


class KeyLine(Footer):
    """Textual's footer, in which no key is cut off: what has no room is in the help."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Make the keys that have room."""
        yield from fitting(super().compose(), self.size.width)

    def on_resize(self, _event: events.Resize) -> None:
        """Choose anew: there is more room, or less."""
        self.call_after_refresh(self.recompose)


def fitting(keys: Iterable[Widget], cells: int) -> Iterator[Widget]:
    """Yield the keys that have room, in their order; the ways out and to the help are among them."""
    every = [key for key in keys if isinstance(key, FooterKey)]
    left = cells - sum(_width(key) for key in every if key.action in _KEPT)
    for key in every:
        if key.action in _KEPT:
            yield key
        elif left >= _width(key):
            left -= _width(key)
            yield key
        else:
            left = 0  # none that comes later goes before it


def _width(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + _BLANKS
