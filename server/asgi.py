"""The ASGI application, for this package's own server and for ``daphne server.asgi:application``."""

from __future__ import annotations

import os

import django
from channels.routing import ProtocolTypeRouter  # type: ignore[import-untyped]

from server.origins import LoopbackOrigins
from server.plain_http import upgrade_required
from server.routing import websocket

# Not as a default: the environment may name another project's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "server.settings"
django.setup()

application = ProtocolTypeRouter({"http": upgrade_required, "websocket": LoopbackOrigins(websocket)})
