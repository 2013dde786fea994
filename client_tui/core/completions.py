"""What a filter that is being typed may go on with: the keys of the language, and their values."""

from __future__ import annotations

from typing import Final

from client_tui.core.frame import Direction
from client_tui.core.query import Kind, Part, spans

_LEAST: Final = 2  # characters: with one, every other word that is searched for would be offered a key
_TERMS: Final = (
    *("dir:", "is:", "size>"),
    *(f"dir:{direction.value}" for direction in Direction),
    *(f"is:{kind.value}" for kind in Kind),
)


def completed(line: str) -> str | None:
    """Return the line with its last term completed; None where nothing is known to go on so."""
    start = _last_term(line)
    if start is None or len(line) - start < _LEAST:
        return None
    typed = line[start:]
    known = (term for term in _TERMS if term.startswith(typed) and term != typed)
    term = next(known, None)
    return None if term is None else line[:start] + term


def _last_term(line: str) -> int | None:
    """Return where the term at the line's end begins, without its minus sign; None where it is none."""
    terms = [span for span in spans(line) if span[2] is not Part.NEGATION]
    if not terms or terms[-1][1] != len(line):
        return None
    start, _, part = terms[-1]
    if part is Part.VALUE and len(terms) > 1 and terms[-2][1] == start:
        return terms[-2][0]
    return start if part in (Part.WORD, Part.KEY) else None
