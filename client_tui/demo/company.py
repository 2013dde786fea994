"""The clients of a tape: whose turn it is, and what all of them have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.demo.take import HaltError

if TYPE_CHECKING:
    from client_tui.core.redaction import Path
    from client_tui.demo.setup import Setup
    from client_tui.demo.stage import Seat, Stage
    from client_tui.picture.picture import Picture


class Company:
    """Those who play on a stage. A client is opened when its turn comes for the first time."""

    def __init__(self, stage: Stage) -> None:
        self.seats: dict[str, Seat] = {}
        """The clients that are open, by their names."""
        self.turn = ""
        """The name of the client that is played; "" is one without a name."""
        self.url: str | None = None
        """What those connect to that are opened from here on: None is the tape's own server."""
        self.secrets: tuple[Path, ...] = ()
        """What is covered in every document."""
        self._stage = stage
        self._left_in: dict[str, int] = {}  # the line after which a client was there no more

    @property
    def player(self) -> Seat | None:
        """The client whose turn it is, if it is open."""
        return self.seats.get(self.turn)

    async def open(self, setup: Setup) -> None:
        """Open the client whose turn it is.

        Raises:
            HaltError: there is nothing to connect to.
            ClientError: the server does not start.

        """
        if (self.url or "/").startswith("/") and not self._stage.has_server:
            raise HaltError("there is no server: Serve starts one, and Connect ws://… leads to another")
        seat = await self._stage.open(setup, self.url)
        seat.cover(self.secrets)
        self.seats[self.turn] = seat

    async def close(self) -> bool:
        """Close the client whose turn it is; tell whether it was open."""
        seat = self.seats.pop(self.turn, None)
        if seat is not None:
            await seat.leave()
        return seat is not None

    async def leave(self) -> None:
        """Close all clients, those that came last first."""
        for seat in reversed(self.seats.values()):
            await seat.leave()

    # ------------------------------------------------------------------ how they fare

    def note_who_left(self, line: int) -> None:
        """Note which clients are not there any more after a line of the tape."""
        for name, seat in self.seats.items():
            if not seat.puppet.is_running:
                self._left_in.setdefault(name, line)

    def look_for_failures(self) -> None:
        """Look whether all clients are well.

        Raises:
            HaltError: one of them has failed.

        """
        for seat in self.seats.values():
            if seat.puppet.failure is not None:
                raise HaltError(f"the client failed: {seat.puppet.failure!r}")

    def playing(self) -> Seat:
        """Return the client whose turn it is.

        Raises:
            HaltError: it was left, or one of the clients has failed.

        """
        self.look_for_failures()
        if self.player is None or not self.player.puppet.is_running:
            raise HaltError(f"the client was left in line {self._left_in.get(self.turn, 0)}")
        return self.player

    # ------------------------------------------------------------------ what holds for all

    def cover(self, path: Path) -> None:
        """Cover what stands there in every document from here on."""
        self.secrets = (*self.secrets, path)
        for seat in self.seats.values():
            seat.cover(self.secrets)

    def pace(self, setup: Setup) -> None:
        """Let frames come in as far apart as is set now."""
        for seat in self.seats.values():
            seat.pacer.latency, seat.pacer.interval = setup.latency, setup.interval

    def show_theme(self, name: str) -> None:
        """Change the colours."""
        for seat in self.seats.values():
            seat.puppet.show_theme(name)

    # ------------------------------------------------------------------ what they show

    def pictures(self) -> dict[str, Picture]:
        """Return what the clients show, by their names."""
        return {name: seat.picture() for name, seat in self.seats.items()}

    def screen(self) -> tuple[str, ...]:
        """Return what stands on the screen of the client whose turn it is, without the empty rows."""
        return tuple(filter(None, self.player.picture().lines)) if self.player else ()
