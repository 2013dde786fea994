"""A document for a TextArea that gives back what was put in, to the last character.

Textual's own splits at every line boundary that Unicode knows, U+2028 among them, and
joins with one kind of line break. Here a line ends at LF only, and all else is kept. What
a terminal must not be given is shown as a stand-in of the same length, so that columns on
the screen are columns in the text.
"""

from __future__ import annotations

import re
from typing import Final, overload

from rich.cells import cell_len
from textual.document._document import Document, EditResult, Location  # Textual exports them nowhere else
from textual.geometry import Size

_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")
_C0_PICTURES: Final = 0x2400  # U+2400 to U+241F picture U+0000 to U+001F
_DELETE_PICTURE: Final = "\u2421"
STAND_IN: Final = "\N{REPLACEMENT CHARACTER}"


def _stand_in(match: re.Match[str]) -> str:
    char = match[0]
    if char.isprintable():
        # A combining mark has no cell of its own; it stays, and is drawn over its base.
        return char
    if char < " ":
        return "\t" if char == "\t" else chr(_C0_PICTURES + ord(char))
    return _DELETE_PICTURE if char == "\x7f" else STAND_IN


def shown(line: str) -> str:
    """Return a line as it may be shown: each character that is not printable replaced by one that is."""
    if line.isascii() and line.isprintable():
        return line
    return _SUSPECT.sub(_stand_in, line)


class VerbatimDocument(Document):
    """A text whose lines end at LF; `text` is what went in, `lines` is what may be shown."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")
        self._shown = [shown(line) for line in self._lines]

    @property
    def lines(self) -> list[str]:
        """The lines as they are shown, each as long as the line it stands for."""
        return self._shown

    @overload
    def __getitem__(self, line_index: int) -> str: ...

    @overload
    def __getitem__(self, line_index: slice) -> list[str]: ...

    def __getitem__(self, line_index: int | slice) -> str | list[str]:
        return self._shown[line_index]

    def verbatim_line(self, row: int) -> str:
        """Return a line as it was put in."""
        return self._lines[row]

    def get_size(self, tab_width: int) -> Size:
        """Return the size of what is shown, in cells."""
        longest = max(map(len, self._shown))
        # Only a line of at least half the longest one's characters can be the widest.
        widths = (cell_len(line.expandtabs(tab_width)) for line in self._shown if len(line) * 2 >= longest)
        return Size(max(widths), len(self._shown))

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put `text` in the place of a range, and return where it ends and what it replaced.

        A range may end on the row after the last one, as it does where TextArea deletes the last line.
        """
        (top_row, top_column), (bottom_row, bottom_column) = sorted((start, end))
        replaced = self.get_text_range(start, end)
        inserted = text.split("\n")
        end_row = top_row + len(inserted) - 1
        end_column = len(inserted[-1]) + (top_column if len(inserted) == 1 else 0)
        inserted[0] = self._lines[top_row][:top_column] + inserted[0]
        if bottom_row < len(self._lines):
            inserted[-1] += self._lines[bottom_row][bottom_column:]
        self._lines[top_row : bottom_row + 1] = inserted
        self._shown[top_row : bottom_row + 1] = [shown(line) for line in inserted]
        return EditResult((end_row, end_column), replaced)
