"""Where tapes are played: an environment, a folder and a server of their own."""

import os
import re
import socket
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from client_tui.demo.setup import Setup
from client_tui.demo.stage import DemoServer, Stage, neutral_environment
from client_tui.ui.told_time import time_of
from tests.demo.conftest import on_tape_loop

SHOWN = "ws://127.0.0.1:8000/websock-practice2/v1/"


@pytest.fixture(autouse=True)
def temporary(monkeypatch, tmp_path):
    """Return the folder in which a stage has its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def is_listening(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ---------------------------------------------------------------------- the environment


def test_what_changes_how_a_client_looks_is_taken_away(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "JSONWS_TUI_THEME", "TEXTUAL_FPS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("TERM", "dumb")
    before = dict(os.environ)
    with neutral_environment({"NO_PROXY": "example.org"}):
        seen = dict(os.environ)
    assert not {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "JSONWS_TUI_THEME", "TEXTUAL_FPS"} & set(seen)
    assert (seen["TERM"], seen["COLORTERM"], seen["NO_PROXY"]) == (
        "xterm-256color",
        "truecolor",
        "example.org",
    )
    assert seen["PATH"] == before["PATH"]
    assert dict(os.environ) == before


def test_it_is_given_back_however_a_tape_ends():
    before = dict(os.environ)
    with pytest.raises(KeyboardInterrupt), neutral_environment({"NO_PROXY": "*"}):
        raise KeyboardInterrupt
    assert dict(os.environ) == before


# ---------------------------------------------------------------------- the server


def test_a_server_says_that_it_listens_where_each_does():
    server = DemoServer("/websock-practice2/v1/", lab=False)
    try:
        server.begin()
        assert server.start() == SHOWN
        host, port = server.place
        assert host == "127.0.0.1"
        assert is_listening(port)
        log = "\n".join(server.log())
        assert str(port) not in log
        assert SHOWN in log
    finally:
        server.kill()
    assert not is_listening(port)
    assert not server.has_failed


def test_one_that_was_never_started_ends():
    DemoServer("/", lab=False).kill()


def on_stage(play):
    """Play on a stage, which is cleared in the end."""

    async def work(loop):
        stage = Stage(loop)
        with time_of(loop.time):
            try:
                return await play(stage, loop)
            finally:
                loop.let_go()
                stage.clear()

    return on_tape_loop(work)


def test_a_server_that_is_stopped_comes_back_where_it_was():
    async def play(stage, _loop):
        stage.serve(lab=False)
        stage.stop_serving()
        port = stage._port
        was_there = is_listening(port)
        stage.serve(lab=True)
        return was_there, is_listening(port), stage._server.place[1] == port

    assert on_stage(play) == (False, True, True)


def test_a_second_server_takes_the_place_of_the_first():
    async def play(stage, _loop):
        stage.serve(lab=False)
        stage._server.start()
        first = stage._server
        stage.serve(lab=True)
        return is_alive(first.pid), stage._server.place == first.place, stage._server.pid

    *facts, pid = on_stage(play)
    assert facts == [False, True]
    assert not is_alive(pid)


# ---------------------------------------------------------------------- the clients


def test_a_client_starts_the_server_that_it_talks_to():
    async def play(stage, _loop):
        stage.serve(lab=False)
        seat = await stage.open(Setup(), None)
        while not seat.puppet.is_connected:
            await _loop.quiet(0.001)
        await seat.puppet.settle()
        lines = seat.puppet.picture().lines
        await seat.leave()
        return lines[:2]

    header, first = on_stage(play)
    assert SHOWN in header
    assert first.endswith(f"the bundled server listens · {SHOWN}")


def test_another_comes_to_the_same_server_by_a_path():
    async def play(stage, loop):
        stage.serve(lab=True)
        seat = await stage.open(Setup(width=120), "/lab/slow/")
        while not seat.puppet.is_connected:
            await loop.quiet(0.001)
        await seat.puppet.settle()
        lines = seat.puppet.picture().lines
        await seat.leave()
        return lines[0]

    assert "ws://127.0.0.1:8000/lab/slow/" in on_stage(play)


def test_a_client_writes_into_the_stages_folder_and_nowhere_else(temporary):
    async def play(stage, _loop):
        seat = await stage.open(Setup(), "ws://127.0.0.1:9/")
        files = sorted(path.name for path in temporary.rglob("*") if path.is_file())
        settings = seat.puppet._app.settings
        await seat.leave()
        return files, settings.state_dir.is_relative_to(temporary), seat.puppet._app.writes_files

    files, is_inside, writes_files = on_stage(play)
    assert set(files) <= {"session.jsonl", "sent.jsonl"}
    assert is_inside
    assert not writes_files
    assert list(Path(temporary).iterdir()) == []


def test_a_stage_begins_at_the_same_moment_everywhere():
    async def play(stage, loop):
        await loop.step(3.5)
        return datetime.fromtimestamp(stage.now()).isoformat(timespec="milliseconds")

    assert on_stage(play) == "2026-11-22T12:01:05.500"


def test_secrets_are_covered_by_keys_and_by_wire():
    async def play(stage, _loop):
        seat = await stage.open(Setup(), "ws://127.0.0.1:9/")
        seat.cover((("password",),))
        for character in '{"password":"x':
            seat.puppet.press(character, character)
            await seat.puppet.settle()
        lines = seat.puppet.picture().lines
        await seat.leave()
        return "\n".join(lines), seat.pacer.secrets

    shown, secrets = on_stage(play)
    assert re.search('"password":"•', shown)
    assert secrets == (("password",),)
