"""Django's settings for a server without database, users, sessions or pages."""

from __future__ import annotations

import os
from typing import Any

SECRET_KEY = ""  # nothing is signed
ALLOWED_HOSTS = ["*"]  # `origins` decides who may come in
DATABASES: dict[str, Any] = {}
INSTALLED_APPS: list[str] = []
LOGGING_CONFIG = None  # `logs`, or the daphne command, sets up logging
TIME_ZONE = None  # leave the process in the zone it was started in: Django would move the log to Chicago

ROOM_CAPACITY = 10_000
"""How many messages the memory layer holds for one client. The client's outbox, which has a bound
in bytes, empties it at once, so that this is never what decides."""

_A_CENTURY = 100 * 365 * 86_400  # in seconds: nobody is dropped from a room for staying long


def _channel_layer(redis_url: str | None) -> dict[str, Any]:
    if redis_url:
        # Publish and subscribe, because it keeps the order, holds nothing back, and a killed
        # server leaves no member behind.
        host = {"address": redis_url, "socket_connect_timeout": 2, "socket_timeout": 5}
        return {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [host], "prefix": "jsonws"},
        }
    return {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        "CONFIG": {"capacity": ROOM_CAPACITY, "group_expiry": _A_CENTURY},
    }


CHANNEL_LAYERS = {"default": _channel_layer(os.environ.get("REDIS_URL"))}
