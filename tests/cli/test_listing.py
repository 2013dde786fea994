import fcntl
import time
from pathlib import Path

import pytest

from client_tui.cli.listing import list_sessions
from client_tui.record.sessions import new_path
from client_tui.settings import Settings
from tests.support.recordings import START, ticks, written


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def settings(tmp_path: Path):
    settings = Settings(url=None, state_dir=tmp_path)
    settings.recordings_dir.mkdir()
    return settings


def recorded(settings, *, started=START, url="ws://host/feed"):
    path = new_path(settings.recordings_dir, started, url)
    return written(path, ticks(12), url, started)


def test_there_may_be_none(settings, capsys):
    assert list_sessions(settings) == 0
    assert capsys.readouterr() == ("", f"jsonws-tui: there are no sessions in {settings.recordings_dir}\n")


def test_a_line_a_session_the_newest_first(settings, capsys):
    recorded(settings, started=START - 86_400)
    newest = recorded(settings)
    assert list_sessions(settings) == 0
    out, err = capsys.readouterr()
    first, second = out.splitlines()
    assert err == ""
    assert first.split()[:2] == ["2026-11-22", "12:01:02"]
    assert second.split()[:2] == ["2026-11-21", "12:01:02"]
    assert first.endswith(f"  ws://host/feed  {newest}")
    assert "         12  " in first


def test_one_that_is_written_now_is_live(settings, capsys):
    with recorded(settings).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        list_sessions(settings)
    assert "      live  " in capsys.readouterr().out


def test_a_hostile_url_is_harmless(settings, capsys):
    recorded(settings, url="ws://h/\x1b]0;x\x07")
    list_sessions(settings)
    assert r"ws://h/\u001b]0;x\u0007" in capsys.readouterr().out
