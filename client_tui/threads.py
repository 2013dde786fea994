"""Work that would hold the event loop up, in a thread that nobody waits for at the end.

asyncio's own pool is joined when the loop ends: a resolver that hangs, or a document of
many megabytes, would keep the client from leaving.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def in_thread(work: Callable[[], T], *, name: str) -> T:
    """Return what `work` returns, or raise what it raises, from a thread of its own called `name`.

    When it is cancelled the work goes on, and what comes of it is dropped.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if outcome.done():  # nobody waits any more
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type] # there is one where there is no error

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except BaseException as exc:  # it belongs to whoever waits
            error = exc
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(deliver, result, error)

    _Worker(target=run, name=name, daemon=True).start()
    return await outcome


def are_working() -> bool:
    """Tell whether any work is under way."""
    return any(isinstance(thread, _Worker) for thread in threading.enumerate())


class _Worker(threading.Thread):
    """A thread that does such work."""
