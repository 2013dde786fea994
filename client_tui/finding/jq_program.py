"""jq expressions, made ready to be asked about many documents in a row.

The one place that knows the `jq` package. libjq reads documents that stand behind one
another, which is quicker than one at a time; what is asked gives exactly one answer a document.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Final

import jq
import msgspec

from client_tui.core import jsontext
from client_tui.finding.jq_mistakes import explain, forbidden

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.query import Mistake

LARGEST: Final = 4 * 2**20
"""Characters. A longer document is not given to jq: it takes seconds, and much memory."""
_MOST: Final = 64
_SLOW: Final = 0.005  # seconds that some documents may take together
# libjq ends for good where an expression says halt.
_PRELUDE: Final = 'def halt: error("halt"); def halt_error: halt; def halt_error($code): halt;\n'
# What is neither null nor false, or else false: one answer, or several. It takes half the time.
_QUICKLY: Final = "(try (({}\n) // false) catch false)"
# True as soon as there is something that is neither null nor false, false where there is not, or it fails.
_EXACTLY: Final = (
    "(try (label $holds__ | (({}\n) | if . then true, break $holds__ else empty end), false) catch false)"
)
_read = msgspec.json.Decoder(msgspec.Raw).decode


def fault(expression: str, start: int) -> Mistake | None:
    """Return what is wrong with an expression that stands at `start` of a line; None where nothing is."""
    if mistake := forbidden(expression, start):
        return mistake
    try:
        jq.compile(expression)
        jq.compile(_EXACTLY.format(expression))
    except ValueError as error:
        return explain(expression, start, str(error))
    return None


@dataclass(frozen=True, slots=True)
class Answers:
    """The names of the documents for which the expressions hold, and how many are too large to say."""

    held: list[int]
    too_large: int


class JqProgram:
    """Whether all of `expressions`, in which there is no fault, hold for a document."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._quick = _compiled(_QUICKLY, expressions)
        self._exact = _compiled(_EXACTLY, expressions)
        self.batch = 1
        """How many documents are best asked about at once: few where the expressions are slow."""

    def answers(self, documents: Sequence[str], names: Sequence[int], note: Callable[[int], None]) -> Answers:
        """Say for which of the documents the expressions hold, by their names, in the same order.

        They do not for what is not JSON, or not for jq (its depth ends at 10,000 levels, and it
        knows no half of a character). `note` is told before each one which it is.
        """
        started = time.monotonic()
        too_large = 0
        if not _are_readable(documents):
            verdicts = list(map(_is_readable, documents))
            too_large = verdicts.count(None)
            documents, names = list(compress(documents, verdicts)), list(compress(names, verdicts))
        held = self._ask(documents, names, note)
        is_slow = time.monotonic() - started > _SLOW
        self.batch = max(1, self.batch // 2) if is_slow else min(_MOST, self.batch * 2)
        return Answers(held, too_large)

    def _ask(self, documents: Sequence[str], names: Sequence[int], note: Callable[[int], None]) -> list[int]:
        if self._quick is not None:
            held = _run(self._quick, documents, names, note)
            if held is not None:
                return held
            self._quick = None  # an expression with several answers is asked exactly from now on
        held = _run(self._exact, documents, names, note)
        if held is not None:
            return held
        one_by_one = (
            _run(self._exact, [document], [name], note)
            for document, name in zip(documents, names, strict=True)
        )
        return [name for held in one_by_one for name in held or ()]


def _compiled(shell: str, expressions: Sequence[str]) -> jq._Program:
    return jq.compile(f"{_PRELUDE}{' and '.join(map(shell.format, expressions))} | not")


def _run(
    program: jq._Program, documents: Sequence[str], names: Sequence[int], note: Callable[[int], None]
) -> list[int] | None:
    """Return the names of the documents for which a program says false.

    None where it cannot be told which answer is whose: they are more than the documents, or
    fewer, and one that is none for jq, though it is JSON, ends them all. What says nothing
    about a document may say two things about another; but that is an error which is raised.
    """
    answers = iter(program.input_text("\n".join(documents)))
    held: list[int] = []
    try:
        for name in names:
            note(name)
            if next(answers) is False:
                held.append(name)
        return held if next(answers, None) is None else None
    except (ValueError, StopIteration):
        return None


def _are_readable(documents: Sequence[str]) -> bool:
    """Tell, as quickly as can be, whether all documents are JSON, and none is too large."""
    try:
        for document in documents:
            _read(document)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return False
    return sum(map(len, documents)) <= LARGEST


def _is_readable(document: str) -> bool | None:
    """Tell whether a document is JSON; None where it is too large to say, or for jq."""
    if len(document) > LARGEST:
        return None
    try:
        _read(document)
    except (RecursionError, UnicodeEncodeError):
        return jsontext.is_json(document.encode("utf-8", "surrogateescape"))
    except msgspec.DecodeError:
        return False  # or it holds half of a character
    return True
