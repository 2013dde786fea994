"""The bundled server as a child process: started, listened to, and ended however the client ends."""

from __future__ import annotations

import os
import re
import site
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

import client_tui
from client_tui.core.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

LOG_LINES: Final = 2000
_LONGEST_LINE: Final = 8192  # in bytes; a longer one is kept in pieces
_LAST_LINES: Final = 5
_NAME: Final = "jsonws-echo-server: "
_URL: Final = re.compile(r"wss?://\S+")


def server_command(host: str, port: int, *, lab: bool = False) -> list[str]:
    """Return the command that serves on `host` and `port` (0 means a free one) until its stdin closes.

    `lab` adds the server's endpoints that misbehave on demand. ``-P`` keeps a ``server.py`` of
    the folder that the user works in from being run instead.
    """
    where = ["--host", host, "--port", str(port)]
    flags = ["--lab"] if lab else []
    return [sys.executable, "-P", "-m", "server", *where, "--until-stdin-closes", *flags]


def server_environment() -> dict[str, str]:
    """Return this process's environment, so that the server beside this client is found, as it was made.

    What people who work on Django have in theirs is taken out: a settings module of their
    own, and a ``PYTHONPATH`` that leads to a package of the server's name.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    ours = str(Path(client_tui.__file__).parents[1])
    theirs = environment.pop("PYTHONPATH", "")
    if ours not in [*site.getsitepackages(), site.getusersitepackages()]:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [ours, theirs]))
    return environment | {"PYTHONUNBUFFERED": "1"}


class BundledServer:
    """One run of the bundled server on `host` and `port` (0 means a free port), opened at `path`.

    `lab` is whether it has the endpoints that misbehave on demand.

    `start` and `stop` block, and may be called from any thread; the rest returns at once.
    The child has a session of its own, so the terminal's Ctrl+C does not reach it, and holds
    the reading end of a pipe from this process as its stdin: when that closes it ends by
    itself, which covers the end that leaves no time for `stop`. `wait` is how long the
    server may take until it listens, `patience` how long until it has ended, in seconds.
    """

    def __init__(
        self,
        host: str,
        port: int,
        path: str,
        *,
        lab: bool = False,
        command: Sequence[str] | None = None,
        wait: float = 15.0,
        patience: float = 3.0,
    ) -> None:
        self._command = command or server_command(host, port, lab=lab)
        self._path = path
        self._wait = wait
        self._patience = patience
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._heard = threading.Event()  # the URL, or the end
        self._url: str | None = None
        self._is_stopped = False
        self._lock = threading.Lock()

    @property
    def url(self) -> str | None:
        """The URL to connect to, its path included; None until the server listens."""
        return self._url

    @property
    def pid(self) -> int | None:
        """The server's process id; None before `start`."""
        return self._process.pid if self._process else None

    @property
    def returncode(self) -> int | None:
        """The server's exit status, -N where signal N ended it; None while it runs, and before `start`."""
        return self._process.poll() if self._process else None

    @property
    def has_failed(self) -> bool:
        """Whether the server ended before it was told to."""
        return self.returncode is not None and not self._is_stopped

    def log(self) -> list[str]:
        """Return the newest lines that the server wrote, at most `LOG_LINES`. They are not escaped."""
        return list(self._log)

    def start(self) -> str:
        """Start the server, wait until it listens, and return `url`.

        Raises:
            ClientError: it cannot be started, ended at once, or did not listen in time; the
                message holds its last lines.

        """
        self.begin()
        return self.listening()

    def begin(self) -> None:
        """Start the server, and do not wait for it.

        Raises:
            ClientError: it cannot be started.

        """
        with self._lock:
            if self._is_stopped or self._process:
                raise ClientError("The bundled server was started before")
            self._process = self._spawn()
            self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
            self._reader.start()

    def listening(self) -> str:
        """Wait until the server listens that was begun with, and return `url`.

        Raises:
            ClientError: it ended, or did not listen in time; the message holds its last lines.

        """
        self._heard.wait(self._wait)
        if self._url is None:
            why = self._why_not()
            self.stop()
            raise ClientError("The bundled server did not start", why)
        return self._url

    def stop(self) -> None:
        """End the server, by SIGKILL if it takes longer than `patience`. Does nothing the second time."""
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """End the server by SIGKILL, at once. Does nothing the second time."""
        self._end(subprocess.Popen.kill)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        with self._lock:
            process = self._process
            has_ended = self.returncode is not None
            self._is_stopped = self._is_stopped or not has_ended
        if process is None or has_ended:
            return
        how(process)
        try:
            process.wait(self._patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader:
            self._reader.join(self._patience)  # its last lines count

    def _spawn(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603  # the interpreter that runs this
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=server_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise ClientError(
                "The bundled server did not start", f"{self._command[0]}: {error.strerror}"
            ) from error

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Keep the server's lines until it ends; the first that holds a URL says that it listens."""
        lines = cast("IO[bytes]", process.stdout)  # never None: it was asked for
        while line := lines.readline(_LONGEST_LINE):
            text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
            self._log.append(text)
            if self._url is None and (found := _URL.search(text)):
                server = urlsplit(found[0])
                self._url = f"{server.scheme}://{server.netloc}{self._path}"
                self._heard.set()
        lines.close()
        cast("IO[bytes]", process.stdin).close()
        process.wait()
        self._heard.set()

    def _why_not(self) -> str:
        """Return in the first line why it does not listen: the server's own last word, where it has ended."""
        *before, last = self.log()[-_LAST_LINES:] or [""]
        if not self._heard.is_set():
            said = "\n".join([*before, last])
            return f"It did not listen within {self._wait:g} s. Its last lines:\n{said}"
        if not last:
            return "It ended without a word."
        said = "\n".join(["", "Before that it said:", *before]) if before else ""
        return f"{last.removeprefix(_NAME)}{said}"
