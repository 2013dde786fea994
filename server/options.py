"""The command line of the server: flags in, one frozen `Options` out."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from server import __version__
from server.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
DEFAULT_MAX_SIZE = 16 * 1024 * 1024


class UsageError(Exception):
    """What was asked for cannot be done: one line that names the flag and the remedy."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the server is to do.

    `port` 0 takes a free port. `max_size` is the largest message taken, in bytes.
    `redis_url` None keeps the rooms in this process's memory. `until_stdin_closes` ends the
    server with the process that started it and holds the other end of its standard input. `lab`
    adds the endpoints that misbehave on demand.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    max_size: int = DEFAULT_MAX_SIZE
    redis_url: str | None = None
    verbose: bool = False
    until_stdin_closes: bool = False
    lab: bool = False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{printable(message.removeprefix('argument '))}. Try --help.")


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:  # the last TCP port
        return int(text)
    raise argparse.ArgumentTypeError(f"{printable(text)!r} is not a port: give 0 to 65535, 0 for a free one")


def _size(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{printable(text)!r} is not a size: give a number of bytes, 1 or more")


def _parser() -> _Parser:
    parser = _Parser(
        prog="jsonws-echo-server",
        description="Echo every valid JSON document back, byte for byte; share them in /rooms/<name>/.",
        epilog="SIGINT and SIGTERM close every client with 1001 and end the server with exit status 0.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--host", default=DEFAULT_HOST, help="the address to listen on (default: %(default)s)")
    add("--port", type=_port, default=DEFAULT_PORT, help="0 takes a free one (default: %(default)s)")
    add(
        "--max-size",
        type=_size,
        default=DEFAULT_MAX_SIZE,
        metavar="BYTES",
        help="close a client that sends a larger message with 1009 (default: %(default)s)",
    )
    add(
        "--redis-url",
        metavar="URL",
        help="share the rooms with other servers through this Redis (default: $REDIS_URL, else memory)",
    )
    add(
        "--until-stdin-closes",
        action="store_true",
        help="end when standard input closes, as it does when whoever started this has gone",
    )
    add("--lab", action="store_true", help="add endpoints that misbehave on demand: /lab/ lists them")
    add("--verbose", action="store_true", help="log what was received, not only how much")
    add("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def parse(argv: Sequence[str], environ: Mapping[str, str]) -> Options:
    """Read the flags; REDIS_URL of `environ` stands in for a missing ``--redis-url``.

    Raises `UsageError` for a wrong one, and `SystemExit` after ``--help`` and ``--version``.
    """
    found = _parser().parse_args(argv)
    return Options(
        host=found.host,
        port=found.port,
        max_size=found.max_size,
        redis_url=found.redis_url or environ.get("REDIS_URL") or None,
        verbose=found.verbose,
        until_stdin_closes=found.until_stdin_closes,
        lab=found.lab,
    )
