"""The sheet that lists the recorded sessions."""

from client_tui.record.sessions import new_path
from client_tui.ui.recording_screen import RecordingScreen
from client_tui.ui.sessions_sheet import SessionsSheet, moment
from tests.support.recordings import START, ticks, written


def recorded(settings, *, days_ago=0, url="ws://example.org/feed", count=3):
    started = START - days_ago * 86_400
    settings.recordings_dir.mkdir(parents=True, exist_ok=True)
    path = new_path(settings.recordings_dir, started, url)
    return written(path, ticks(count), url, started)


async def opened(somebody):
    somebody.app.action_sessions()
    await somebody.until(lambda: isinstance(somebody.app.screen, SessionsSheet))


async def test_there_may_be_none(desk):
    async with desk(None) as somebody:
        await opened(somebody)
        await somebody.sees("There is none yet.")
        await somebody.press("escape")
        assert somebody.app.screen is somebody.main


async def test_the_newest_is_first_and_enter_opens_one(desk, settings):
    recorded(settings, days_ago=1, url="ws://yesterday/", count=5)
    recorded(settings, url="ws://today/", count=1_234)
    async with desk(None) as somebody:
        await opened(somebody)
        await somebody.sees("ws://yesterday/")
        lines = [line for line in somebody.text().splitlines() if "ws://" in line]
        assert moment(START) in lines[0]
        assert "1,234" in lines[0]
        assert "ws://today/" in lines[0]
        await somebody.press("down", "enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, RecordingScreen))
        await somebody.until(lambda: len(somebody.app.screen.transcript) == 5)
        await somebody.sees("ws://yesterday/")
        await somebody.press("q")
        assert somebody.app.screen is somebody.main


async def test_a_hostile_or_long_url_takes_one_harmless_line(desk, settings):
    recorded(settings, url="ws://h/\x1b]0;x\x07[/x][@click=app.exit]" + "x" * 200)
    recorded(settings, days_ago=1)
    async with desk(None) as somebody:
        await opened(somebody)
        await somebody.sees("ws://example.org/feed")
        lines = [line for line in somebody.text().splitlines() if "ws://" in line]
        assert r"ws://h/\u001b]0;x\u0007[/x][@click" in lines[0]
        assert len(lines) == 2
        assert all(char.isprintable() for line in somebody.text().splitlines() for char in line)


async def test_a_session_that_is_gone_meanwhile_is_told(desk, settings):
    path = recorded(settings)
    async with desk(None, notifications=True) as somebody:
        await opened(somebody)
        await somebody.sees("ws://example.org/feed")
        path.unlink()
        await somebody.press("enter")
        await somebody.sees("Cannot open")
        assert somebody.app.screen is somebody.main


def test_a_moment_that_no_calendar_has_is_dashes():
    assert moment(float("inf")) == "-" * 19
    assert moment(float("nan")) == "-" * 19
