"""Tapes as text, played for real: the client itself, and the bundled server where a tape asks for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import replace
from textwrap import dedent
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from client_tui.demo.player import play
from client_tui.demo.setup import Setup
from client_tui.demo.stage import Stage
from client_tui.demo.take import Halt, Take
from client_tui.demo.tape import Tape, parse
from client_tui.demo.tape_loop import TapeLoop
from client_tui.ui.told_time import time_of
from tests.support.echo_server import EchoServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from client_tui.demo.stage import Seat

T = TypeVar("T")

NOBODY = "ws://127.0.0.1:9/"
"""Where nothing listens."""
PATIENCE = 120.0  # in seconds: far more than anything here takes


def tape_of(text: str) -> Tape:
    """Return the tape that a text is."""
    tape = parse(dedent(text).strip(), "some.tape")
    assert isinstance(tape, Tape), str(tape)
    return tape


def take_of(text: str) -> Take:
    """Play a tape to its end."""
    take = play(tape_of(text))
    assert isinstance(take, Take), str(take)
    return take


def halt_of(text: str) -> Halt:
    """Play a tape that does not come to its end."""
    halt = play(tape_of(text))
    assert isinstance(halt, Halt)
    return halt


def screens_of(take: Take) -> dict[str, list[str]]:
    """Return the lines of each picture by its name, of all clients one after the other."""
    return {
        still.path: [line for pane in still.scene.panes for line in pane.picture.lines]
        for still in take.stills
    }


def rows(lines: list[str], mark: str) -> list[str]:
    """Return the lines that hold a mark, in one space where there are several."""
    return [" ".join(line.split()) for line in lines if mark in line]


def on_tape_loop(work: Callable[[TapeLoop], Coroutine[Any, Any, T]]) -> T:
    """Do something on a loop whose time is a tape's; a loop that never comes to its end fails the test."""
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            with asyncio.Runner(loop_factory=TapeLoop) as runner:
                loop = runner.get_loop()
                assert isinstance(loop, TapeLoop)
                outcome.set_result(runner.run(work(loop)))
        except BaseException as error:  # it belongs to the test
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome.result(PATIENCE)


@asynccontextmanager
async def seated(loop: TapeLoop, url: str, **settings: Any) -> AsyncIterator[Seat]:
    """Open a client on a URL, in the tape's time, until the block ends."""
    stage = Stage(loop)
    with time_of(loop.time):
        seat = await stage.open(replace(Setup(), **settings), url)
        try:
            yield seat
        finally:
            loop.let_go()
            await seat.leave()
            stage.clear()


@pytest.fixture(scope="session")
def lab() -> Iterator[EchoServer]:
    """One bundled server with its laboratory for all tapes that need none of their own."""
    with EchoServer("--lab") as server:
        yield server
