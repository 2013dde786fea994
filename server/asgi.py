"""The ASGI application, for this package's own server and for ``daphne server.asgi:application``."""

from __future__ import annotations

import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter  # type: ignore[import-untyped]
from django.urls import re_path

from server.consumers import EchoConsumer, UnknownPathConsumer
from server.origins import LoopbackOrigins
from server.paths import ECHO
from server.plain_http import upgrade_required
from server.rooms import RoomConsumer

# Not as a default: the environment may name another project's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "server.settings"
django.setup()

# The router strips the first slash. A room's name may hold anything, percent-encoded line breaks too.
_ROUTES = [
    re_path(rf"^{ECHO[1:]}\Z", EchoConsumer.as_asgi()),
    re_path(r"^rooms/(?P<name>(?s:.+))/\Z", RoomConsumer.as_asgi()),
    re_path(r"", UnknownPathConsumer.as_asgi()),
]

application = ProtocolTypeRouter({"http": upgrade_required, "websocket": LoopbackOrigins(URLRouter(_ROUTES))})
