"""The ASGI application, for this package's own server and for ``daphne server.asgi:application``.

Under the daphne command everything that `daphne_server` adds is missing: its bounds, its close
reasons, 1001 at the end, and messages over 1 MiB unless Daphne's own flags allow them.
"""

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
