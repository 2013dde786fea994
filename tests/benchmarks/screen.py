"""Which keys of the client are pressed, and which words of its screen are waited for: all in one place."""

from __future__ import annotations

import re
from typing import Final

# As a terminal sends them (xterm).
HOME: Final = b"\x1b[H"
END: Final = b"\x1b[F"
PAGE_UP: Final = b"\x1b[5~"
PAGE_DOWN: Final = b"\x1b[6~"
UP: Final = b"\x1b[A"
SPACE: Final = b" "
ESCAPE: Final = b"\x1b"

QUIT: Final = b"\x11"  # Ctrl+Q
TO_HISTORY: Final = b"\x1b[Z"  # Shift+Tab, from the composer
DENSITY: Final = b"\x1bOQ"  # F2
SELECT_ALL: Final = b"\x1b[18~"  # F7, in the composer

OPEN_FILTER: Final = b"\x1b[17~"  # F6
FILTER_IS_OPEN: Final = "dir:sent"  # among the examples that an empty filter line shows
END_FILTER: Final = ESCAPE


def filter_counted(matches: int) -> re.Pattern[bytes]:
    """Return what is at the right end of the filter line once all is looked at: until then a bar follows."""
    return re.compile(rf"(?<![\d,]){matches:,} of [\d,]++(?! *━)".encode())
