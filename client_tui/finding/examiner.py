"""Whether an expression holds, of jq or a regular one: a child is asked, which can be ended."""

from __future__ import annotations

import re
import select
import subprocess
import sys
from typing import TYPE_CHECKING, Final, cast

import msgspec

from client_tui.finding.child import lock_down
from client_tui.finding.jq_program import JqProgram
from client_tui.finding.process import child_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

LIMIT_SECONDS: Final = 5.0
"""How long an expression may take."""


class Question(msgspec.Struct, tag=True):
    """An expression of jq without a fault, and the document that it is about."""

    expression: str
    document: bytes


class Search(msgspec.Struct, tag=True):
    """A regular expression without a fault, and the texts that it is looked for in."""

    pattern: str
    texts: list[str]


_decode: Final = msgspec.json.Decoder(Question | Search).decode
_REPEATS: Final = re.compile(r"[*+{]")


class Examiner:
    """Asks a child, which is started with the first question; `close` ends it.

    `holds` and `first` block. A child that takes longer than `limit` seconds is ended, and the next
    question is asked of another.
    """

    def __init__(self, *, limit: float = LIMIT_SECONDS) -> None:
        self._limit = limit
        self._child: subprocess.Popen[bytes] | None = None

    def holds(self, expression: str, document: bytes) -> bool | None:
        """Tell whether an expression gives something other than null and false.

        It does not for what is not JSON. Return None where there was no answer in time, or
        none at all: an expression can take all of the memory too.
        """
        answer = self._asked(Question(expression, document))
        return None if answer is None else bool(answer)

    def first(self, pattern: re.Pattern[str], texts: Sequence[str]) -> int | None:
        """Return the number of the first text in which a pattern is found, -1 where it is in none.

        Return None where there was no answer in time.
        """
        if len(_REPEATS.findall(pattern.pattern)) <= 1:  # which needs no child: it cannot take long
            return _first(pattern, texts)
        return self._asked(Search(pattern.pattern, list(texts)))

    def _asked(self, question: Question | Search) -> int | None:
        answer = self._ask(self._child or self._start(), question)
        if not answer:
            self.close()
            return None
        return int(answer)

    def _ask(self, child: subprocess.Popen[bytes], question: Question | Search) -> bytes:
        """Return what the child says; nothing where it says nothing in time, or has ended."""
        stdin, stdout = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
        try:
            stdin.write(msgspec.json.encode(question) + b"\n")
            stdin.flush()
        except BrokenPipeError:
            return b""
        is_answered, _, _ = select.select([stdout], [], [], self._limit)
        return stdout.readline() if is_answered else b""

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-S", "-P", "-m", "client_tui.finding.examiner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            start_new_session=True,
        )
        return self._child

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _answer() -> None:
    """Be the child: answer the questions of standard input, a line each."""
    lock_down()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(b"%d\n" % _answer_to(_decode(line)))
        sys.stdout.buffer.flush()


def _answer_to(question: Question | Search) -> int:
    if isinstance(question, Search):
        return _first(re.compile(question.pattern), question.texts)
    document = question.document.decode("utf-8", "surrogateescape")
    return len(JqProgram([question.expression]).answers([document], [0], lambda _: None).held)


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    return next((number for number, text in enumerate(texts) if pattern.search(text)), -1)


if __name__ == "__main__":
    _answer()
