"""The line at the top of a recording: its name, when it began, where, and how much of it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from client_tui.core.printable import printable
from client_tui.render.spans import chop
from client_tui.ui.header import shortened

if TYPE_CHECKING:
    from textual.style import Style

_LEAST_NAME: Final = 24  # cells that the name has before the rest gives way


class RecordingHeader(Widget):
    """Shows what it is told."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("header--name", "header--url", "header--meta", "header--waiting", "header--failed"),
        *("header--sent", "header--received"),
    }

    name_of_file: reactive[str] = reactive("")
    started: reactive[str] = reactive("")
    """When the recording began, in words."""
    url: reactive[str] = reactive("")
    counts: reactive[tuple[int, int]] = reactive((0, 0))
    """How many data frames were sent, and how many received."""
    progress: reactive[float | None] = reactive(None)
    """How much of the file has been read, from 0 to 1; None where that is all of it."""
    trouble: reactive[str] = reactive("")
    """What is wrong with the file, in a few words."""

    def render(self) -> Content:
        """Lay the line out; where there is not enough room, the URL gives way first, then the start."""
        room = self.size.width - 2
        right = self._right()
        left = room - right.cell_length - 2
        name = Content.styled(
            f"▤ {shortened(printable(self.name_of_file), max(0, left - 2))}", self._style("name")
        )
        parts = [name]
        for words, style in ((self.started, "meta"), (printable(self.url), "url")):
            free = left - sum(part.cell_length + 2 for part in parts)
            if words and cell_len(words) <= free:
                parts.append(Content.styled(words, self._style(style)))
            elif style == "url" and (cut := shortened(words, free)):
                parts.append(Content.styled(cut, self._style(style)))
        shown = Content("  ").join(parts)
        gap = max(1, room - shown.cell_length - right.cell_length)
        return Content.assemble(" ", shown, " " * gap, right)

    def _right(self) -> Content:
        sent, received = self.counts
        room = max(0, self.size.width - _LEAST_NAME)
        trouble = chop(f"✗ {printable(self.trouble)}", room) if self.trouble else ""
        told = [
            Content.styled(trouble, self._style("failed")),
            Content.styled(self._reading, self._style("waiting")),
            Content.assemble(
                Content.styled(f"▲ {sent:,}", self._style("sent")),
                "  ",
                Content.styled(f"▼ {received:,}", self._style("received")),
            ),
        ]
        shown = [part for part in told if part.cell_length]
        while shown and sum(part.cell_length + 2 for part in shown) - 2 > room:
            shown.pop()
        return Content("  ").join(shown)

    @property
    def _reading(self) -> str:
        return "" if self.progress is None else f"reading {int(self.progress * 100)} %"

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"header--{name}", partial=True)
