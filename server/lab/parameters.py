"""What may stand behind the question mark of a lab's URL, and in what bounds."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast
from urllib.parse import parse_qsl

from server.jsontext import Problem
from server.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

_MOST_FIELDS: Final = 32
_SHOWN_CHARACTERS: Final = 40
_WHOLE: Final = re.compile(r"[0-9]{1,20}")
_DECIMAL: Final = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Parameter(ABC, Generic[T]):
    """One parameter of an endpoint: its name, what it is where it is left out, and what it means."""

    name: str
    default: T
    meaning: str

    @property
    @abstractmethod
    def bounds(self) -> str:
        """What may be given, in words that follow "give"."""

    @abstractmethod
    def read(self, text: str) -> T | None:
        """Return the value that `text` spells, or None where it is not within the bounds."""


@dataclass(frozen=True, slots=True)
class Whole(Parameter[int]):
    """A whole number."""

    lowest: int
    highest: int

    @property
    def bounds(self) -> str:
        """From where to where."""
        return f"a whole number from {self.lowest} to {self.highest}"

    def read(self, text: str) -> int | None:
        """Read it."""
        number = int(text) if _WHOLE.fullmatch(text) else -1
        return number if self.lowest <= number <= self.highest else None


@dataclass(frozen=True, slots=True)
class Number(Parameter[float]):
    """A number that may have a fraction."""

    lowest: float
    highest: float

    @property
    def bounds(self) -> str:
        """From where to where."""
        return f"a number from {self.lowest:.10g} to {self.highest:.10g}"

    def read(self, text: str) -> float | None:
        """Read it."""
        number = float(text) if _DECIMAL.fullmatch(text) else -1.0
        return number if self.lowest <= number <= self.highest else None


@dataclass(frozen=True, slots=True)
class Switch(Parameter[bool]):
    """Yes or no."""

    @property
    def bounds(self) -> str:
        """Which two."""
        return "0 or 1"

    def read(self, text: str) -> bool | None:
        """Read it."""
        return {"0": False, "1": True}.get(text)


@dataclass(frozen=True, slots=True)
class Choice(Parameter[str]):
    """One of a few words."""

    choices: tuple[str, ...]

    @property
    def bounds(self) -> str:
        """Which words."""
        return f"one of {', '.join(self.choices)}"

    def read(self, text: str) -> str | None:
        """Read it."""
        return text if text in self.choices else None


@dataclass(frozen=True, slots=True)
class Text(Parameter[str]):
    """Any text, up to so many bytes of UTF-8."""

    most_bytes: int

    @property
    def bounds(self) -> str:
        """How long."""
        return f"at most {self.most_bytes} bytes of UTF-8"

    def read(self, text: str) -> str | None:
        """Read it."""
        return text if len(text.encode()) <= self.most_bytes else None


class Values:
    """What was given for the parameters of one endpoint, or else their defaults."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def __getitem__(self, parameter: Parameter[T]) -> T:
        """Return the value of one parameter."""
        return cast("T", self._given.get(parameter.name, parameter.default))


def wrong(message: str) -> Problem:
    """Say what is wrong with what stands behind the question mark."""
    return Problem("wrong_parameter", message, 1, 1)


def read(query: bytes, parameters: Sequence[Parameter[Any]]) -> Values | Problem:
    """Read a query string, percent-encoded, as it came with the handshake."""
    try:
        fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return wrong(f"more than {_MOST_FIELDS} parameters: give each once")
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, Any] = {}
    for name, text in fields:
        if name not in known:
            return wrong(f"{_shown(name)}: no such parameter here; {_which(known)}")
        if name in given:
            return wrong(f"{name} is given twice: give it once")
        given[name] = known[name].read(text)
        if given[name] is None:
            return wrong(f"{name}={_shown(text)}: give {known[name].bounds}")
    return Values(given)


def _shown(text: str) -> str:
    return printable(text, _SHOWN_CHARACTERS)


def _which(known: Mapping[str, object]) -> str:
    return f"there {'is' if len(known) == 1 else 'are'} {', '.join(known)}" if known else "there are none"
