"""The command line's flags: their help, and the mapping that `load` takes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from client_tui.settings.model import DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT
from client_tui.settings.parsing import in_our_words, parser, places, surplus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from client_tui.settings.wrong import Wrong

_USAGE: Final = """\
jsonws-tui [URL | --serve] [options]
       jsonws-tui sessions | open FILE | export FILE --to FORMAT
       jsonws-tui demo FILE.tape"""
_EXAMPLES: Final = """\
examples:
  jsonws-tui --serve
      start the bundled server on a free port, and talk to it
  jsonws-tui wss://example.org/feed -H 'X-Api-Key: ...' --send '{"op": "hi"}'
      say who you are, and send a document as soon as the connection is open
  jsonws-tui --port 9000 --path /rooms/lobby/
      connect to a server on this machine

Sessions are recorded: jsonws-tui sessions lists them, jsonws-tui open FILE
shows one, jsonws-tui export FILE makes something else of it. jsonws-tui demo
plays scripted sessions into pictures. Each has a --help."""


def parse_flags(argv: Sequence[str]) -> Mapping[str, object] | Wrong:
    """Sort the arguments into settings: text, a list of texts, True, or None where a flag is not given.

    Two names are no settings: "help" and "version" are True where these were asked for.
    """
    try:
        found, rest = _parser().parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        return in_our_words(error)
    flags = vars(found)
    if rest and not (flags["help"] or flags["version"]):
        return surplus(_parser(), rest[0], "there is a URL already: give one only")
    return flags


def help_text() -> str:
    """Return what ``--help`` prints: at most 80 columns, but for the paths of this machine."""
    said = "All of it can stand in the settings file, or in variables: JSONWS_TUI_THEME=nord"
    return f"{_parser().format_help()}\n{_EXAMPLES}\n\n{said}\n\n{places()}\n"


def _parser() -> argparse.ArgumentParser:
    made = parser(_USAGE, "Type JSON, send it over a WebSocket, and read the conversation in colour.")
    _add_where(made.add_argument_group("where to connect"))
    _add_how(made.add_argument_group("the connection"))
    _add_other(made.add_argument_group("the client"))
    return made


def _add_where(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("url", nargs="?", metavar="URL", help="a ws:// or wss:// URL, instead of host, port and path")
    add("--host", help=f"the server's name or address (default: {DEFAULT_HOST})")
    add("--port", help=f"its port (default: {DEFAULT_PORT}; with --serve a free one)")
    add("--path", help=f"the path to open (default: {DEFAULT_PATH})")
    add("--tls", action="store_const", const=True, help="connect with TLS: wss:// instead of ws://")
    add(
        "--serve",
        action="store_const",
        const=True,
        help="start the bundled server, and end it on the way out",
    )
    add(
        "--lab",
        action="store_const",
        const=True,
        help="with --serve: add /lab/, endpoints that misbehave on demand",
    )


def _add_how(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "-H",
        dest="headers",
        action="append",
        metavar="'Name: value'",
        help="a header of the handshake; repeatable",
    )
    add(
        "--subprotocol",
        dest="subprotocols",
        action="append",
        metavar="NAME",
        help="offer a subprotocol; repeatable",
    )
    add(
        "--max-size",
        metavar="BYTES",
        help="the largest frame taken: 65536, 512k, 64MiB or none (default: 64MiB)",
    )
    add("--insecure", action="store_const", const=True, help="take any TLS certificate, unverified")
    add("--send", action="append", metavar="JSON", help="send a document right after connecting; repeatable")


def _add_other(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--record", dest="record_file", metavar="FILE", help="record the session to a new file")
    add(
        "--no-record",
        dest="record",
        action="store_const",
        const=False,
        help="keep nothing of the session when you leave",
    )
    add("--theme", metavar="NAME", help="the colours; a wrong name lists the themes")
    add("--config", metavar="FILE", help="a TOML file of settings, instead of the usual one")
    add("--version", action="store_const", const=True, help="print the version")
    add("-h", "--help", action="store_const", const=True, help="print this")
