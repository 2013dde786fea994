"""What an ordinary HTTP request gets: 426, and in words what to do instead (RFC 9110 §15.5.22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.paths import PATHS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_BODY = f"This server speaks WebSocket. Connect a client to one of: {', '.join(PATHS)}\n".encode()


async def upgrade_required(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Any]],  # noqa: ARG001  # an ASGI application has three parameters
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Answer one HTTP request."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(_BODY)).encode()),
        (b"upgrade", b"websocket"),
    ]
    await send({"type": "http.response.start", "status": 426, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else _BODY})
