from __future__ import annotations

import pytest

from server.consumers import EchoConsumer, UnknownPathConsumer
from server.lab.catalogue import CONSUMERS
from server.rooms import RoomConsumer
from server.routing import Routing

without_lab = Routing(lab=False)
with_lab = Routing(lab=True)


def test_the_echo() -> None:
    assert isinstance(without_lab.consumer_for("/websock-practice2/v1/"), EchoConsumer)


@pytest.mark.parametrize("path", ["/rooms/lobby/", "/rooms/a/b/", "/rooms/a\nb/", "/rooms/世界/"])
def test_rooms_of_every_name(path: str) -> None:
    assert isinstance(without_lab.consumer_for(path), RoomConsumer)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/lab",
        "/lab/flood",
        "/lab/elsewhere/",
        "/rooms/",
        "/rooms//",
        "/rooms/lobby",
        "/websock-practice2/v1",
    ],
)
def test_other_paths(path: str) -> None:
    assert isinstance(with_lab.consumer_for(path), UnknownPathConsumer)
    assert isinstance(without_lab.consumer_for(path), UnknownPathConsumer)


@pytest.mark.parametrize("path", ["/lab/", "/lab/flood/", "/lab/ticker/"])
def test_the_lab_is_there_only_when_it_is_asked_for(path: str) -> None:
    assert isinstance(without_lab.consumer_for(path), UnknownPathConsumer)
    assert isinstance(with_lab.consumer_for(path), CONSUMERS[path])
    assert path not in without_lab.paths
    assert path in with_lab.paths
