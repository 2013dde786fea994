"""Textual's time, told by somebody else: its timers, its notifications, and what an undo takes back.

The event loop starts Textual's timers, but Textual asks clocks of its own for how long. Where
the loop's time is not the machine's, they do not agree.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from textual import _time, notifications, screen
from textual.document._history import EditHistory
from textual.notifications import Notification
from textual.timer import Timer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PAINT_SECONDS: Final = 0.001
"""How long a screen waits for more to paint."""

_Named = tuple[object, str, object]


@contextmanager
def time_of(clock: Callable[[], float]) -> Iterator[None]:
    """Let Textual have the time from `clock` for a while, in seconds from whenever it likes."""
    told: tuple[_Named, ...] = (
        (_time, "get_time", clock),
        (screen, "UPDATE_PERIOD", _PAINT_SECONDS),
        (Timer, "pause", _pause_anew(Timer.pause)),
        (EditHistory, "_get_time", staticmethod(clock)),
        (notifications, "time", clock),
        (Notification, "__init__", _raised_at(clock)),
    )
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in told]
    try:
        _set_all(told)
        yield
    finally:
        _set_all(before)


def _set_all(named: Iterable[_Named]) -> None:
    for owner, name, value in named:
        setattr(owner, name, value)


def _pause_anew(pause: Callable[[Timer], None]) -> Callable[[Timer], None]:
    """Return what pauses a timer so that it counts from the start when it is resumed.

    A timer is due at its start and so many times its interval. The one that paints fires whenever
    there is something to paint, and while the time stands still that alone moves it ahead: it
    would be due after the fiftieth frame of a moment, or after the sixtieth, as the machine has it.
    """

    @wraps(pause)
    def paused(timer: Timer) -> None:
        timer.reset()
        pause(timer)

    return paused


def _raised_at(clock: Callable[[], float]) -> Callable[..., None]:
    """Return what makes a notification, raised at the time of `clock`."""
    make = Notification.__init__

    @wraps(make)
    def made(notification: Notification, *args: Any, **options: Any) -> None:
        make(notification, *args, **options)
        notification.raised_at = clock()

    return made
