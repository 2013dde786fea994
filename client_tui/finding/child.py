"""The process that looks, run as `python -m client_tui.finding.child`, and ended with its stdin.

An expression that a user types may never end, or ask for all the memory there is. Here that
does no harm: see `watch`. The environment, files and the terminal are out of its reach.
"""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from client_tui.finding.blocks import Blocks
from client_tui.finding.job import Job
from client_tui.finding.matcher import Matcher, WrongQueryError
from client_tui.finding.messages import Bounds, Find, GaveUp, Stop, Unpacker, Wrong, pack
from client_tui.finding.watch import COMPILING, Board, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client_tui.finding.messages import Message

MEMORY: Final = 2 * 2**30
"""Bytes of address space."""
SLICE_SECONDS: Final = 0.025
"""For how long one thing is looked for before it is told of, and others have their turn."""
_READ: Final = 2**20


class Child:
    """Looks at what its parent tells it to through stdin, and answers through the descriptor `answers`."""

    def __init__(self, blocks: Blocks, watch: Watch, answers: int) -> None:
        self._blocks = blocks
        self._watch = watch
        self._answers = answers
        self._jobs: dict[int, Job] = {}
        self._unpacker = Unpacker()

    def run(self) -> None:
        """Work until stdin closes."""
        while self._listen(wait=not any(job.has_work for job in self._jobs.values())):
            for serial, job in list(self._jobs.items()):
                if job.has_work:
                    self._work(serial, job)

    def _listen(self, *, wait: bool) -> bool:
        """Take what the parent says, and tell whether it is still there; `wait` until it says something."""
        timeout = None if wait else 0
        while select.select([0], [], [], timeout)[0]:
            data = os.read(0, _READ)
            if not data:
                return False
            for message in self._unpacker.feed(data):
                self._take(message)
            timeout = 0
        return True

    def _take(self, message: Message) -> None:
        match message:
            case Bounds(start, bounds):
                self._blocks.learn(start, bounds)
            case Find():
                self._begin(message)
            case Stop(serial):
                self._jobs.pop(serial, None)

    def _begin(self, find: Find) -> None:
        with self._giving_up(find.serial):
            try:
                with self._watch.over(find.serial, COMPILING):
                    matcher = Matcher(find.queries, control=find.control)
            except WrongQueryError as wrong:
                self._say(Wrong(find.serial, wrong.query, wrong.mistake))
            else:
                self._jobs[find.serial] = Job(find, matcher, self._blocks)

    def _work(self, serial: int, job: Job) -> None:
        with self._giving_up(serial):
            with self._watch.over(serial, COMPILING):
                looked = job.work(self._watch, time.monotonic() + SLICE_SECONDS)
            self._say(looked)

    @contextmanager
    def _giving_up(self, serial: int) -> Iterator[None]:
        """Look for something no more if that fails, and say why."""
        try:
            yield
        except MemoryError:
            self._give_up(serial, f"the expression takes too much memory {self._watch.where}")
        except BrokenPipeError:
            raise
        except OSError as error:
            self._give_up(serial, f"the recording cannot be read: {error.strerror}")
        except Exception as error:  # an expression in a library: nobody knows what may come of it
            self._give_up(serial, f"the expression fails {self._watch.where}: {error}")

    def _give_up(self, serial: int, words: str) -> None:
        self._jobs.pop(serial, None)
        self._say(GaveUp(serial, words))

    def _say(self, message: Message) -> None:
        rest = memoryview(pack(message))
        while rest:
            rest = rest[os.write(self._answers, rest) :]


def main(argv: Sequence[str]) -> None:
    """Look at the file that is open as the first number; the second is the board; the third is the limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    recording, board, limit = int(argv[0]), int(argv[1]), float(argv[2])
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    with suppress(AttributeError, OSError):  # where a pipe can hold more, much is told at once
        fcntl.fcntl(0, fcntl.F_SETPIPE_SZ, _READ)
    watch = Watch(Board(board), limit)
    lock_down()
    with suppress(BrokenPipeError):  # the parent is gone
        Child(Blocks(recording), watch, answers).run()


def lock_down() -> None:
    """Leave no way to the environment, to files, or to all of the memory."""
    time.localtime()  # the time zone's file is read here, or never
    for name in os.environ.keys() - {"TZ"}:
        del os.environ[name]
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # not every system knows it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(sys.argv[1:])
