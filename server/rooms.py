"""The rooms: what one client sends reaches every client of the room, through the channel layer.

A client that does not read must neither stop the others nor fill the memory. So each has an
outbox with a bound: one task moves the layer's messages into it and never waits, another
sends from it as fast as the client reads. A client whose outbox is full is closed with 4408.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from channels.layers import InMemoryChannelLayer, get_channel_layer  # type: ignore[import-untyped]

from server import answers, close_codes
from server.consumers import Event, JsonConsumer, Receive, Send

if TYPE_CHECKING:
    from collections.abc import Coroutine

log = logging.getLogger(__name__)

OUTBOX_CHARACTERS: Final = 64 * 1024 * 1024
"""How much may wait for one client. The texts are shared between the clients of a process."""

_PER_MESSAGE: Final = 100  # what a short message costs beside its characters
_BEAT_SECONDS: Final = 2.0
_LAYER_SECONDS: Final = 5.0


def group_name(room: str) -> str:
    """Return a name that Channels takes for a group, of whatever length and letters `room` is."""
    return f"room.{hashlib.sha256(room.encode('utf-8', 'surrogatepass')).hexdigest()}"


class Outbox:
    """The texts that wait for one client, in order. It takes any one text, but not without end."""

    def __init__(self, bound: int = OUTBOX_CHARACTERS) -> None:
        self._texts: deque[str] = deque()
        self._size = 0
        self._bound = bound
        self._something = asyncio.Event()

    def put(self, text: str) -> bool:
        """Add `text`. False: there is no room for it."""
        cost = len(text) + _PER_MESSAGE
        if self._texts and self._size + cost > self._bound:
            return False
        self._texts.append(text)
        self._size += cost
        self._something.set()
        return True

    async def get(self) -> str:
        """Take the oldest text, or wait for one."""
        while not self._texts:
            self._something.clear()
            await self._something.wait()
        text = self._texts.popleft()
        self._size -= len(text) + _PER_MESSAGE
        return text


class RoomConsumer(JsonConsumer):
    """One client of the room called `name`."""

    def __init__(self, name: str) -> None:
        self._group = group_name(name)
        self._outbox = Outbox()
        self._tasks: list[asyncio.Task[None]] = []
        self._heard = asyncio.Event()
        self._over = False

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection, and leave the room however it ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._leave()

    async def websocket_connect(self, message: Event) -> None:
        """Join the room, and let the client in."""
        error = await self._join()
        await super().websocket_connect(message)
        if error:
            await self._lose_room(error)
            return
        self._start(self._collect())
        self._start(self._deliver())
        if not isinstance(self._layer, InMemoryChannelLayer):
            self._start(self._watch())

    async def document(self, text: str) -> None:
        """Send a JSON text to everybody in the room."""
        if self._over:
            return
        try:
            await self._layer.group_send(self._group, {"type": "room.message", "text": text})
        except Exception as error:  # whatever the layer's backend raises
            await self._lose_room(error)

    async def say(self, text: str) -> None:
        """Send one text frame, after those that wait already."""
        if not self._over and not self._outbox.put(text):
            await self._drop()

    async def _join(self) -> Exception | None:
        try:
            self._layer = get_channel_layer()
            async with asyncio.timeout(_LAYER_SECONDS):
                self._channel = await self._layer.new_channel()
                await self._layer.group_add(self._group, self._channel)
        except Exception as error:  # whatever the layer's backend raises
            return error
        return None

    async def _leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(Exception):  # a lost layer has no members any more
            await self._layer.group_discard(self._group, self._channel)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _collect(self) -> None:
        """Empty the layer into the outbox, as fast as it fills."""
        while not self._over:
            try:
                message = await self._layer.receive(self._channel)
            except Exception as error:  # whatever the layer's backend raises
                await self._lose_room(error)
            else:
                if message["type"] == "room.message":
                    await self.say(message["text"])
                else:
                    self._heard.set()

    async def _deliver(self) -> None:
        while not self._over:
            await super().say(await self._outbox.get())

    async def _watch(self) -> None:
        """Send a beat through the layer and wait for it, because a lost subscription is silent."""
        try:
            while not self._over:
                self._heard.clear()
                async with asyncio.timeout(_LAYER_SECONDS):
                    await self._layer.send(self._channel, {"type": "room.beat"})
                    await self._heard.wait()
                await asyncio.sleep(_BEAT_SECONDS)
        except Exception as error:  # whatever the layer's backend raises
            await self._lose_room(error)

    async def _drop(self) -> None:
        self._over = True
        log.warning("dropped %s: it does not read what the room sends", self.peer)
        self._outbox = Outbox()
        await self.close(close_codes.NOT_READING, "this client does not read what the room sends")

    async def _lose_room(self, error: Exception) -> None:
        if self._over:
            return
        self._over = True
        log.warning("lost the room of %s: %s: %s", self.peer, type(error).__name__, error)
        await super().say(answers.error(answers.ROOM_LOST))
        await self.close(close_codes.ROOM_LOST, answers.ROOM_LOST.message)
