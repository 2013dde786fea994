"""What is measured side by side: how each is started, and what it shows once it is connected."""

from __future__ import annotations

import importlib.metadata
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import screen

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS: Final = "jsonws-tui"
BARE: Final = "bare loop"
CLI: Final = "websockets CLI"
WSREPL: Final = "wsrepl"
NAMES: Final = (OURS, BARE, CLI, WSREPL)

_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that are compared. `argv` is followed by the URL."""

    name: str
    argv: tuple[str, ...]
    connected: str
    """What it shows once it is connected."""
    clear: bytes = b""
    """The keys with which a text is begun anew in what it has to type into; none where that is not needed."""
    is_told_last: bool = False
    """Whether behind the URL comes the number of the last frame, which it is to show."""

    def command(self, url: str, last: int) -> list[str]:
        """Return how it is started."""
        return [*self.argv, url, *([str(last)] if self.is_told_last else [])]


def sides(wsrepl: str | None) -> list[Side]:
    """Return those that there are; `wsrepl` is the command that starts it, by itself that on the PATH."""
    python = (sys.executable, "-m")
    found = [
        Side(OURS, (*python, "client_tui"), "● open", clear=screen.SELECT_ALL),
        Side(BARE, (*python, "tests.benchmarks.bare_loop"), "Connected", is_told_last=True),
        Side(CLI, (*python, "websockets"), "Connected to"),
    ]
    command = shlex.split(wsrepl) if wsrepl else [path] if (path := shutil.which("wsrepl")) else None
    return [*found, Side(WSREPL, tuple(command), "Websocket connected")] if command else found


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which all of them run: with a home that is empty, and without proxies.

    Nor is there anything that Python is told: above all not to keep what it has compiled,
    which an installed program always has.
    """
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    left = ("JSONWS_TUI_", "TEXTUAL", "PYTHON")
    own = {name: value for name, value in kept.items() if not name.startswith(left)}
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "JSONWS_TUI_STATE_DIR"), str(home))
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return own | places | terminal | {"PYTHONPATH": str(_ROOT)}


def versions(names: Sequence[str] = ("textual", "websockets", "orjson")) -> dict[str, str]:
    """Return the versions of what the first three stand on."""
    return {name: importlib.metadata.version(name) for name in names}
