"""A server that closes the connection, with any code that a server may send."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar, Final

from server.lab.endpoint import LabConsumer
from server.lab.parameters import Number, Parameter, Text

# RFC 6455 §7.4 and the IANA registry. 1004 is reserved, and 1005, 1006 and 1015 are never on the wire.
_CODES: Final = (range(1000, 1004), range(1007, 1015), range(3000, 5000))


@dataclass(frozen=True, slots=True)
class CloseCode(Parameter[int]):
    """A code that may stand in a close frame."""

    @property
    def bounds(self) -> str:
        """Which codes."""
        return f"a code: {', '.join(f'{codes[0]} to {codes[-1]}' for codes in _CODES)}"

    def read(self, text: str) -> int | None:
        """Read it."""
        return next((code for codes in _CODES for code in codes if text == str(code)), None)


CODE: Final = CloseCode("code", 1000, "the close code")
AFTER: Final = Number("after", 1.0, "seconds until then", 0, 3_600)
REASON: Final = Text("reason", "", "the close reason, percent-encoded", 123)


class Close(LabConsumer):
    """One connection to ``/lab/close/``."""

    path: ClassVar = "/lab/close/"
    about: ClassVar = "Closes the connection after a while, with the code and the reason that you name."
    parameters: ClassVar = (CODE, AFTER, REASON)

    async def work(self) -> None:
        """Wait, and close."""
        await asyncio.sleep(self.values[AFTER])
        await self.close(self.values[CODE], self.values[REASON])
