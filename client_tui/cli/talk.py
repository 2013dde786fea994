"""What the command says: data on standard output, talk on standard error, in lines that are safe to show."""

from __future__ import annotations

import errno
import os
import sys
from codecs import getincrementaldecoder
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from client_tui.core.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141
"""The exit status of a command whose reader has gone: 128 and the signal's number."""


class OutputError(Exception):
    """Standard output takes no more: the message says why, and its cause is the OSError."""


@contextmanager
def _taking() -> Iterator[None]:
    """Tell what goes wrong with standard output from all else that goes wrong.

    Raises:
        OutputError: it is closed, or takes no more.

    """
    try:
        if sys.stdout is None:  # the shell closed it
            raise OSError(errno.EBADF, "it is closed")
        yield
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def put(text: str) -> None:
    """Print what was asked for, in whatever encoding standard output has.

    Raises:
        OutputError: it is closed, or takes no more.

    """
    with _taking():
        if isinstance(sys.stdout, TextIOWrapper):  # stderr does so by itself
            sys.stdout.reconfigure(errors="backslashreplace")
        sys.stdout.write(text)
        sys.stdout.flush()


def report_output(error: OutputError) -> int:
    """Say why standard output takes no more, and return the exit status for it.

    Of a reader that has gone nothing is said: whoever reads, head say, has seen enough.
    """
    if isinstance(error.__cause__, BrokenPipeError):
        return BROKEN_PIPE
    say(f"standard output: {error}")
    return FAILED


def settle_output() -> None:
    """Write what is left, or drop it where nobody takes it: Python would end with another status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output for bytes. A terminal gets them so that nothing in them can act.

    Raises:
        OutputError: it is closed, or takes no more.

    """
    with _taking():
        yield cast("BinaryIO", _Shown()) if sys.stdout.isatty() else sys.stdout.buffer
        sys.stdout.buffer.flush()


class _Shown:
    """Standard output where it is a terminal."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode

    def write(self, data: bytes) -> int:
        """Show bytes, line by line."""
        put("\n".join(map(printable, self._decode(bytes(data)).split("\n"))))
        return len(data)


def say(line: str, *below: str) -> None:
    """Say something in a line; `below` it stand lines of their own, those of a screen say."""
    if sys.stderr is not None:  # it is None where the shell closed it
        with suppress(OSError):  # it takes no more: there is nowhere else to say so
            sys.stderr.write("".join(f"{printable(each)}\n" for each in (f"jsonws-tui: {line}", *below)))


def refuse(reason: str) -> int:
    """Say what is wrong with how the command was used, and return the exit status for it."""
    say(reason)
    return WRONG_USE


def report_failure(error: BaseException, folder: Path) -> int:
    """Say in one line what failed, and where the traceback is; return the exit status for it."""
    from datetime import UTC, datetime

    from client_tui.record.failure import write_failure

    path = write_failure(folder, error, datetime.now(UTC))
    where = f"the traceback is in {path}" if path else f"its traceback could not be written to {folder}"
    say(f"the client failed: {type(error).__name__}: {error}; {where}")
    return FAILED
