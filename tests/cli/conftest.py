"""The command in a terminal of its own, with folders and variables of the test's own."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

MODULE = [sys.executable, "-m", "client_tui"]
SHOWN = "^j new line"  # the footer


@pytest.fixture(autouse=True)
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Keep the developer's own folders and variables out."""
    for name in list(os.environ):
        if name.startswith(("JSONWS_TUI_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JSONWS_TUI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return os.environ


@pytest.fixture
def run(environ: Mapping[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Return a function that starts the client in a terminal and waits for its first paint."""
    with contextlib.ExitStack() as stack:

        def start(*flags: str, argv: Sequence[str] = MODULE, shown: str = SHOWN) -> Terminal:
            terminal = stack.enter_context(Terminal([*argv, *flags], environ))
            terminal.wait_for(shown)
            return terminal

        yield start
