"""What all endpoints of the lab share: their parameters, their work, and its end with the client."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from server import answers, close_codes
from server.consumers import Event, JsonConsumer, Receive, Send
from server.jsontext import Problem
from server.lab.parameters import Parameter, Values, read

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)


class LabConsumer(JsonConsumer):
    """One connection to an endpoint. Its `work` runs beside what the client sends, which is echoed."""

    path: ClassVar[str]
    about: ClassVar[str]
    """What it does, in one sentence."""
    parameters: ClassVar[Sequence[Parameter[Any]]] = ()

    def __init__(self) -> None:
        self.values = Values({})
        self.sent = 0
        """How many frames of its own it has sent."""

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection, and end its work however the connection ends."""
        self._working: asyncio.Task[None] | None = None
        try:
            async with asyncio.TaskGroup() as self._tasks:
                await super().__call__(scope, receive, send)
                if self._working:
                    self._working.cancel()
        except ExceptionGroup as group:  # which the log would not look into
            raise group.exceptions[0] from None

    async def websocket_connect(self, message: Event) -> None:
        """Read the parameters, and begin the work or say what is wrong with them."""
        values = self._read()
        if isinstance(values, Problem):
            await super().websocket_connect(message)
            await self._refuse(values)
        else:
            self.values = values
            self._working = self._tasks.create_task(self._run(message))

    def objection(self, values: Values) -> Problem | None:  # noqa: ARG002  # most have none
        """Return why these values do not go together, though each of them is within its bounds."""
        return None

    async def document(self, text: str) -> None:
        """Echo."""
        await self.say(text)

    @abstractmethod
    async def work(self) -> None:
        """Do what this endpoint is for. It is cancelled when the client leaves."""

    async def welcome(self, message: Event) -> None:
        """Let the client in."""
        await super().websocket_connect(message)

    async def send_frames(self, frames: bytes, count: int, *, unfinished: bool = False) -> None:
        """Send what is framed already, and wait while the client does not read.

        Where the last of `frames` is `unfinished`, nothing else is sent before its rest. Raises
        `ConnectionError` when the client has left.
        """
        self.sent += count  # before the wait, because they are on their way by then
        await self.send({"type": "lab.frames", "frames": frames, "unfinished": unfinished})

    async def _run(self, message: Event) -> None:
        end = "stopped"
        try:
            await self.welcome(message)
            await self.work()
            end = "finished"
        except ConnectionError:  # its disconnect event is on the way
            pass
        finally:
            log.info("%s %s %s after %d frames", end, self.peer, self.path, self.sent)

    def _read(self) -> Values | Problem:
        values = read(self.scope["query_string"], self.parameters)
        return values if isinstance(values, Problem) else self.objection(values) or values

    async def _refuse(self, problem: Problem) -> None:
        names = [f"{each.name}: {each.bounds} ({each.meaning})" for each in self.parameters]
        await super().say(answers.error(problem, parameters=names))
        await self.close(close_codes.WRONG_PARAMETER, "wrong parameter")
