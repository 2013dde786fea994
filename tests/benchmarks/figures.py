"""What a measure finds: figures of several sides, and which goals they reach."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_UNITS: Final[dict[str, Callable[[float], str]]] = {
    "frames/s": lambda figure: f"{figure:,.0f}/s",
    "ms": lambda figure: f"{figure:,.1f} ms" if figure < 100 else f"{figure:,.0f} ms",
    "µs": lambda figure: f"{figure:,.2f} µs",
    "MiB": lambda figure: f"{figure:,.0f} MiB",
    "times": lambda figure: f"{figure:.2f}",
}


def in_words(figure: float, unit: str) -> str:
    """Return a figure as it stands in the table."""
    return _UNITS[unit](figure)


@dataclass(frozen=True, slots=True)
class Value:
    """What one side reached: the figure that counts, None where there is none, and those of all rounds."""

    figure: float | None
    rounds: tuple[float, ...] = ()
    note: str = ""
    """Why there is no figure, or what else is to be said."""

    @classmethod
    def of(cls, rounds: Sequence[float], choose: Callable[[Sequence[float]], float], note: str = "") -> Value:
        """Choose the figure that counts; without any, `note` says why."""
        return cls(choose(rounds) if rounds else None, tuple(rounds), note)

    def in_words(self, unit: str) -> str:
        """Return it as it stands in the table."""
        words = "" if self.figure is None else in_words(self.figure, unit)
        return ", ".join(filter(None, (words, self.note)))


def median(rounds: Sequence[float]) -> float:
    """Return the median."""
    return float(statistics.median(rounds))


def percentile_99(rounds: Sequence[float]) -> float:
    """Return what 99 of 100 do not exceed."""
    return statistics.quantiles(rounds, n=100, method="inclusive")[-1] if len(rounds) > 1 else rounds[0]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached. `figure` is what is, None where it could not be measured."""

    words: str
    figure: float | None
    limit: float
    unit: str = "times"
    is_minimum: bool = False

    @property
    def is_reached(self) -> bool | None:
        """Whether it is reached; None where that is not known."""
        if self.figure is None:
            return None
        return self.figure >= self.limit if self.is_minimum else self.figure <= self.limit

    def in_words(self) -> str:
        """Return it as it stands in the table."""
        verdict = {True: "reached", False: "MISSED", None: "not measured"}[self.is_reached]
        figure = "" if self.figure is None else f" ({in_words(self.figure, self.unit)})"
        return f"{self.words}: {verdict}{figure}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    measure: str
    what: str
    unit: str
    values: dict[str, Value]
    """By the names of the sides; one that is not measured is not among them."""
    goals: tuple[Goal, ...] = ()
    details: dict[str, float] = field(default_factory=dict)
    """Further figures of ours, in the same unit, for which the table has no room."""

    def ratio(self, ours: str, other: str) -> float | None:
        """Return our figure divided by that of another side, None where one is missing."""
        figures = [self.values[name].figure if name in self.values else None for name in (ours, other)]
        return figures[0] / figures[1] if figures[0] is not None and figures[1] else None
