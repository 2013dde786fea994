"""The command line's flags: their help, and the mapping that `load` takes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from client_tui.core.printable import printable
from client_tui.settings.load import default_config_file, default_state_dir
from client_tui.settings.model import DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT
from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH: Final = 80
_USAGE: Final = "jsonws-tui [URL | --serve] [options]"
_EXAMPLES: Final = """\
examples:
  jsonws-tui --serve
      start the bundled server on a free port, and talk to it
  jsonws-tui wss://example.org/feed -H 'X-Api-Key: ...' --send '{"op": "hi"}'
      say who you are, and send a document as soon as the connection is open
  jsonws-tui --port 9000 --path /rooms/lobby/
      connect to a server on this machine"""


def parse_flags(argv: Sequence[str]) -> Mapping[str, object] | Wrong:
    """Sort the arguments into settings: text, a list of texts, True, or None where a flag is not given.

    Two names are no settings: "help" and "version" are True where these were asked for.
    """
    try:
        found, surplus = _parser().parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        return _in_our_words(error)
    flags = vars(found)
    if surplus and not (flags["help"] or flags["version"]):
        return _surplus(surplus[0])
    return flags


def help_text() -> str:
    """Return what ``--help`` prints: at most 80 columns, but for the paths of this machine."""
    config, state = printable(str(default_config_file())), printable(str(default_state_dir()))
    places = f"settings file:\n  {config}\nkept between runs:\n  {state}"
    said = "All of it can stand in the settings file, or in variables: JSONWS_TUI_THEME=nord"
    return f"{_parser().format_help()}\n{_EXAMPLES}\n\n{said}\n\n{places}\n"


def _in_our_words(error: argparse.ArgumentError) -> Wrong:
    flag = error.argument_name or ""
    if error.message.startswith("expected"):
        return Wrong(f"needs a value; one that begins with a hyphen is written {flag}=VALUE", flag)
    return Wrong(f"takes no value: {error.message}", flag)


def _surplus(argument: str) -> Wrong:
    """Say what is wrong with an argument that no flag took."""
    if not argument.startswith("-"):
        return Wrong("there is a URL already: give one only", argument)
    flag = argument.partition("=")[0]
    known = [name for action in _parser()._actions for name in action.option_strings]
    return Wrong(f"there is no such flag: {nearest(flag, known, 'see --help')}", flag)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "jsonws-tui",
        usage=_USAGE,
        description="Type JSON, send it over a WebSocket, and read the conversation in colour.",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=27, width=_WIDTH),
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    _add_where(parser.add_argument_group("where to connect"))
    _add_how(parser.add_argument_group("the connection"))
    _add_other(parser.add_argument_group("the client"))
    return parser


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
