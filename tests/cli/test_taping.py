"""A tape of what is done by hand, recorded by the command in a real terminal and played by it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Play = Callable[..., subprocess.CompletedProcess[str]]

PATIENCE = 60


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    ours = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return dict(os.environ) | ours | {"JSONWS_TUI_STATE_DIR": str(tmp_path / "state")}


@pytest.fixture
def command() -> list[str]:
    return [sys.executable, "-m", "client_tui", "demo"]


@pytest.fixture
def play(command: list[str], environ: dict[str, str]) -> Play:
    def played(*argv: str) -> subprocess.CompletedProcess[str]:
        whole = [*command, *argv]
        return subprocess.run(
            whole, capture_output=True, text=True, timeout=PATIENCE, env=environ, check=False
        )

    return played


def test_what_was_done_by_hand_is_played(
    tmp_path: Path,
    command: list[str],
    environ: dict[str, str],
    play: Play,
) -> None:
    tape = tmp_path / "of mine.tape"
    with Terminal(
        [*command, "--record", str(tape), "--serve", "--send", '{"hello": 1}'], environ
    ) as terminal:
        terminal.wait_for("▼ 1")
        terminal.type('{"by": "hand"}')
        terminal.type("\r")
        terminal.wait_for('▼ {"by": "hand"}')
        seen = terminal.text()
        terminal.type("\x11")
        assert terminal.wait() == 0
        shown = "".join(terminal.text().split())
        assert f"jsonws-tuidemo'{tape}'playsit".replace(" ", "") in shown
    assert tape.stat().st_mode & 0o777 == 0o600
    done = play(str(tape))
    assert (done.returncode, done.stderr) == (0, "")
    picture = (tmp_path / "end.svg").read_text("utf-8")
    for words in ("hello", "by", "hand"):
        assert words in seen
        assert words in picture


def test_no_tape_is_written_over(tmp_path: Path, command: list[str], environ: dict[str, str]) -> None:
    tape = tmp_path / "mine.tape"
    tape.write_text("Serve\n")
    with Terminal([*command, "--record", str(tape)], environ) as terminal:
        assert terminal.wait() == 2
        assert "already" in "".join(terminal.text().split())
    assert tape.read_text() == "Serve\n"


def test_without_a_terminal_nothing_is_recorded(tmp_path: Path, play: Play) -> None:
    done = play("--record", str(tmp_path / "mine.tape"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "mine.tape").exists()
