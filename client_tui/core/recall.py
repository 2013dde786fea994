"""Walking through what was sent before, and back to what was being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Recall:
    """A place in a list of texts, the oldest first, with a draft behind its end."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._back = 0
        self._draft = ""

    def step(self, direction: int, current: str) -> str | None:
        """Return the text that stands one further: older where `direction` is -1, newer where it is 1.

        `current` is what is being typed: it is kept as the draft when the walk begins, and
        comes back at its end. None means that there is nothing further.
        """
        back = self._back - direction
        if not 0 <= back <= len(self._texts):
            return None
        if self._back == 0:
            self._draft = current
        self._back = back
        return self._texts[-back] if back else self._draft

    def restart(self) -> str:
        """Begin at the end again: something was sent, or typed anew.

        Returns the draft that the walk had left behind there; "" where there was no walk.
        """
        draft = self._draft if self._back else ""
        self._back = 0
        return draft
