"""What the server says for itself: one JSON document a mistake, in one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from server.jsontext import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY: Final = Problem("empty", "an empty frame holds no JSON document", 1, 1)
BINARY: Final = Problem("binary", "a binary frame is not a JSON text: send a text frame", 1, 1)
ROOM_LOST: Final = Problem("room_lost", "the room cannot be reached, and messages may be missing", 1, 1)
TOO_MUCH: Final = Problem("too_much", "too much waits here for its answer already: send more slowly", 1, 1)


def unknown_path(paths: Sequence[str]) -> Problem:
    """Say that there is nothing on a path, and where there is something."""
    return Problem("unknown_path", f"there is nothing here: try {' or '.join(paths)}", 1, 1)


def error(problem: Problem, **more: object) -> str:
    """Spell `problem` as the JSON text that a client gets: ``{"error": {"code": …, …}, …}``."""
    answer = {
        "code": problem.code,
        "message": problem.message,
        "line": problem.line,
        "column": problem.column,
    }
    return msgspec.json.encode({"error": answer, **more}).decode()
