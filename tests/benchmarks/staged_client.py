"""The client with a stopwatch at each stage: ``python -m tests.benchmarks.staged_client FILE URL``.

At its end it writes into the file how many seconds each stage took that a frame passes, by
itself, without what it called of the others, from the first read of a flood on.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE: Final = "whole"
REPAINTS: Final = "repaints"
STAGES: Final = {
    "read from the socket": "asyncio.selector_events:_SelectorSocketTransport._read_ready__data_received",
    "parse (websockets)": "websockets.protocol:Protocol.receive_data",
    "make frames of it (wire)": "client_tui.wire.link:Link._parse_piece",
    "keep them (transcript, recording)": "client_tui.ui.session:Session.on_entries",
    "take them into the pane": "client_tui.ui.history:HistoryPane._catch_up",
    "paint": "textual.screen:Screen._on_timer_update",
}
"""Where each stage begins; the last is the picture, of which there is not one for each frame."""

_BEGINS_AT: Final = 4096  # bytes unparsed: the answer to the handshake is less
_LAST: Final = list(STAGES)[-1]


class Stopwatch:
    """Counts the seconds of stages that call one another, each without the others."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.repaints = 0
        self._running: list[str] = []
        self._since = self._begun = self._ended = time.perf_counter()

    def wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, and is counted as a stage."""

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._enter(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._leave()

        return timed

    def begin(self) -> None:
        """Count from now on only."""
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.repaints = 0
        self._since = self._begun = time.perf_counter()

    def write(self, path: Path) -> None:
        """Write what was counted until the last picture."""
        whole = self._ended - self._begun
        path.write_text(json.dumps(self.seconds | {WHOLE: whole, REPAINTS: self.repaints}), encoding="utf-8")

    def _enter(self, stage: str) -> None:
        self._count()
        self._running.append(stage)

    def _leave(self) -> None:
        self._count()
        if self._running.pop() == _LAST:
            self.repaints += 1
            self._ended = self._since

    def _count(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def install(watch: Stopwatch) -> None:
    """Put the stopwatch at every stage, and let it begin with the first read that is a flood's."""
    for stage, place in STAGES.items():
        module, _, path = place.partition(":")
        owner_name, name = path.split(".")
        owner = getattr(importlib.import_module(module), owner_name)
        setattr(owner, name, watch.wrapped(stage, getattr(owner, name)))
    from client_tui.wire.link import Link

    data_received = Link.data_received
    has_begun: list[bool] = []

    def begin_or_go_on(link: Link, data: bytes) -> None:
        if not has_begun and len(data) > _BEGINS_AT:
            has_begun.append(True)
            watch.begin()
        data_received(link, data)

    Link.data_received = begin_or_go_on  # type: ignore[method-assign]


def main() -> int:
    """Run the client."""
    from client_tui.__main__ import main as run_client

    watch = Stopwatch()
    install(watch)
    atexit.register(watch.write, Path(sys.argv.pop(1)))
    return run_client()


if __name__ == "__main__":
    sys.exit(main())
