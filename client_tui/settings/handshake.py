"""What the user adds to the opening handshake: headers and subprotocols (RFC 6455 §4.1)."""

from __future__ import annotations

import re
from typing import Final

from client_tui.settings.values import texts
from client_tui.settings.wrong import Wrong

Headers = tuple[tuple[str, str], ...]

# A token of RFC 9110 §5.6.2, of which RFC 6455 §4.1 makes subprotocols too.
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_NOT_IN_VALUE: Final = re.compile(r"[^\t\x20-\x7e\x80-\xff]")  # RFC 9110 §5.5, bytes read as Latin-1
# The handshake itself sets these, and a second one makes a server refuse it.
_OURS: Final = ("connection", "upgrade", "content-length", "transfer-encoding", "sec-websocket-")


def headers(value: object) -> Headers | Wrong:
    """Take ``Name: value`` lines, or a TOML table of names and values (RFC 9110 §5)."""
    if isinstance(value, dict):
        return _from_table(value)
    lines = texts(value)
    if isinstance(lines, Wrong):
        return lines
    if malformed := [line for line in lines if ":" not in line]:
        return Wrong(f"{malformed[0]} has no colon: write it as 'Name: value'")
    return _checked(
        tuple((name, body.strip(" \t")) for name, _, body in (line.partition(":") for line in lines))
    )


def _from_table(table: dict[str, object]) -> Headers | Wrong:
    pairs: list[tuple[str, str]] = []
    for name, body in table.items():
        bodies = texts(body)
        if isinstance(bodies, Wrong):
            return Wrong(f"{name} {bodies.reason}")
        pairs += [(name, each.strip(" \t")) for each in bodies]
    return _checked(tuple(pairs))


def _checked(pairs: Headers) -> Headers | Wrong:
    for name, body in pairs:
        if not _TOKEN.fullmatch(name):
            return Wrong(f"{name!r} is not a header's name: letters, digits and hyphens, then the colon")
        if _NOT_IN_VALUE.search(body):
            return Wrong(f"the value of {name} holds a line break, a control character or one beyond Latin-1")
        if name.lower() == "sec-websocket-protocol":
            return Wrong(f"{name} is set by --subprotocol NAME")
        if name.lower().startswith(_OURS):
            return Wrong(f"{name} is the handshake's own: leave it out")
    return pairs


def merged(low: Headers, high: Headers) -> Headers:
    """Put `high` over `low`: a name in `high` replaces every header of that name in `low`."""
    replaced = {name.lower() for name, _ in high}
    return tuple(pair for pair in low if pair[0].lower() not in replaced) + high


def subprotocols(value: object) -> tuple[str, ...] | Wrong:
    """Take the names to offer, the most wanted first (RFC 6455 §4.1: tokens, each only once)."""
    names = texts(value)
    if isinstance(names, Wrong):
        return names
    for name in names:
        if not _TOKEN.fullmatch(name):
            return Wrong(f"{name!r} is not a subprotocol: letters, digits and !#$%&'*+-.^_`|~ only")
        if names.count(name) > 1:
            return Wrong(f"{name} is offered twice: name it once")
    return names
