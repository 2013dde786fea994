"""A line to type into, in which keys do what they do in the order in which they were pressed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input


class LineInput(Input, inherit_bindings=False):
    """Textual's Input, for the lines of filter, search and places.

    Textual runs a binding only after the key has bubbled up to the app. By then the keys
    behind it are in the text: what a script types, or somebody quick, would be sent off by an
    Enter without its end, and what follows that Enter would be typed here. Enter, and the keys
    to scroll with, are left to whoever holds the line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if isinstance(binding, Binding) and binding.key != "enter"
    ]

    async def on_key(self, event: events.Key) -> None:
        """Do what a key means, here or to whoever holds the line."""
        if self.screen.focused is not self or not self.screen.is_current:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))  # for what has the focus now
            return
        bound = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if bound is None or bound.node is self.app:
            return
        if await self.app.run_action(bound.binding.action, bound.node):
            event.stop()
            event.prevent_default()

    def take(self, character: str) -> None:
        """Take what is typed before the line has the focus, over what is selected."""
        self.replace(character, *sorted(self.selection))
