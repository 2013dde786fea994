"""What a finder tells: how far it has looked and what it found, or why it looks no further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

    from client_tui.core.query import Mistake


@dataclass(frozen=True, slots=True)
class Found:
    """The entries from `low` up to `high` (half-open) were looked at: `hits` are those that match, ascending.

    The stretches of one `find` adjoin one another; its `serial` tells it from others of the
    same name. `total` is how many entries there are to look at. `unread` is how many of the
    stretch might match but are too large for jq.
    """

    name: str
    serial: int
    low: int
    high: int
    hits: array[int]
    total: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class WrongQuery:
    """One of the queries cannot be read, the so-manieth from 0. Nothing is looked for."""

    name: str
    mistake: Mistake
    query: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """No more is looked for, in words that say why."""

    name: str
    words: str


News = Found | WrongQuery | Failed
