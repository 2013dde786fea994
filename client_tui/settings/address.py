"""Where to connect: a whole URL, or a host, a port and a path (RFC 6455 §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from client_tui.settings.wrong import Wrong

# A space or a control character would split the request line. urllib drops some of them in silence.
_BREAKS_REQUEST: Final = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_NOT_IN_HOST: Final = re.compile(r"[\x00-\x20\x7f/?#@\\\[\]]")


@dataclass(frozen=True, slots=True)
class Url:
    """A URL to connect to: `text` without a user's name, which went into `authorization` (RFC 7617)."""

    text: str
    authorization: str | None = None


def url(value: object) -> Url | Wrong:
    """Take a whole ``ws://`` or ``wss://`` URL."""
    from urllib.parse import urlsplit

    if not isinstance(value, str) or not value:
        return Wrong("must be a WebSocket URL, such as ws://127.0.0.1:8000/")
    if _BREAKS_REQUEST.search(value):
        return Wrong(f"{value} holds a space or a control character: write it as %20, say")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        return Wrong(f"{value} is not a URL: {error}")
    if wrong := _wrong_scheme(value, parts.scheme):
        return wrong
    if parts.fragment or value.endswith("#"):
        return Wrong(
            f"{value} has a fragment, which a WebSocket URL cannot have: leave out #{parts.fragment}"
        )
    if port == 0:
        return Wrong(f"{value} has port 0: a port is from 1 to 65535")
    if isinstance(named := host(parts.hostname or ""), Wrong):
        return Wrong(f"{value}: {named.reason}")
    return _without_user(value, parts.username, parts.password)


def _wrong_scheme(value: str, scheme: str) -> Wrong | None:
    if scheme in ("ws", "wss"):
        return None
    if scheme in ("http", "https"):
        return Wrong(
            f"{value} is not a WebSocket URL: say {scheme.replace('http', 'ws')}{value[len(scheme) :]}"
        )
    if "://" in value:
        return Wrong(f"{value} is not a WebSocket URL: it must begin with ws:// or wss://")
    return Wrong(f"{value} is not a WebSocket URL: say ws://{value.lstrip('/')}")


def _without_user(value: str, name: str | None, password: str | None) -> Url:
    """Move a user's name and password out of the URL, which is shown and recorded, into a header."""
    from base64 import b64encode
    from urllib.parse import unquote_to_bytes

    if name is None:
        return Url(value)
    scheme, _, rest = value.partition("://")
    credentials = unquote_to_bytes(name) + b":" + unquote_to_bytes(password or "")
    authority = re.match(r"[^/?]*@", rest)
    bare = rest[authority.end() :] if authority else rest
    return Url(f"{scheme}://{bare}", f"Basic {b64encode(credentials).decode()}")


def host(value: object) -> str | Wrong:
    """Take a host's name or address; one of IPv6 with or without its brackets."""
    if not isinstance(value, str) or not value:
        return Wrong("there is no host: name one, such as 127.0.0.1")
    bare = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    if "://" in bare:
        return Wrong(f"{value} is a URL: give it by itself, without --host")
    if ":" in bare:
        return _address_of_ipv6(bare)
    if bare != value or _NOT_IN_HOST.search(bare) or not _is_name(bare):
        return Wrong(f"{value} is not a host: a name or an address only, such as example.org or ::1")
    return bare


def _address_of_ipv6(value: str) -> str | Wrong:
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(value)
    except AddressValueError:
        return Wrong(f"{value} is not a host: a port goes into --port, and an IPv6 address looks like ::1")
    return value


def _is_name(value: str) -> bool:
    """Tell whether a resolver would look the name up: at a label that is empty or too long it raises."""
    try:
        return bool(value.encode("idna"))
    except UnicodeError:
        return False


def path(value: object) -> str | Wrong:
    """Take a path, with or without its leading slash, and with its query if it has one."""
    if not isinstance(value, str):
        return Wrong("must be text, such as /ws/")
    if "#" in value or _BREAKS_REQUEST.search(value):
        return Wrong(f"{value} holds a #, a space or a control character: write them as %23 and %20, say")
    return value if value.startswith("/") else f"/{value}"


def joined(*, tls: bool, named: str, port: int, opened: str) -> str:
    """Make a URL of its parts: ``ws://[::1]:8000/ws/``."""
    authority = f"[{named}]" if ":" in named else named
    return f"{'wss' if tls else 'ws'}://{authority}:{port}{opened}"
