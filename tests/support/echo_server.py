"""The bundled server as a child process, for every test that wants a real one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOT = Path(__file__).parents[2]
_FIRST_WORDS = "Listening on "
_PATIENCE = 120.0  # in seconds: far more than anything here takes


class EchoServer:
    """``python -m server --port 0`` with more flags: a context manager that listens once entered.

    `env` is added to the environment, which loses its REDIS_URL. `url` is the echo's,
    `base` the same without a path.
    """

    def __init__(self, *args: str, env: Mapping[str, str] | None = None) -> None:
        self._args = args
        inherited = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
        self._env = inherited | dict(env or {})
        self._lines: list[str] = []
        self._grown = threading.Condition()
        self._ended = False

    def __enter__(self) -> Self:
        """Start it, and wait until it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server", "--port", "0", *self._args],
            cwd=_ROOT,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        first = self.wait_for(_FIRST_WORDS)
        self.url = first.removeprefix(_FIRST_WORDS)
        parts = urlsplit(self.url)
        self.base = f"ws://{parts.netloc}"
        self.port = parts.port or 0
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()

    def log(self) -> str:
        """Return all that it has written so far, to standard output and to standard error."""
        with self._grown:
            return "\n".join(self._lines)

    def wait_for(self, words: str) -> str:
        """Return the first line of the log that contains `words`, as soon as there is one."""
        with self._grown:
            self._grown.wait_for(lambda: self._ended or self._line_with(words), timeout=_PATIENCE)
            line = self._line_with(words)
        if line is None:
            raise AssertionError(f"{words!r} never came; the log is:\n{self.log()}")
        return line

    def stop(self) -> int:
        """End it with SIGTERM, if it still runs. Return its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            status = self.process.wait(_PATIENCE)
        finally:
            self.process.kill()
            self._reader.join(_PATIENCE)
        return status

    def _line_with(self, words: str) -> str | None:
        return next((line for line in self._lines if words in line), None)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                with self._grown:
                    self._lines.append(line.rstrip("\n"))
                    self._grown.notify_all()
        with self._grown:
            self._ended = True
            self._grown.notify_all()
