"""A document for a TextArea that gives back what was put in, to the last character.

Textual's own splits at every line boundary that Unicode knows, U+2028 among them, and
joins with one kind of line break. Here a line ends at LF only, and all else is kept. What
a terminal must not be given is shown as a stand-in of the same length, so that columns on
the screen are columns in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, overload

from textual.document._document import Document, EditResult, Location  # Textual exports them nowhere else
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import expand_tabs_inline
from textual.geometry import Offset, Size

from client_tui.core.printable import is_printable
from client_tui.ui.line_window import width

_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")
_TAB: Final = "\t"
_C0_PICTURES: Final = 0x2400  # U+2400 to U+241F picture U+0000 to U+001F
_DELETE_PICTURE: Final = "\u2421"
STAND_IN: Final = "\N{REPLACEMENT CHARACTER}"


def _stand_in(match: re.Match[str]) -> str:
    char, at = match[0], match.start()
    # A mark has no cell of its own, and may be drawn over the character that it belongs to only.
    if is_printable(char) or is_printable(match.string[max(at - 1, 0) : at + 1]):
        return char
    if char < " ":
        return _TAB if char == _TAB else chr(_C0_PICTURES + ord(char))
    return _DELETE_PICTURE if char == "\x7f" else STAND_IN


def shown(line: str) -> str:
    """Return a line as it may be shown: each character that is not printable replaced by one that is."""
    if is_printable(line):
        return line
    return _SUSPECT.sub(_stand_in, line)


def cells(text: str, tab_width: int) -> int:
    """Return how many cells a text takes that begins a row."""
    return width(expand_tabs_inline(text, tab_width) if "\t" in text else text)


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
        widths = (cells(line, tab_width) for line in self._shown if len(line) * 2 >= longest)
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


class WrappedLines(WrappedDocument):
    """A wrapped document that is asked at each row and each key, and so answers without a walk.

    Textual's own adds up all lines to know its height, and cuts a whole line up, and keeps
    it in a cache, to know where the cursor is.
    """

    @property
    def height(self) -> int:
        """How many rows the document takes."""
        return len(self._offset_to_line_info)

    def location_to_offset(self, location: Location) -> Offset:
        """Return the cell at which a location is shown, counted from the document's beginning."""
        row, column = min(location, self.document.end)  # undo asks for where the cursor was before it
        breaks = self.get_offsets(row)
        section = bisect_right(breaks, column)
        before = self.document[row][breaks[section - 1] if section else 0 : column]
        return Offset(cells(before, self._tab_width), self._line_index_to_offsets[row][section])
