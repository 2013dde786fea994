"""Plays a tape: its commands one after the other, against the real client, in the tape's own time."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from functools import singledispatchmethod
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from client_tui.core.errors import ClientError
from client_tui.core.printable import printable
from client_tui.core.redaction import redacted
from client_tui.demo import tape as words
from client_tui.demo.company import Company
from client_tui.demo.conductor import BUSY_PATIENCE, Conductor
from client_tui.demo.filming import Filming
from client_tui.demo.scenery import Scenery, clients_of
from client_tui.demo.setup import setup_of
from client_tui.demo.stage import Stage, neutral_environment
from client_tui.demo.take import Halt, HaltError, Reel, Still, Take
from client_tui.demo.tape.keys import character_of, key_of
from client_tui.demo.tape.parse import BEFORE_IT_STARTS
from client_tui.demo.tape_loop import TapeLoop
from client_tui.finding.examiner import LIMIT_SECONDS, Examiner
from client_tui.ui.puppet import unseen
from client_tui.ui.told_time import time_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from client_tui.demo.stage import Seat

_LONGEST_EXCERPT: Final = 400
"""Characters of a document that are quoted where it is not what was expected."""
_BYTES_OF_KEYS: Final = {"enter": "\r", "tab": "\t", "escape": "\x1b"}


def play(tape: words.Tape) -> Take | Halt:
    """Play a tape, and return what it makes, or why it stopped. Nothing is written."""
    extra = {each.name: each.value for each in tape.commands if isinstance(each, words.Env)}
    with neutral_environment(extra), asyncio.Runner(loop_factory=TapeLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, TapeLoop)  # noqa: S101  # it was made as one
        with time_of(loop.time), unseen():
            try:
                player = Player(tape, loop)
            except OSError as error:  # there is no folder for what is temporary
                return Halt(tape.name, 1, f"it cannot be played here: {error.strerror}")
            return runner.run(player.play())


class Player:
    """One run of a tape on its own loop."""

    def __init__(self, tape: words.Tape, loop: TapeLoop) -> None:
        self._tape = tape
        self._loop = loop
        self._setup = setup_of(takewhile(lambda each: isinstance(each, BEFORE_IT_STARTS), tape.commands))
        self._stage = Stage(loop)
        self._company = Company(self._stage)
        self._scenery = Scenery(clients_of(tape.commands))
        outputs = [each.path for each in tape.commands if isinstance(each, words.Output)]
        self._outputs = list(dict.fromkeys(outputs))
        self._filming = Filming(self._setup.framerate)
        seats = self._company.seats.values()
        self._conductor = Conductor(loop, seats, 1 / self._setup.framerate, self._film)
        self._examiner = Examiner()
        self._clipboard = ""
        self._stills: list[Still] = []
        self._at = tape.name, 1

    async def play(self) -> Take | Halt:
        """Play it, and leave nothing running."""
        try:
            self._check()
            for command in self._tape.commands:
                self._at = command.file, command.line
                await self._do(command)
                self._company.note_who_left(command.line)
            await self._conductor.settle()
            self._company.look_for_failures()
            return self._take()
        except HaltError as halt:
            screen = self._company.screen() if halt.shows_screen else ()
            return Halt(*self._at, halt.words, screen, tuple(self._stills))
        except ClientError as error:
            return Halt(*self._at, f"{error.title}: {error.message}", (), tuple(self._stills))
        finally:
            await self._clear()

    def _check(self) -> None:
        """Look whether there is what the tape needs."""
        for program in self._tape.requires:
            self._at = program.file, program.line
            if shutil.which(program.program) is None:
                raise HaltError(f"{program.program} is not installed, and the tape needs it")

    def _take(self) -> Take:
        end = self._loop.time()
        speed, offset, look = self._setup.playback_speed, self._setup.loop_offset, self._setup.look
        film = self._filming.film(end, speed, offset) if self._outputs else None
        reels = tuple(Reel(path, film, look) for path in self._outputs) if film is not None else ()
        return Take(tuple(self._stills), reels, end)

    async def _clear(self) -> None:
        self._examiner.close()
        self._loop.let_go()
        try:
            await self._company.leave()
        finally:
            await asyncio.to_thread(self._stage.clear)

    # ------------------------------------------------------------------ clients

    async def _seat(self, patience: float = BUSY_PATIENCE) -> Seat:
        """Return the client that is played; open it where it is not there yet, and wait until it is calm."""
        if self._company.player is None:
            await self._open(patience)
        return self._company.playing()

    async def _open(self, patience: float = BUSY_PATIENCE) -> None:
        await self._company.open(self._setup)
        self._filming.show(self._loop.time())
        await self._conductor.settle(patience)

    async def _change(self) -> Seat:
        """Return the client that is played, once everything before is over."""
        seat = await self._seat()
        await self._conductor.settle()
        return seat

    def _film(self) -> None:
        if self._outputs and self._company.seats and self._filming.is_on:
            scene = self._scenery.scene(self._company.pictures(), of_all=True)
            self._filming.take(self._loop.time(), scene)

    # ------------------------------------------------------------------ the words

    @singledispatchmethod
    async def _do(self, command: words.Command) -> None:
        """Do what a command asks for; some were done before the client started."""
        raise NotImplementedError(command)

    @_do.register(words.Output)
    @_do.register(words.Require)
    @_do.register(words.Env)
    async def _did(self, _command: words.Command) -> None:
        pass

    @_do.register
    async def _set(self, command: words.SetTo) -> None:
        if command.name == "Title" and self._company.turn:
            self._scenery.name(self._company.turn, str(command.value))
            return
        self._setup = self._setup.changed(command.name, command.value)
        self._company.pace(self._setup)

    @_do.register
    async def _type(self, command: words.TypeText) -> None:
        speed = self._setup.typing_speed if command.speed is None else command.speed
        for character in command.text:
            key = key_of(character)
            if key is None:
                raise HaltError(f"no key types the character U+{ord(character):04X}: Copy and Paste it")
            await self._press_one(key, character, speed)

    @_do.register
    async def _press(self, command: words.Press) -> None:
        speed = self._setup.typing_speed if command.speed is None else command.speed
        character = _BYTES_OF_KEYS.get(command.key) or character_of(command.key)
        for _ in range(command.count):
            await self._press_one(command.key, character, speed)

    async def _press_one(self, key: str, character: str | None, speed: float) -> None:
        seat = await self._seat()
        seat.puppet.press(key, character)
        await self._conductor.pass_time(speed)

    @_do.register
    async def _copy(self, command: words.Copy) -> None:
        self._clipboard = command.text

    @_do.register
    async def _paste(self, _command: words.Paste) -> None:
        seat = await self._seat()
        seat.puppet.paste(self._clipboard)
        await self._conductor.pass_time(self._setup.typing_speed)

    @_do.register
    async def _sleep(self, command: words.Sleep) -> None:
        await self._seat()
        await self._conductor.pass_time(command.seconds)

    @_do.register
    async def _hide(self, _command: words.Hide) -> None:
        self._filming.hide(self._loop.time())

    @_do.register
    async def _show(self, _command: words.Show) -> None:
        self._filming.show(self._loop.time())

    @_do.register
    async def _screenshot(self, command: words.Screenshot) -> None:
        await self._change()
        scene = self._scenery.scene(self._company.pictures(), of_all=False)
        self._stills.append(Still(command.path, scene, self._setup.look))
        self._scenery.clear()

    @_do.register
    async def _theme(self, command: words.Theme) -> None:
        self._setup = replace(self._setup, theme=command.name)
        self._company.show_theme(command.name)
        await self._change()

    @_do.register
    async def _annotate(self, command: words.Annotate) -> None:
        seat = await self._change()
        lines = seat.puppet.picture().lines
        self._scenery.annotate(self._company.turn, command.text, self._row(command.row, lines))
        self._film()

    def _row(self, wanted: int | re.Pattern[str], lines: Sequence[str]) -> int:
        """Return the row that is meant, counted from 0."""
        if isinstance(wanted, int):
            if wanted > len(lines):
                raise HaltError(f"there is no row {wanted}: the screen has {len(lines)}")
            return wanted - 1
        found = self._found(wanted, lines)
        if found < 0:
            raise HaltError(f"no row matches {_shown(wanted)}", shows_screen=True)
        return found

    # ------------------------------------------------------------------ the conversation

    @_do.register
    async def _serve(self, command: words.Serve) -> None:
        await asyncio.to_thread(self._stage.serve, lab=command.lab)
        await self._conductor.settle()

    @_do.register
    async def _stop_serving(self, _command: words.StopServing) -> None:
        await asyncio.to_thread(self._stage.stop_serving)
        await self._conductor.settle()

    @_do.register
    async def _choose(self, command: words.Client) -> None:
        """Play another client, which is opened with what it does first: that may be to connect elsewhere."""
        self._company.turn = command.name

    @_do.register
    async def _connect(self, command: words.Connect) -> None:
        """Connect a client that is to be opened; one that is there already is opened anew."""
        self._company.url = command.url
        if await self._company.close():
            await self._open()

    @_do.register
    async def _redact(self, command: words.Redact) -> None:
        self._company.cover(command.path)

    @_do.register
    async def _send(self, command: words.SendJson) -> None:
        seat = await self._change()
        if not seat.puppet.send(command.text):
            raise HaltError("nothing can be sent: the connection is not open", shows_screen=True)
        await self._conductor.pass_time(self._setup.typing_speed)

    @_do.register
    async def _expect(self, command: words.Expect) -> None:
        """Look at the newest frame, and at those that still come where it is not the one."""
        seat = await self._seat()
        looked_at = -1
        is_held: bool | None = False

        def is_decided() -> bool:
            nonlocal looked_at, is_held
            if seat.pacer.received != looked_at and seat.pacer.newest is not None:
                looked_at = seat.pacer.received
                is_held = self._examiner.holds(command.expression, seat.pacer.newest)
            is_answered = not (seat.pacer.is_asked and seat.puppet.is_connected)
            return is_held is not False or (is_answered and self._conductor.is_calm)

        await self._conductor.wait(is_decided, self._setup.wait_limit, frame_by_frame=True)
        if is_held is None:
            raise HaltError(f"Expect: the expression gave no answer within {LIMIT_SECONDS:g} s")
        if not is_held:
            newest = seat.pacer.newest
            found = (
                "no frame was received" if newest is None else f"the newest frame is {self._excerpt(newest)}"
            )
            is_gone = newest is None or not seat.puppet.is_connected
            raise HaltError(f"Expect {command.expression} does not hold: {found}", shows_screen=is_gone)

    def _excerpt(self, payload: bytes) -> str:
        """Return the beginning of a document, without its secrets."""
        text = printable(redacted(payload, self._company.secrets).payload.decode("utf-8", "replace"))
        return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT]}…"

    # ------------------------------------------------------------------ waiting

    async def _wait(
        self, what: str, is_over: Callable[[Seat], bool], limit: float | None, *, frame_by_frame: bool = False
    ) -> None:
        seconds = self._setup.wait_limit if limit is None else limit
        seat = await self._seat(seconds)
        if not await self._conductor.wait(lambda: is_over(seat), seconds, frame_by_frame=frame_by_frame):
            raise HaltError(f"waited {seconds:g} s for {what}", shows_screen=True)

    @_do.register
    async def _wait_settled(self, command: words.WaitSettled) -> None:
        await self._wait("everything to settle", lambda _: self._conductor.is_calm, command.limit)

    @_do.register
    async def _wait_received(self, command: words.WaitReceived) -> None:
        def are_there(seat: Seat) -> bool:
            return seat.pacer.received >= command.count

        await self._wait(_frames(command.count, "received"), are_there, command.limit, frame_by_frame=True)

    @_do.register
    async def _wait_sent(self, command: words.WaitSent) -> None:
        def are_there(seat: Seat) -> bool:
            return seat.pacer.sent >= command.count

        await self._wait(_frames(command.count, "sent"), are_there, command.limit, frame_by_frame=True)

    @_do.register
    async def _wait_state(self, command: words.WaitState) -> None:
        is_open = command.state is words.State.OPEN

        def is_so(seat: Seat) -> bool:
            puppet = seat.puppet
            return puppet.has_given_up or (puppet.is_connected if is_open else puppet.is_retrying)

        what = f"the connection to be {command.state.value}"
        await self._wait(what, is_so, command.limit, frame_by_frame=True)
        if is_open and not (await self._seat()).puppet.is_connected:
            raise HaltError("the connection is not open, and is not tried again", shows_screen=True)

    @_do.register
    async def _wait_regex(self, command: words.WaitRegex) -> None:
        def is_there(seat: Seat) -> bool:
            lines = seat.puppet.picture().lines
            is_line = command.scope is words.Scope.LINE
            text = lines[seat.puppet.cursor_row] if is_line else "\n".join(lines)
            return self._found(command.pattern, [text]) == 0

        where = "the line of the cursor" if command.scope is words.Scope.LINE else "the screen"
        await self._wait(f"{_shown(command.pattern)} in {where}", is_there, command.limit)

    def _found(self, pattern: re.Pattern[str], texts: Sequence[str]) -> int:
        """Return the number of the first text in which a pattern is found, -1 where it is in none."""
        found = self._examiner.first(pattern, texts)
        if found is None:
            raise HaltError(f"{_shown(pattern)} takes longer than {LIMIT_SECONDS:g} s")
        return found


def _frames(count: int, which: str) -> str:
    return f"{count} {which} frame{'s' * (count > 1)}"


def _shown(pattern: re.Pattern[str]) -> str:
    return f"/{pattern.pattern}/"
