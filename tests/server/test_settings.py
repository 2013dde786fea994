from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from server import settings

if TYPE_CHECKING:
    import pytest


def test_rooms_are_in_memory_unless_redis_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    layer = importlib.reload(settings).CHANNEL_LAYERS["default"]
    assert layer["BACKEND"].endswith("InMemoryChannelLayer")
    monkeypatch.setenv("REDIS_URL", "redis://example:1/2")
    layer = importlib.reload(settings).CHANNEL_LAYERS["default"]
    assert layer["BACKEND"].endswith("RedisPubSubChannelLayer")
    assert layer["CONFIG"]["hosts"][0]["address"] == "redis://example:1/2"
