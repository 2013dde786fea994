"""The command `jsonws-tui demo`: tapes played into pictures, or checked against those that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from client_tui.cli.talk import FAILED, WRONG_USE, put, refuse, say
from client_tui.core.errors import ClientError
from client_tui.core.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from client_tui.demo.products import Mode
    from client_tui.demo.tape import Tape


class _Job(NamedTuple):
    """A tape, under the name that the user gave it, and the folder for its pictures."""

    name: str
    tape: Tape
    folder: Path


def run_demo(flags: Mapping[str, object]) -> int:
    """Do what the flags of `jsonws-tui demo` ask for; return the exit status.

    1 where a tape does not do what it says, or a picture is another; 2 where one of them
    cannot be read, and then none is played.
    """
    from client_tui.demo.products import Mode

    if flags["list"]:
        return _list()
    out = None if flags["out"] is None else Path(str(flags["out"]))
    jobs = [_job(name, out) for name in cast("Sequence[str]", flags["files"])]
    if None in jobs:
        return WRONG_USE
    mode = Mode.UPDATE if flags["update"] else Mode.CHECK if flags["check"] else Mode.WRITE
    went_well = [_do(job, mode) for job in jobs if job is not None]
    return 0 if all(went_well) else FAILED


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
        refuse(f"{error.title}: {error.message}")
        return None
    if isinstance(tape, Mistakes):
        for mistake in tape:
            say(str(mistake))
        return None
    return _Job(name, tape, out or folder)


def _do(job: _Job, mode: Mode) -> bool:
    """Play a tape, and write or compare its pictures; tell whether all is as it should be."""
    from client_tui.demo.player import play
    from client_tui.demo.products import Mode, produce
    from client_tui.demo.take import Halt

    take = play(job.tape)
    if isinstance(take, Halt):
        for line in str(take).split("\n"):
            say(line)
        return False
    try:
        products = produce(take, job.folder, mode)
    except ClientError as error:
        say(f"{error.title}: {error.message}")
        return False
    for path in products.written:
        put(f"{printable(str(path))}\n")
    for path, words in products.differences:
        say(f"{path}: {words.partition(chr(10))[0]}")
        put("".join(f"{line}\n" for line in words.split("\n")[1:]))
    if mode is Mode.CHECK and not products.differences:
        put(f"{printable(job.name)}: as it should be\n")
    return not products.differences
