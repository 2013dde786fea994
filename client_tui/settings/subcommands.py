"""The commands beside the client itself, for what was recorded and for tapes: their flags, and their help."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from client_tui.settings.flags import parse_flags
from client_tui.settings.parsing import in_our_words, parser, places, surplus
from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FORMATS: Final = ("har", "ndjson", "json", "markdown")
_FILE: Final = "a recording, or a HAR of a browser; - reads the standard input"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A command: its name, what it is for, what it needs, and how its flags are added to a parser.

    Where it does not read the settings, its help does not tell of them.
    """

    name: str
    usage: str
    description: str
    add: Callable[[argparse._ArgumentGroup], None]
    needs: tuple[str, ...] = ()
    examples: str = ""
    reads_settings: bool = True


def _add_common(group: argparse._ArgumentGroup, *, config: bool) -> None:
    if config:
        group.add_argument(
            "--config", metavar="FILE", help="a TOML file of settings, instead of the usual one"
        )
    group.add_argument("-h", "--help", action="store_const", const=True, help="print this")


def _add_open(group: argparse._ArgumentGroup) -> None:
    group.add_argument("file", nargs="?", metavar="FILE", help=_FILE)
    group.add_argument("--theme", metavar="NAME", help="the colours; a wrong name lists the themes")


def _add_export(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("file", nargs="?", metavar="FILE", help=_FILE)
    add("--to", metavar="FORMAT", help=", ".join(FORMATS[:-1]) + f" or {FORMATS[-1]}")
    add("--filter", metavar="EXPR", help="only what matches, as in the client's filter line")
    add("--out", metavar="FILE", help="a new file, instead of the standard output")


def _add_demo(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("files", nargs="*", metavar="FILE", help="tapes, or names of those that --list lists")
    add("--out", metavar="DIR", help="the folder for the pictures, instead of the tape's own")
    add("--check", action="store_const", const=True, help="write nothing: fail where a picture differs")
    add("--update", action="store_const", const=True, help="write only the pictures that differ")
    add("--list", action="store_const", const=True, help="list the tapes that come with the package")
    add("--record", metavar="FILE", help="write a new tape while you work; the client's own flags follow")


SUBCOMMANDS: Final = {
    each.name: each
    for each in (
        Subcommand(
            "sessions",
            "jsonws-tui sessions [options]",
            "List the recorded sessions, the newest first: start, length, entries, size, URL and file.",
            lambda _: None,
        ),
        Subcommand(
            "open",
            "jsonws-tui open FILE [options]",
            "Show a recording as if it were live: scroll, filter, search, copy and export.",
            _add_open,
            ("file",),
            "jsonws-tui open session.jsonl\n      look at a recording\n"
            "  tail -c +0 -f session.jsonl | jsonws-tui open -\n      follow one that another machine writes",
        ),
        Subcommand(
            "export",
            "jsonws-tui export FILE --to FORMAT [options]",
            "Write a recording in another format.",
            _add_export,
            ("file", "to"),
            "jsonws-tui export session.jsonl --to har --out session.har\n"
            "      for the developer tools of a browser\n"
            "  jsonws-tui export session.jsonl --to json --filter 'is:error' | jq .\n"
            "      what went wrong, for jq",
        ),
        Subcommand(
            "demo",
            "jsonws-tui demo FILE.tape … [options]",
            "Play tapes, scripted sessions, into pictures: of the real client, on a real server.",
            _add_demo,
            ("files",),
            "jsonws-tui demo hello --out pictures\n      the first minute, which comes with the package\n"
            "  jsonws-tui demo --check docs/*.tape\n      in CI: do the pictures still show what happens?\n"
            "  jsonws-tui demo --record mine.tape --serve --lab\n      work by hand, and play it later",
            reads_settings=False,
        ),
    )
}


def parse_subcommand(name: str, argv: Sequence[str]) -> Mapping[str, object] | Wrong:
    """Sort the arguments of a subcommand as `flags.parse_flags` does; "file" is where the recording is."""
    command = SUBCOMMANDS[name]
    if name == "demo" and any(each.partition("=")[0] == "--record" for each in argv):
        return _recorded(argv)
    try:
        found, rest = _parser(command).parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        return in_our_words(error)
    flags = vars(found)
    if flags["help"]:
        return flags
    if rest:
        too_many = "there is a file already: give one only" if command.needs else "it takes no arguments"
        return surplus(_parser(command), rest[0], too_many)
    return _missing(command, flags) or _wrong_format(flags) or flags


def _recorded(argv: Sequence[str]) -> Mapping[str, object] | Wrong:
    """Sort the arguments of the client that a tape is recorded of; "tape" is where that goes."""
    lone = parser(SUBCOMMANDS["demo"].usage, "")
    lone.add_argument("--record", dest="tape")
    try:
        found, rest = lone.parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        return in_our_words(error)
    flags = parse_flags(rest)
    return flags if isinstance(flags, Wrong) else {**flags, "tape": found.tape}


def subcommand_help(name: str) -> str:
    """Return what ``--help`` prints: at most 80 columns, but for the paths of this machine."""
    command = SUBCOMMANDS[name]
    examples = f"\nexamples:\n  {command.examples}\n" if command.examples else ""
    end = f"\n{places()}\n" if command.reads_settings else ""
    return f"{_parser(command).format_help()}{examples}{end}"


def _parser(command: Subcommand) -> argparse.ArgumentParser:
    made = parser(command.usage, command.description)
    group = made.add_argument_group("options")
    command.add(group)
    _add_common(group, config=command.reads_settings)
    return made


def _missing(command: Subcommand, flags: Mapping[str, object]) -> Wrong | None:
    if flags.get("list"):
        return Wrong("it lists all tapes: give no other", "--list") if flags["files"] else None
    if flags.get("check") and flags.get("update"):
        return Wrong("cannot stand beside --update: give one or the other", "--check")
    for name in command.needs:
        if not flags[name]:
            what = "--to FORMAT" if name == "to" else "the FILE"
            return Wrong(f"{what} is missing: {command.usage}", command.name)
    return None


def _wrong_format(flags: Mapping[str, object]) -> Wrong | None:
    wanted = flags.get("to")
    if wanted is None or wanted in FORMATS:
        return None
    return Wrong(f"there is no format {wanted}: {nearest(str(wanted), FORMATS)}", "--to")
