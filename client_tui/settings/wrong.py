"""What a user typed wrong, as a value that is shown in one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong value: `reason` says what is wrong and the remedy, `where` the flag, variable or file key.

    Neither is escaped: both may quote what was typed.
    """

    reason: str
    where: str = ""

    def at(self, where: str) -> Self:
        """Name the place, unless a more exact one is named already."""
        return self if self.where else replace(self, where=where)

    def __str__(self) -> str:
        """Return the line that is shown."""
        return f"{self.where}: {self.reason}" if self.where else self.reason


def nearest(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return the remedy for an unknown `name`: the likeliest of `names`, `otherwise`, or all of them."""
    import difflib  # only a mistake pays for it

    known = sorted(names)
    likely = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {likely[0]}?" if likely else otherwise or f"choose from {', '.join(known)}"
