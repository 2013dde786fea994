"""Recordings to look through."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.support.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from client_tui.core.frame import Entry


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Callable[..., Recorded]]:
    """Make recordings of entries; they are closed in the end."""
    made: list[Recorded] = []
    numbers = count()

    def recorded(*entries: Entry) -> Recorded:
        made.append(Recorded(tmp_path / f"{next(numbers)}.jsonl", entries))
        return made[-1]

    yield recorded
    for each in made:
        each.close()
