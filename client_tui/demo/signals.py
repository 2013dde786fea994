"""Signals that come while a tape is played: they end it as Ctrl+C does, which leaves nothing behind."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def signals_as_ctrl_c() -> Iterator[list[int]]:
    """Let signals end what is played as Ctrl+C does; yield those that came.

    A CI service that has waited long enough sends one. Only the main thread hears of them. Where
    one came, nothing is raised.
    """
    came: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        if came:
            return  # it is ending already
        came.append(number)
        interrupt = signal.getsignal(signal.SIGINT)  # asyncio's own while something is played
        (interrupt if callable(interrupt) else signal.default_int_handler)(signal.SIGINT, frame)

    before = {number: signal.signal(number, end) for number in _heeded()}
    try:
        yield came
    except BaseException:  # where one came, whatever went wrong at the end does not keep it
        if not came:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heeded() -> list[signal.Signals]:
    if threading.current_thread() is not threading.main_thread():
        return []
    ignored = (signal.SIG_IGN, None)  # by nohup, or heeded by what is not Python
    return [number for number in _SIGNALS if signal.getsignal(number) not in ignored]


@contextmanager
def signals_later() -> Iterator[None]:
    """Let signals end what is played as Ctrl+C does, and then do what they would have done at once.

    Raises:
        KeyboardInterrupt: one came, and did not end the process.

    """
    with signals_as_ctrl_c() as came:
        yield
    if came:
        signal.raise_signal(came[0])
        raise KeyboardInterrupt
