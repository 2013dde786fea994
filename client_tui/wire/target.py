"""Where to connect to, and with what: the answers of the command line that the wire needs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """A server and how to speak to it.

    `url` is a ws:// or wss:// URL. `headers` go with the handshake, in their order, and win
    over those the client sets by itself (User-Agent, Host, Origin). `subprotocols` are
    offered in the order of preference. `max_size` bounds a received message, in bytes;
    None means unlimited. `insecure` takes any TLS certificate. `via` is the host and port to
    which the socket is opened, where that is not the URL's own.
    """

    url: str
    headers: tuple[tuple[str, str], ...] = field(repr=False, default=())
    subprotocols: tuple[str, ...] = ()
    max_size: int | None = 64 * 2**20
    insecure: bool = False
    via: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the wire waits, in seconds.

    `connect` bounds an attempt from the name's look-up to the handshake's answer, `close`
    the closing handshake. `ping_interval` is the time between two keepalive pings, None
    means no keepalive; a peer from which nothing comes for `ping_timeout` after one is lost.
    """

    connect: float = 10.0
    close: float = 2.0
    ping_interval: float | None = 20.0
    ping_timeout: float = 20.0
