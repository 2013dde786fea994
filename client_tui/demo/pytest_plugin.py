"""The plugin for pytest: tapes are tests, and fail where they do not do what they say.

It is loaded with every run of pytest where this package is installed, so it imports what it
needs when there is a tape to play. A tape that neither serves nor connects is left alone: it
is one of VHS's, or goes on from another.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from _pytest._code.code import ExceptionInfo, TerminalRepr
    from _pytest._io import TerminalWriter

    from client_tui.demo.products import Mode

# What is no command: a pattern that is waited for, or that a remark stands at; a text; a comment.
_TEXT: Final = re.compile(
    rb"(?:\bWait\S*|\bat)[ \t]+/(?:\\.|[^/\\\n])*+/|\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`|#.*"
)
_OURS: Final = re.compile(rb"(?<!\S)(?:Serve|Connect)(?!\S)")
_LARGEST: Final = 2**20
"""Bytes that are looked at."""


@dataclass(frozen=True, slots=True)
class _InShort:
    """What the summary and ``--tb=line`` have of a failure."""

    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class _Told:
    """What is shown of a failure, in the form that pytest's own have."""

    words: str
    reprcrash: _InShort

    def __str__(self) -> str:
        return self.words

    def toterminal(self, writer: TerminalWriter) -> None:
        """Show all of it."""
        writer.line(self.words)


class TapeError(Exception):
    """What is wrong with a tape or its pictures, in words."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what accepts the pictures as they are now."""
    group = parser.getgroup("jsonws-tui", "tapes of jsonws-tui")
    group.addoption(
        "--update-tapes", action="store_true", help="write the pictures of tapes that differ from those there"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> TapeFile | None:
    """Collect a tape that is ours."""
    if file_path.suffix != ".tape" or not file_path.is_file() or not _is_ours(file_path):
        return None
    return TapeFile.from_parent(parent, path=file_path)


def _is_ours(path: Path) -> bool:
    """Tell whether a tape is to be played; one that cannot be read is, so that its test says why."""
    try:
        with path.open("rb") as file:
            return _OURS.search(_TEXT.sub(b"", file.read(_LARGEST).removeprefix(BOM_UTF8))) is not None
    except OSError:
        return True


class TapeFile(pytest.File):
    """A tape."""

    def collect(self) -> Iterable[pytest.Item]:
        """Return its one test."""
        yield TapeItem.from_parent(self, name="tape")


class TapeItem(pytest.Item):
    """The playing of a tape, whose pictures are compared with those beside it."""

    def runtest(self) -> None:
        """Play it. A signal that ends pytest ends what is played first."""
        from client_tui.demo.products import Mode
        from client_tui.demo.signals import signals_later

        with signals_later():
            self._play(Mode.UPDATE if self.config.getoption("--update-tapes") else Mode.CHECK)

    def _play(self, mode: Mode) -> None:
        from client_tui.core.errors import ClientError
        from client_tui.demo.library import read_tape
        from client_tui.demo.player import play
        from client_tui.demo.products import Mode, produce
        from client_tui.demo.take import Halt
        from client_tui.demo.tape import Mistakes

        try:
            tape = read_tape(self.path)
            take = tape if isinstance(tape, Mistakes) else play(tape)
            if isinstance(take, Halt) and mode is Mode.UPDATE:
                produce(take.so_far, self.path.parent, mode)
            if isinstance(take, (Mistakes, Halt)):
                raise TapeError(str(take))
            products = produce(take, self.path.parent, mode)
        except ClientError as error:
            raise TapeError(f"{error.title}: {error.message}") from error
        if products.differences:
            words = [f"{path}: {difference}" for path, difference in products.differences]
            raise TapeError("\n".join([*words, "pytest --update-tapes accepts what is different"]))

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: str | None = None
    ) -> str | TerminalRepr:
        """Return what is shown of a failure: words for a tape's own, a traceback for ours."""
        if isinstance(excinfo.value, TapeError):
            words = str(excinfo.value)
            return cast("TerminalRepr", _Told(words, self._in_short(words)))
        return super().repr_failure(excinfo, style)  # type: ignore[arg-type]  # it takes any of its own

    def _in_short(self, words: str) -> _InShort:
        """Return the first line; which folder it is about is told by the test's name."""
        first = words.partition("\n")[0].removeprefix(f"{self.path.parent}{os.sep}")
        tape = f"{self.path.name}:"
        return _InShort(f"line {first.removeprefix(tape)}" if first.startswith(tape) else first)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where it stands, and its name in a report."""
        return self.path, None, f"tape: {self.path.name}"
