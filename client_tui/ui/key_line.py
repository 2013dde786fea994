"""The line at the bottom: the keys that can be pressed now, as many as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual import events

# The actions of the keys that lead out, and of the one that leads to all the others: they always have room.
_KEPT: Final = frozenset(("help", "close", "dismiss", "leave"))


@dataclass(frozen=True, slots=True)
class Key:
    """A key that can be pressed: its name, how it is shown, and what it does in a word."""

    name: str
    display: str
    label: str
    action: str

    @property
    def cells(self) -> int:
        """How many cells it takes: a blank before it, behind it, and behind its label."""
        return cell_len(self.display) + cell_len(self.label) + 3


class KeyLine(Widget):
    """A footer in which no key is cut off: what has no room is in the help.

    It is one widget, where Textual's own has one for each key: those were a tenth of the
    client's start, and of each change of focus.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--label"}

    def on_mount(self) -> None:
        """Keep up with the focus, and with what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def keys(self) -> list[Key]:
        """Return the keys that have room, in their order."""
        found: dict[str, Key] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in found:
                display = self.app.get_key_display(binding)
                found[binding.action] = Key(binding.key, display, binding.description, binding.action)
        return list(fitting(found.values(), self.size.width))

    def render(self) -> Content:
        """Return the keys, each with its label."""
        key_style = self.get_visual_style("key-line--key", partial=True)
        label_style = self.get_visual_style("key-line--label", partial=True)
        return Content.assemble(
            *(
                part
                for key in self.keys()
                for part in ((f" {key.display} ", key_style), (f"{key.label} ", label_style))
            )
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that was clicked."""
        end = 0
        for key in self.keys():
            end += key.cells
            if event.x < end:
                self.app.simulate_key(key.name)
                return


def fitting(keys: Iterable[Key], cells: int) -> Iterator[Key]:
    """Yield the keys that have room, in their order; the ways out and to the help are among them."""
    every = list(keys)
    left = cells - sum(key.cells for key in every if key.action in _KEPT)
    for key in every:
        if key.action in _KEPT:
            yield key
        elif left >= key.cells:
            left -= key.cells
            yield key
        else:
            left = 0  # none that comes later goes before it
