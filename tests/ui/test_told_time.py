"""Textual's time, told by a test."""

import asyncio

import pytest
from textual import _time, notifications, screen
from textual.app import App
from textual.document._history import EditHistory
from textual.notifications import Notification
from textual.timer import Timer

from client_tui.ui.told_time import time_of


class Clock:
    """Stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_what_timers_ask_is_told(clock):
    clock.now = 7.5
    with time_of(clock):
        assert _time.get_time() == 7.5


def test_a_notification_is_raised_and_expires_in_the_told_time(clock):
    with time_of(clock):
        clock.now = 3.0
        notification = Notification("news", timeout=5.0)
        clock.now = 7.5
        assert (notification.time_left, notification.has_expired) == (0.5, False)
        clock.now = 8.0
        assert notification.has_expired


def test_what_an_undo_takes_back_is_parted_by_the_told_time(clock):
    with time_of(clock):
        history = EditHistory(max_checkpoints=5, checkpoint_timer=2.0, checkpoint_max_characters=100)
        clock.now = 41.0
        assert history._get_time() == 41.0


async def test_a_screen_that_is_painted_often_at_one_time_never_waits_for_another_time(clock, monkeypatch):
    waits = []
    loop = asyncio.get_running_loop()
    call_later = loop.call_later

    def noted(delay, *args, **options):
        waits.append(delay)
        return call_later(delay, *args, **options)

    with time_of(clock):
        async with App().run_test() as pilot:
            monkeypatch.setattr(loop, "call_later", noted)
            for _ in range(20):
                painted = asyncio.Event()
                pilot.app.screen.refresh()
                pilot.app.screen.call_after_refresh(painted.set)
                await painted.wait()
            monkeypatch.undo()
    assert len(waits) >= 20
    assert max(waits) < 0.005  # it was 0.001, 0.002 and so on


def test_all_is_as_before_in_the_end(clock):
    def everything():
        return (
            _time.get_time,
            screen.UPDATE_PERIOD,
            EditHistory._get_time,
            notifications.time,
            Notification.__init__,
            Timer.pause,
        )

    before = everything()
    with time_of(clock):
        assert all(now is not was for now, was in zip(everything(), before, strict=True))
    assert everything() == before
