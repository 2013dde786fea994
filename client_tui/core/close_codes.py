"""What a close code says, and whether a connection that ended with it is worth a new attempt."""

from __future__ import annotations

from typing import Final

NORMAL: Final = 1000
PROTOCOL_ERROR: Final = 1002
NO_STATUS: Final = 1005  # never on the wire: stands for a close frame without a code
ABNORMAL: Final = 1006  # never on the wire: stands for no close frame at all
INVALID_PAYLOAD: Final = 1007
TOO_BIG: Final = 1009
INTERNAL_ERROR: Final = 1011

# RFC 6455 §7.4.1, and 1012 to 1014 from IANA's registry that §11.7 set up.
_MEANINGS: Final = {
    NORMAL: "normal closure",
    1001: "going away",
    PROTOCOL_ERROR: "protocol error",
    1003: "unsupported data",
    NO_STATUS: "no code given",
    ABNORMAL: "no close frame",
    INVALID_PAYLOAD: "invalid payload data",
    1008: "policy violation",
    TOO_BIG: "message too big",
    1010: "extension missing",
    INTERNAL_ERROR: "internal error",
    1012: "service restart",
    1013: "try again later",
    1014: "bad gateway",
    1015: "TLS handshake failed",
}

# The server went away, broke or asks for patience: it may be back. Every other code is an answer
# that would be the same again: a farewell (1000), a verdict on what this client is or sent (1002,
# 1003, 1007 to 1010), or a decision of the application (3xxx, 4xxx). A close frame without a code
# (1005) was sent on purpose too.
_PASSING: Final = frozenset({1001, ABNORMAL, INTERNAL_ERROR, 1012, 1013, 1014})


def meaning(code: int) -> str:
    """Return what `code` means in a few words (RFC 6455 §7.4)."""
    if code in _MEANINGS:
        return _MEANINGS[code]
    if 3000 <= code < 4000:
        return "registered by a framework"
    if 4000 <= code < 5000:
        return "private to the application"
    return "unknown code"


def is_passing(code: int) -> bool:
    """Whether a server that closed with `code` may well take a new connection soon."""
    return code in _PASSING
