"""The states a connection can be in, as values that a header can show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from client_tui.core import close_codes

if TYPE_CHECKING:
    from client_tui.core.failure import Failure


class ClosedBy(Enum):
    """Who ended a connection."""

    US = "us"
    THEM = "them"
    NOBODY = "nobody"  # it was lost: no close frame went either way


@dataclass(frozen=True, slots=True)
class Handshake:
    """The answer that opened the connection (RFC 6455 §4.2.2).

    `server` is its Server header, `subprotocol` the one that was agreed on; each is
    "" where there is none. `seconds` is the time from the attempt's
    start to the answer. `headers` are all of them, in their order.
    """

    status: int
    server: str
    subprotocol: str
    seconds: float
    headers: tuple[tuple[str, str], ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Retry:
    """A new attempt that is due: its number, counted from 1 since all was well, and its time.

    `due` is in seconds since the epoch, as a frame's time is.
    """

    number: int
    due: float


@dataclass(frozen=True, slots=True)
class Connecting:
    """An attempt is under way, or about to begin (attempt 0).

    `attempt` numbers all attempts of the session. `retry` is 0 for the first one and for
    one that the user asked for, otherwise the retry's number.
    """

    attempt: int = 0
    retry: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """Frames can be sent and received."""

    attempt: int
    handshake: Handshake


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing handshake is under way (RFC 6455 §7.1.2).

    `reopens` tells that a new attempt follows at once, since the user asked for it.
    """

    attempt: int
    code: int
    reason: str
    by: ClosedBy
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """A connection that was open has ended.

    `code` and `reason` are those of the close frame that began it. `retry` is the attempt
    that follows by itself, or None.
    """

    code: int
    reason: str
    by: ClosedBy
    retry: Retry | None = None

    @property
    def meaning(self) -> str:
        """What the code means (RFC 6455 §7.4)."""
        return close_codes.meaning(self.code)

    @property
    def remedy(self) -> str:
        """What to do about it, in one line, or ""."""
        if self.code != close_codes.TOO_BIG:
            return ""
        if self.by is ClosedBy.US:
            return "to take larger messages, start with --max-size BYTES"
        return "the server does not take messages as large as the one that was sent"


@dataclass(frozen=True, slots=True)
class Failed:
    """The last attempt opened nothing. `retry` is the attempt that follows by itself, or None."""

    failure: Failure
    retry: Retry | None = None


State = Connecting | Open | Closing | Closed | Failed
