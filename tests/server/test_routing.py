from __future__ import annotations

import pytest

from server.consumers import EchoConsumer, UnknownPathConsumer
from server.rooms import RoomConsumer
from server.routing import consumer_for


def test_the_echo() -> None:
    assert isinstance(consumer_for("/websock-practice2/v1/"), EchoConsumer)


@pytest.mark.parametrize("path", ["/rooms/lobby/", "/rooms/a/b/", "/rooms/a\nb/", "/rooms/世界/"])
def test_rooms_of_every_name(path: str) -> None:
    assert isinstance(consumer_for(path), RoomConsumer)


@pytest.mark.parametrize(
    "path",
    ["/", "", "/rooms/", "/rooms//", "/rooms/lobby", "/websock-practice2/v1"],
)
def test_other_paths(path: str) -> None:
    assert isinstance(consumer_for(path), UnknownPathConsumer)
