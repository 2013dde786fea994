"""One attempt to open a connection, from the URL to the handshake's answer."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import ssl
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.request import getproxies, proxy_bypass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidProxy
from websockets.proxy import get_proxy, parse_proxy
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from client_tui.wire.failures import Circumstances, Stage, explain
from client_tui.wire.link import Link, Listener
from client_tui.wire.tcp import lookup, open_socket

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.uri import WebSocketURI

    from client_tui.core.failure import Failure
    from client_tui.wire.target import Target, Timing

# The library's own log would print an Authorization header in clear, and over the screen.
_SILENT: Final = logging.Logger("websockets")  # outside the tree of loggers: nobody turns it on
_SILENT.disabled = True


class Dial:
    """Opens a link for the attempt of that number, and says in words why it could not."""

    def __init__(
        self,
        target: Target,
        listener: Listener,
        attempt: int,
        timing: Timing,
        clock: Callable[[], float],
    ) -> None:
        self._target = target
        self._listener = listener
        self._attempt = attempt
        self._timing = timing
        self._clock = clock
        self._started = clock()
        self._link: Link | None = None
        self._connector: _Connector | None = None

    async def run(self) -> Failure | None:
        """Return None when the link is open, which its listener has then been told, or what failed."""
        try:
            async with asyncio.timeout(self._timing.connect):
                self._connector = self._make_connector()
                await self._connector
        except Exception as exc:  # whatever a foreign server or library brings becomes words
            return explain(exc, self._circumstances())
        return None

    def _make_connector(self) -> _Connector:
        target = self._target
        uri = parse_uri(target.url)
        options: dict[str, Any] = {"ssl": tls_context(target)} if uri.secure else {}
        connector = _Connector(
            target.url,
            # A class is asked for, and called as a factory is.
            create_connection=cast("type[ClientConnection]", self._make_link),
            subprotocols=[Subprotocol(name) for name in target.subprotocols] or None,
            proxy=proxy_for(uri),
            open_timeout=None,
            ping_interval=None,
            close_timeout=self._timing.close,
            max_size=target.max_size,
            logger=_SILENT,
            **options,
        )
        connector.via = target.via or (uri.host, uri.port)
        return connector

    def _make_link(self, *args: Any, **options: Any) -> Link:
        make = partial(Link, attempt=self._attempt, listener=self._listener, headers=self._target.headers)
        self._link = make(*args, timing=self._timing, clock=self._clock, started=self._started, **options)
        return self._link

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            url=self._target.url,
            proxy=self._connector.proxy if self._connector else None,
            stage=self._connector.stage if self._connector else Stage.START,
            patience=self._timing.connect,
            response=self._link.response if self._link else None,
            head=self._link.head if self._link else b"",
        )


class _Connector(connect):
    """websockets' connect, with two changes: who resolves names, and that no redirect is followed.

    A redirect would take the user's headers, credentials among them, to a place that the
    user did not name, and hide from them what their server answers.
    """

    stage = Stage.LOOKUP
    proxy: str | None
    via: tuple[str, int]

    async def open_tcp_connection(self) -> ClientConnection:
        if self.proxy is None:
            addresses = await lookup(*self.via)
            self.stage = Stage.CONNECT
            self.create_connection_kwargs["sock"] = await open_socket(addresses)
        self.stage = Stage.HANDSHAKE
        return await super().open_tcp_connection()

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


def proxy_for(uri: WebSocketURI) -> str | None:
    """Return the proxy that the environment names for `uri`: ALL_PROXY too, which the library leaves out.

    Raises `InvalidProxy` for one that is no URL.
    """
    if is_loopback(uri.host) or proxy_bypass(f"{uri.host}:{uri.port}"):
        return None
    proxy = get_proxy(uri) or getproxies().get("all")
    if proxy is not None:
        try:
            parse_proxy(proxy)
        except ValueError:  # whose words may hold a part of a password
            raise InvalidProxy(proxy, "it is not a URL") from None
    return proxy


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine, which no proxy need be asked for."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):  # RFC 6761 §6.3
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tls_context(target: Target) -> ssl.SSLContext:
    """Return the system's idea of whom to trust, or one that trusts anybody."""
    context = ssl.create_default_context()
    if target.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
