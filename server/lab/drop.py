"""A connection that breaks: TCP ends, and no close frame says why."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Final

from server.lab.endpoint import LabConsumer
from server.lab.parameters import Number, Switch

AFTER: Final = Number("after", 1.0, "seconds until then", 0, 3_600)
RESET: Final = Switch("reset", default=False, meaning="whether by a reset (RST) instead of an end (FIN)")


class Drop(LabConsumer):
    """One connection to ``/lab/drop/``."""

    path: ClassVar = "/lab/drop/"
    about: ClassVar = "Cuts the TCP connection after a while, without a close frame."
    parameters: ClassVar = (AFTER, RESET)

    async def work(self) -> None:
        """Wait, and cut it."""
        await asyncio.sleep(self.values[AFTER])
        await self.send({"type": "lab.drop", "reset": self.values[RESET]})
