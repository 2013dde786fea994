"""The last door before the terminal: nothing that a terminal would obey gets past it.

What the client shows is made safe, and visible, where it comes in. Textual's own widgets
make nothing safe: an Input holds what was pasted into it, the footer the names of keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from client_tui.ui.verbatim import STAND_IN

if TYPE_CHECKING:
    from textual.color import Color


class LastDoor(LineFilter):
    """Replaces each character that is not printable by a stand-in as wide, which is mostly nothing."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the base's
        """Return the segments of a line, harmless, in as many cells."""
        return [segment if segment.text.isprintable() else _harmless(segment) for segment in segments]


def _harmless(segment: Segment) -> Segment:
    text = "".join(char if char.isprintable() else STAND_IN * cell_len(char) for char in segment.text)
    return Segment(text, segment.style)
