"""Runs the server: the address, the log, the signals."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from server import logs
from server.options import UsageError
from server.paths import ECHO
from server.printable import printable

if TYPE_CHECKING:
    from server.options import Options

_LOG_SECONDS: Final = 0.3
_REDIS_SECONDS: Final = 3.0


def serve(options: Options) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises `UsageError` when that cannot begin. Twisted's reactor runs once in a process, so
    this can be called once.
    """
    address = _address(options.host)
    _check_redis(options.redis_url)
    _hand_over(options.redis_url)
    from server.asgi import build
    from server.daphne_server import EchoServer

    writer = logs.LineWriter(sys.stdout.fileno(), sys.stdout.encoding)
    logs.set_up(writer, verbose=options.verbose)
    server = EchoServer(
        build(lab=options.lab),
        address=address,
        port=options.port,
        max_size=options.max_size,
        on_listening=lambda port: writer.write(f"Listening on {_url(options.host, port)}"),
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        server.call_on_signal(number)
    if options.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    server.run()
    writer.close(_LOG_SECONDS)
    if server.failure:
        raise UsageError(_why_not(server.failure, options))


def _end_with_stdin() -> None:
    """Wait for the end of standard input, dropping what it brings, and send this process a SIGTERM."""
    with suppress(OSError):  # one that cannot be read is at its end
        while os.read(0, 4096):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _url(host: str, port: int) -> str:
    return f"ws://{f'[{host}]' if ':' in host else printable(host)}:{port}{ECHO}"


def _address(host: str) -> str:
    """Return the first address of `host`, in figures."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise UsageError(
            f"--host {printable(host)}: no such host. Give an address of this machine, such as 127.0.0.1."
        ) from None
    return str(found[0][4][0])


def _why_not(error: OSError, options: Options) -> str:
    where = f"--host {printable(options.host)} --port {options.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where}: the port is taken. Give another one, or --port 0 for a free one."
    if error.errno == errno.EACCES:
        return f"{where}: not allowed. Give a port above 1023, or --port 0 for a free one."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{where}: not an address of this machine. Give one, such as --host 127.0.0.1."
    return f"{where}: {printable(error.strerror or str(error))}. Give another address or port."


def _check_redis(url: str | None) -> None:
    if url is None:
        return
    flag = f"--redis-url {printable(_without_password(url))}"
    if find_spec("channels_redis") is None:
        raise UsageError(
            f"{flag}: channels_redis is missing. Install it with: pip install 'jsonws-tui[redis]'."
        )
    import redis

    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS
        ) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        reason = printable(str(error))
        raise UsageError(
            f"{flag}: no Redis answers ({reason}). Start one there, or leave the flag and REDIS_URL out."
        ) from None


def _without_password(url: str) -> str:
    return re.sub(r"(?<=:)[^:/@]+(?=@)", "***", url)


def _hand_over(redis_url: str | None) -> None:
    """Tell `server.settings`, which reads it when Django is set up."""
    if redis_url:
        os.environ["REDIS_URL"] = redis_url
    else:
        os.environ.pop("REDIS_URL", None)
