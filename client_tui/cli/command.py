"""What the command line asks for: the client itself, or one of the commands for what was recorded."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from client_tui import __version__
from client_tui.cli.talk import (
    INTERRUPTED,
    OutputError,
    put,
    refuse,
    report_failure,
    report_output,
    settle_output,
)
from client_tui.settings import Settings, Wrong, load
from client_tui.settings.flags import help_text, parse_flags
from client_tui.settings.load import default_state_dir
from client_tui.settings.subcommands import SUBCOMMANDS, parse_subcommand, subcommand_help

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own where it is None) and return its exit status.

    0 after the user left, 1 when the client failed or standard output takes no more, 2 for a
    wrong flag, variable or setting and without a terminal, 130 after Ctrl+C, and 128 + N
    after signal N: 141 where the reader of standard output has gone.
    """
    try:
        return _main(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputError as error:
        return report_output(error)
    finally:
        settle_output()


def _main(argv: Sequence[str]) -> int:
    name = argv[0] if argv and argv[0] in SUBCOMMANDS else ""
    flags = parse_subcommand(name, argv[1:]) if name else parse_flags(argv)
    if isinstance(flags, Wrong):
        return refuse(str(flags))
    if flags["help"]:
        put(subcommand_help(name) if name else help_text())
        return 0
    if flags.get("version"):
        put(f"jsonws-tui {__version__}\n")
        return 0
    if name == "demo" and "tape" not in flags:  # nothing of the user's settings is read for it
        return _reported(partial(_play, flags), default_state_dir())
    settings = load(flags, os.environ, key_ids=_key_ids, key_fault=_key_fault, theme_names=_theme_names)
    if isinstance(settings, Wrong):
        return refuse(str(settings))
    return _reported(partial(_run, name, flags, settings), settings.state_dir)


def _reported(run: Callable[[], int], folder: Path) -> int:
    """Run a command: whatever fails, the user gets one line, and the traceback in a file of this folder."""
    try:
        return run()
    except OutputError:
        raise
    except Exception as error:
        return report_failure(error, folder)


def _play(flags: Mapping[str, object]) -> int:
    from client_tui.cli.demo import run_demo

    return run_demo(flags)


def _run(name: str, flags: Mapping[str, object], settings: Settings) -> int:
    match name:
        case "sessions":
            from client_tui.cli.listing import list_sessions

            return list_sessions(settings)
        case "export":
            from client_tui.cli.export import export_recording

            name, to = str(flags["file"]), str(flags["to"])
            return export_recording(name, to, _text(flags["filter"]), _text(flags["out"]))
        case "open":
            from client_tui.cli.viewer import open_recording

            return open_recording(str(flags["file"]), settings)
        case "demo":
            from client_tui.cli.taping import record_tape

            return record_tape(Path(str(flags["tape"])), settings)
        case _:
            from client_tui.cli.live import run_client

            return run_client(settings)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _key_ids() -> Collection[str]:
    from client_tui.ui.keys import command_ids

    return command_ids()


def _key_fault(remapped: Mapping[str, str]) -> str | None:
    from client_tui.ui.keymap import fault

    return fault(remapped)


def _theme_names() -> Collection[str]:
    from client_tui.ui.themes import theme_names

    return theme_names()
