"""How the entries of a transcript are laid out now: a line each or pretty, folded or in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.cache import LRUCache

from client_tui.render.rows import Row, Shape, lay_out, line_with

if TYPE_CHECKING:
    from client_tui.core.frame import Entry
    from client_tui.core.needle import Needle
    from client_tui.core.transcript import Transcript

LARGE: Final = 1_000_000
"""Bytes. Laying out a larger payload takes long enough to be noticed."""
_KEPT_ROWS: Final = 512


class Layouts:
    """The rows of a transcript's entries, by the entries' indices; those that were asked for last are kept.

    `pretty` tells whether frames are laid out, up to `fold` lines; otherwise they take a line each.
    """

    def __init__(self, transcript: Transcript, *, pretty: bool, fold: int) -> None:
        self._transcript = transcript
        self._pretty = pretty
        self._fold = fold
        self._shapes: dict[int, Shape] = {}
        self._rows: LRUCache[int, Row] = LRUCache(_KEPT_ROWS)
        self._revealed: tuple[int, Shape | None] | None = None

    @property
    def pretty(self) -> bool:
        """Whether frames are laid out."""
        return self._pretty

    def toggle_density(self) -> None:
        """Lay frames out, or show them a line each; what was unfolded by itself is so no more."""
        self._pretty = not self._pretty
        self._revealed = None
        self._shapes.clear()
        self._rows.clear()

    def row(self, index: int) -> Row:
        """Return an entry's row."""
        kept = self._rows.get(index)
        if kept is None:
            kept = self._rows[index] = self._lay_out(index, self._shape(index))
        return kept

    def height(self, index: int) -> int:
        """Return how many lines an entry takes."""
        if not self._pretty and index not in self._shapes and not self._transcript.is_notice(index):
            return 1
        return self.row(index).height

    def is_large(self, index: int) -> bool:
        """Tell whether an entry had better be laid out outside of the event loop."""
        return self._transcript.size(index) > LARGE

    def next_shape(self, index: int) -> Shape | None:
        """Return what unfolding makes of an entry: all of it, or a line if it is whole; None folds it."""
        if index in self._shapes:
            return None
        if self._pretty and not self.row(index).is_cut and not self._transcript.is_notice(index):
            return Shape.LINE
        return Shape.FULL

    def reshape(self, index: int, shape: Shape | None) -> None:
        """Give an entry a shape of its own; None means that of the density."""
        if self._revealed is not None and self._revealed[0] == index:
            self._revealed = None
        self._set(index, shape)

    def _set(self, index: int, shape: Shape | None) -> None:
        if shape is None:
            self._shapes.pop(index, None)
        else:
            self._shapes[index] = shape
        self._rows.discard(index)

    def reveal(self, index: int, needle: Needle) -> int:
        """Let an entry show what `needle` finds in it, and return the line on which that is.

        It is unfolded where that helps, until `conceal` is called. What the layout
        tears apart (a match across a space that was not on the wire) is shown on one line.
        """
        line = line_with(self.row(index), needle)
        if line is not None:
            return line
        self._revealed = index, self._shapes.get(index)
        line = None if self.is_large(index) else line_with(self._lay_out(index, Shape.FULL), needle)
        self._set(index, Shape.LINE if line is None else Shape.FULL)
        return line or 0

    def conceal(self) -> None:
        """Fold back what `reveal` has unfolded."""
        if self._revealed is not None:
            self._set(*self._revealed)
            self._revealed = None

    def _shape(self, index: int) -> Shape:
        return self._shapes.get(index, Shape.FOLDED if self._pretty else Shape.LINE)

    def _lay_out(self, index: int, shape: Shape) -> Row:
        def whole() -> Entry:
            return self._transcript[index]

        return lay_out(whole, self._transcript.since_sent(index), shape, self._fold)
