"""What an ordinary HTTP request gets: 426, and in words what to do instead (RFC 9110 §15.5.22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence


class UpgradeRequired:
    """An ASGI application that names `paths`, and does nothing else."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._body = (
            f"This server speaks WebSocket. Connect a client to one of: {', '.join(paths)}\n".encode()
        )

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],  # noqa: ARG002  # an ASGI application has three parameters
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer one HTTP request."""
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(self._body)).encode()),
            (b"upgrade", b"websocket"),
        ]
        await send({"type": "http.response.start", "status": 426, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else self._body})
