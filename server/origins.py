"""Whose pages may talk to this server: those of this machine, and programs that are no pages.

A browser names the page's origin in every WebSocket handshake (RFC 6455 §10.2) and asks
nobody else, so that without this check any page on the web could talk to it. Channels' own
validator refuses a client that sends no Origin, which most programs are.
"""

from __future__ import annotations

import ipaddress
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from server.printable import printable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

log = logging.getLogger(__name__)


def is_loopback(origin: str) -> bool:
    """Whether `origin` is a page served by this machine, on whatever port."""
    try:
        parts = urlsplit(origin)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_allowed(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a handshake with these headers is let in: no Origin at all, or loopback ones only."""
    return all(is_loopback(value.decode("latin-1")) for name, value in headers if name == b"origin")


class LoopbackOrigins:
    """An ASGI application that refuses the pages of other origins with HTTP 403, and passes on the rest."""

    def __init__(self, application: Callable[..., Awaitable[Any]]) -> None:
        self._application = application

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[..., Awaitable[Any]],
    ) -> None:
        """Answer one connection."""
        if is_allowed(scope["headers"]):
            await self._application(scope, receive, send)
            return
        origin = b", ".join(value for name, value in scope["headers"] if name == b"origin")
        log.info("refused a page of another origin: %s", printable(origin.decode("latin-1"), 200))
        await send({"type": "websocket.close"})
