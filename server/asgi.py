"""The ASGI application, for this package's own server and for ``daphne server.asgi:application``.

Under the daphne command everything that `daphne_server` adds is missing: its bounds, its close
reasons, 1001 at the end, and messages over 1 MiB unless Daphne's own flags allow them. So is the
lab, which stands on these.
"""

from __future__ import annotations

import os
from typing import Any

import django
from channels.routing import ProtocolTypeRouter  # type: ignore[import-untyped]

from server.origins import LoopbackOrigins
from server.plain_http import UpgradeRequired
from server.routing import Routing

# Not as a default: the environment may name another project's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "server.settings"
django.setup()


def build(*, lab: bool) -> Any:
    """Return the application, with the lab's endpoints or without."""
    routing = Routing(lab=lab)
    return ProtocolTypeRouter(
        {"http": UpgradeRequired(routing.paths), "websocket": LoopbackOrigins(routing)},
    )


application = build(lab=False)
