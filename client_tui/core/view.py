"""A view of the transcript: which of its entries are shown.

The store and its views are different objects: a view can be filtered, searched and
thrown away, and the transcript does not change.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from client_tui.core.findings import Findings
    from client_tui.core.transcript import Transcript


class View:
    """Some entries of a transcript, as rows numbered from 0: indices, in ascending order.

    It shows the conversation, with or without its control frames, and catches up with the
    transcript in `update`. Once it is narrowed to what a filter has found, it shows that.
    """

    def __init__(self, transcript: Transcript, *, control_frames: bool) -> None:
        self._transcript = transcript
        self._control_frames = control_frames
        self._own = array("I")
        self._seen = 0
        self._found: Findings | None = None
        self.update()

    def __len__(self) -> int:
        return len(self._indices)

    @property
    def _indices(self) -> Sequence[int]:
        return self._own if self._found is None else self._found.hits

    def index(self, row: int) -> int:
        """Return the transcript's index of the entry on this row."""
        return self._indices[row]

    def row(self, index: int) -> int:
        """Return the row of the entry with this index, or of the first shown one after it."""
        return bisect_left(self._indices, index)

    def indices(self) -> array[int]:
        """Return the transcript's indices of all that is shown now."""
        return array("I", self._indices)

    @property
    def is_behind(self) -> bool:
        """Whether the transcript has entries that `update` has not taken in yet."""
        return self._seen < len(self._transcript)

    @property
    def control_frames(self) -> bool:
        """Whether pings, pongs and close frames have rows."""
        return self._control_frames

    @property
    def is_narrowed(self) -> bool:
        """Whether only what a filter has found is shown."""
        return self._found is not None

    def update(self) -> None:
        """Take in what the transcript has gained."""
        gained = self._transcript.conversation(self._seen, control_frames=self._control_frames)
        self._own.extend(gained)
        self._seen = len(self._transcript)

    def show_control_frames(self, shown: bool) -> None:
        """Show or hide pings, pongs and close frames."""
        self._control_frames = shown
        self._own = array("I")
        self._seen = 0
        self.update()

    def narrow(self, found: Findings | None) -> None:
        """Show only what is found, now and later; None widens the view again."""
        self._found = found
