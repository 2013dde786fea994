"""The paths this server answers on."""

from __future__ import annotations

from typing import Final

ECHO: Final = "/websock-practice2/v1/"
ROOMS: Final = "/rooms/<name>/"
PATHS: Final = (ECHO, ROOMS)
