"""The codes with which this server closes a connection of its own accord (RFC 6455 §7.4).

Those from 4000 on are HTTP statuses plus 4000. There is none between 1002 and 3999, because
the plain daphne command refuses to send them for an application. The lab sends any, on demand.
"""

from __future__ import annotations

from typing import Final

GOING_AWAY: Final = 1001
"""The server ends."""

WRONG_PARAMETER: Final = 4400
"""An endpoint of the lab was asked for something it does not do; the last message says what."""

UNKNOWN_PATH: Final = 4404
"""There is nothing on this path; the last message lists those there are."""

NOT_READING: Final = 4408
"""The client does not read what its room sends, or does not answer a ping."""

TOO_MUCH: Final = 4429
"""The client sends faster than the lab's slow endpoint may answer."""

ROOM_LOST: Final = 4503
"""The channel layer fails, and messages of the room may be missing."""
