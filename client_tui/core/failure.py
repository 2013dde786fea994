"""Why no connection came about, as a value: in words, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class FailureKind(Enum):
    """What kept a connection from opening."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"  # the peer hung up before it had answered the handshake
    TIMED_OUT = "timed out"
    NAME_LOOKUP = "name lookup"  # the resolver could not say; it may be able to later
    NAME_NOT_FOUND = "name not found"
    TLS = "TLS"
    HTTP_STATUS = "HTTP status"
    REDIRECT = "redirect"
    HANDSHAKE = "handshake"
    PROXY = "proxy"
    TARGET = "target"  # a URL or a header that cannot be used
    STOPPED = "stopped"  # by the user, before it was open
    OTHER = "other"


_PASSING: Final = frozenset(
    {
        FailureKind.REFUSED,
        FailureKind.UNREACHABLE,
        FailureKind.DROPPED,
        FailureKind.TIMED_OUT,
        FailureKind.NAME_LOOKUP,
    }
)
_PASSING_STATUS: Final = frozenset({500, 502, 503, 504})


def is_passing(kind: FailureKind, status: int | None = None) -> bool:
    """Whether the same attempt may succeed later: the one place that sorts failures.

    A server that is not there yet, a network that is down and a gateway whose server
    restarts pass. A name that does not exist, a certificate that is wrong, and a server
    that speaks something else or says no stay as they are until a person acts.
    `status` is that of the HTTP answer, where there was one.
    """
    return kind in _PASSING or status in _PASSING_STATUS


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a connection did not open.

    `words` say it in one line and `remedy` in one more what to do, or "" where there is
    nothing to say. `detail` may be many lines: the answer that refused the handshake.
    `status` is its HTTP status. Nothing is escaped: all of it may quote the server.
    """

    kind: FailureKind
    words: str
    remedy: str = ""
    detail: str = ""
    status: int | None = None

    @property
    def retryable(self) -> bool:
        """Whether the same attempt may succeed later."""
        return is_passing(self.kind, self.status)
