"""Which endpoints the lab has, and ``/lab/``, which lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec

from server.lab.big import Big
from server.lab.binary import Binary
from server.lab.close import Close
from server.lab.drop import Drop
from server.lab.endpoint import LabConsumer
from server.lab.flood import Flood
from server.lab.hostile import Hostile
from server.lab.slow import Slow
from server.lab.ticker import Ticker

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDPOINTS: Final[tuple[type[LabConsumer], ...]] = (Ticker, Flood, Slow, Close, Drop, Big, Binary, Hostile)


def described(endpoint: type[LabConsumer]) -> dict[str, Any]:
    """Tell of one endpoint: its path, what it does, and its parameters with their bounds."""
    parameters = [
        {"name": each.name, "default": each.default, "bounds": each.bounds, "meaning": each.meaning}
        for each in endpoint.parameters
    ]
    return {"path": endpoint.path, "about": endpoint.about, "parameters": parameters}


class Index(LabConsumer):
    """One connection to ``/lab/``."""

    path: ClassVar = "/lab/"
    about: ClassVar = "Lists the endpoints, and closes with 1000."

    async def work(self) -> None:
        """Send the list, and close."""
        await self.say(msgspec.json.encode({"endpoints": [described(each) for each in ENDPOINTS]}).decode())
        await self.close(1000, "that was the list")


_ALL: Final[tuple[type[LabConsumer], ...]] = (Index, *ENDPOINTS)

CONSUMERS: Final[Mapping[str, type[LabConsumer]]] = {each.path: each for each in _ALL}
"""Each path of the lab, with its consumer."""
