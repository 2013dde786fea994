"""The conversation as the screen sees it: the server that is started for it, the client, and what it reports.

It is the wire's observer. What happens goes into the transcript at once, in order, and the
screen is told by messages.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.message import Message

from client_tui.core.errors import ClientError
from client_tui.core.failure import Failure, FailureKind
from client_tui.core.frame import Notice, NoticeKind
from client_tui.core.states import Closing, Connecting, Failed, Open, State
from client_tui.core.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from client_tui.core.frame import Entry
    from client_tui.record.recording import Recording, Trouble
    from client_tui.serving import BundledServer
    from client_tui.wire.client import Client
    from client_tui.wire.observer import Observer

    MakeClient = Callable[[str, Observer], Client]


class Arrived(Message):
    """The transcript has gained entries. Whoever hears it says so by `Session.heard`, to be told again."""


class StateChanged(Message):
    """The connection is in another state."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state


class RoundTrip(Message):
    """A ping has come back after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class RecordingChanged(Message):
    """The recording is in trouble, or over it: `words` say so."""

    def __init__(self, words: str, *, is_over: bool) -> None:
        super().__init__()
        self.words = words
        self.is_over = is_over


class NotSent(Message):
    """The connection went away before a text was handed to the socket."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Session:
    """Connects to `url`, or to `server` once that listens, and keeps the transcript in `recording`.

    `greetings` are the texts sent when a connection that the user asked for has opened.
    `post` is told what happens. `spawn` runs a coroutine beside the others, and ends the
    client where that raises: a mistake of its own.
    """

    def __init__(
        self,
        make_client: MakeClient,
        recording: Recording,
        *,
        url: str | None,
        server: BundledServer | None,
        greetings: Sequence[str],
        post: Callable[[Message], object],
        spawn: Callable[[Coroutine[object, object, None]], object],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.recording = recording
        self.transcript = Transcript(recording)
        self.state: State = Connecting()
        self.url = url
        self.server = server
        self._make_client = make_client
        self._client: Client | None = None
        self._greetings = greetings
        self._greets = True
        self._server_is_up = False
        self._has_told = False
        self._post = post
        self._spawn = spawn
        self._clock = clock

    async def run(self) -> None:
        """Start the server if there is to be one, connect, and stay until `quit`."""
        loop = asyncio.get_running_loop()
        self.recording.tell = lambda trouble: loop.call_soon_threadsafe(self._recording_changed, trouble)
        if self.server is not None and self.url is None:
            try:
                self.url = await asyncio.to_thread(self.server.start)
            except ClientError as error:
                self._tell(NoticeKind.ERROR, error.title, error.message)
                self.on_state(Failed(Failure(FailureKind.OTHER, error.title)))
                return
            self._server_is_up = True
            self._tell(NoticeKind.INFO, f"the bundled server listens · {self.url}")
        if self.url is not None:
            self._client = self._make_client(self.url, self)
            await self._client.run()

    @property
    def is_open(self) -> bool:
        """Whether a message can be sent."""
        return isinstance(self.state, Open)

    @property
    def is_waiting(self) -> bool:
        """Whether the peer is to say something next: whether it lets us in, or that it closes too."""
        return isinstance(self.state, (Connecting, Closing))

    # ------------------------------------------------------------------ what the user wants

    async def send(self, text: str) -> bool:
        """Send a text verbatim; tell whether it was handed to the socket.

        Waits for a server that does not read, and returns False when the connection goes away.
        """
        if self._client is None:
            return False
        return await self._client.send(text.encode("utf-8", "surrogatepass"), text=True)

    def send_soon(self, text: str) -> None:
        """Send a text in its turn; `NotSent` is posted where the connection goes away first."""
        self._spawn(self._send_or_tell(text))

    async def _send_or_tell(self, text: str) -> None:
        if not await self.send(text):
            self._post(NotSent(text))

    def reconnect(self) -> bool:
        """Connect now, in whatever state it is; tell whether there is something to connect to."""
        self._greets = True
        if self._client is None:
            return False
        self._client.reconnect()
        return True

    def disconnect(self) -> None:
        """Close the connection, and do not retry."""
        if self._client is not None:
            self._client.disconnect()

    def ping(self) -> bool:
        """Send a ping; tell whether the connection is open."""
        return self._client is not None and self._client.ping()

    async def quit(self) -> None:
        """Close the connection, within two seconds."""
        if self._client is not None:
            await self._client.quit()

    # ------------------------------------------------------------------ what the wire reports

    @property
    def has_room(self) -> bool:
        """Whether the recording takes more just now; while the disk is slow the socket waits."""
        return self.recording.has_room

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Take frames and notices, in the order in which they happened."""
        self.transcript.extend(entries)
        if not self._has_told:  # a message for each few frames of a flood would cost as much as they do
            self._has_told = True
            self._post(Arrived())

    def heard(self) -> None:
        """Take note that whoever shows the transcript knows that it has grown."""
        self._has_told = False

    def on_state(self, state: State) -> None:
        """Take the connection's new state."""
        self.state = state
        self._post(StateChanged(state))
        if isinstance(state, Open) and self._greets:
            self._greets = False
            for text in self._greetings:
                self.send_soon(text)
        if self._server_is_up and self.server is not None and self.server.has_failed:
            self._server_is_up = False  # it is told once, and not at each retry
            remedy = "leave and start again: it does not come back by itself. Its last lines:"
            detail = "\n".join([remedy, *self.server.log()[-20:]])
            self._tell(NoticeKind.ERROR, "the bundled server has ended", detail)

    def on_round_trip(self, seconds: float) -> None:
        """Take the time between a ping and its pong."""
        self._post(RoundTrip(seconds))

    def _recording_changed(self, trouble: Trouble) -> None:
        self._tell(NoticeKind.INFO if trouble.is_over else NoticeKind.WARNING, trouble.words)
        self._post(RecordingChanged(trouble.words, is_over=trouble.is_over))

    def _tell(self, kind: NoticeKind, text: str, detail: str = "") -> None:
        self.on_entries([Notice(self._clock(), kind, text, detail)])
