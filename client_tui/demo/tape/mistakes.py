"""What is wrong in a tape, as values that are shown in one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client_tui.core.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: `text` is what is wrong, `reason` says why, and the remedy.

    `line` and `column` are counted from 1, the column in characters. Neither text is escaped.
    """

    file: str
    line: int
    column: int
    text: str
    reason: str

    def __str__(self) -> str:
        """Return the line that is shown, fit for a terminal."""
        return printable(f"{self.file}:{self.line}: {self.reason}")


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All mistakes of a tape, and of the tapes that it goes on with: at least one, in their order."""

    found: tuple[Mistake, ...]

    def __iter__(self) -> Iterator[Mistake]:
        """Go through the mistakes."""
        return iter(self.found)

    def __str__(self) -> str:
        """Return a line for each mistake, fit for a terminal."""
        return "\n".join(map(str, self.found))
