"""The command `jsonws-tui demo`: tapes played into pictures, or checked against those that are there."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from client_tui.cli.talk import FAILED, WRONG_USE, put, refuse, say
from client_tui.core.errors import ClientError
from client_tui.core.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from client_tui.demo.products import Mode
    from client_tui.demo.take import Take
    from client_tui.demo.tape import Tape


class _Job(NamedTuple):
    """A tape, under the name that the user gave it, and the folder for its pictures."""

    name: str
    tape: Tape
    folder: Path


def run_demo(flags: Mapping[str, object]) -> int:
    """Do what the flags of `jsonws-tui demo` ask for; return the exit status.

    1 where a tape does not do what it says, or a picture is another; 2 where one of them
    cannot be read, and then none is played; 128 + N after signal N.
    """
    from client_tui.demo.signals import signals_as_ctrl_c

    status = 0
    with signals_as_ctrl_c() as came:
        status = _run(flags)
    return 128 + came[0] if came else status


def _run(flags: Mapping[str, object]) -> int:
    from client_tui.demo.products import Mode

    if flags["list"]:
        return _list()
    out = None if flags["out"] is None else Path(str(flags["out"]))
    found = [_job(name, out) for name in cast("Sequence[str]", flags["files"])]
    jobs = [job for job in found if job is not None]
    if len(jobs) < len(found):
        return WRONG_USE
    mode = Mode.UPDATE if flags["update"] else Mode.CHECK if flags["check"] else Mode.WRITE
    if mode is not Mode.CHECK and (clash := _clash(jobs)):
        return refuse(clash)
    gc.freeze()  # what was read in stays: the collector would walk over it while tapes are played
    failed = [_do(job, mode) for job in jobs].count(False)
    if failed and len(jobs) > 1:
        say(f"{failed} of {len(jobs)} tapes failed")
    return FAILED if failed else 0


def _list() -> int:
    from client_tui.demo.library import bundled

    tapes = bundled()
    width = max(len(tape.name) for tape in tapes)
    for tape in tapes:
        put(f"{tape.name:{width}}  {tape.about}\n")
    return 0


def _job(name: str, out: Path | None) -> _Job | None:
    """Read a tape; say what is wrong with it where it cannot be played."""
    from client_tui.demo.library import find, read_tape
    from client_tui.demo.tape import Mistakes

    path, folder = find(name)
    try:
        tape = read_tape(path)
    except ClientError as error:
        say(f"{error.title}: {error.message}")
        return None
    if isinstance(tape, Mistakes):
        for mistake in tape:
            say(str(mistake))
        return None
    return _Job(name, tape, out or folder)


def _clash(jobs: Sequence[_Job]) -> str | None:
    """Say so where two tapes would write the same picture: the second would be all that is left."""
    from client_tui.demo.tape import Output, Screenshot

    taken: dict[Path, int] = {}
    for number, job in enumerate(jobs):
        paths = [each.path for each in job.tape.commands if isinstance(each, Output | Screenshot)]
        for path in (job.folder / each for each in paths):
            first = taken.setdefault(_real(path), number)
            if first != number:
                return f"{job.name}: {path} is a picture of {jobs[first].name} too: play them one by one"
    return None


def _real(path: Path) -> Path:
    """Return the path without links, where the folder in which the user is was not removed."""
    with suppress(OSError):
        return Path(os.path.realpath(path.parent), path.name)
    return path


def _do(job: _Job, mode: Mode) -> bool:
    """Play a tape, and write or compare its pictures; tell whether all is as it should be."""
    from client_tui.demo.player import play
    from client_tui.demo.products import Mode
    from client_tui.demo.take import Halt

    take = play(job.tape)
    if not isinstance(take, Halt):
        return _produce(job, take, mode)
    say(*str(take).split("\n"))
    if mode is not Mode.CHECK and take.stills:  # what it showed before may tell more
        _produce(job, take.so_far, mode)
    return False


def _produce(job: _Job, take: Take, mode: Mode) -> bool:
    from client_tui.demo.products import Mode, produce

    try:
        products = produce(take, job.folder, mode)
    except ClientError as error:
        say(f"{error.title}: {error.message}")
        return False
    for path in products.written:
        put(f"{printable(str(path))}\n")
    for path, words in products.differences:
        say(*f"{path}: {words}".split("\n"))
    if products.differences:
        say(f"{job.name}: what is different is accepted by --update")
    elif mode is not Mode.WRITE and not products.written:
        put(f"{printable(job.name)}: as it should be\n")
    elif not products.written:
        say(f"{job.name}: it was played to its end, and took no picture")
    return not products.differences
