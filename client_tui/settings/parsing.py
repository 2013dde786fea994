"""What all command lines have in common: how they are parsed, and how a mistake in one is told."""

from __future__ import annotations

import argparse
from typing import Final

from client_tui.core.printable import printable
from client_tui.settings.load import default_config_file, default_state_dir
from client_tui.settings.wrong import Wrong, nearest

_WIDTH: Final = 80


def parser(usage: str, description: str) -> argparse.ArgumentParser:
    """Return a parser without flags, which raises where argparse would print and exit."""
    return argparse.ArgumentParser(
        "jsonws-tui",
        usage=usage,
        description=description,
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=27, width=_WIDTH),
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )


def places() -> str:
    """Return the end of every help: where the settings file is, and what is kept between runs."""
    config, state = printable(str(default_config_file())), printable(str(default_state_dir()))
    return f"settings file:\n  {config}\nkept between runs:\n  {state}"


def in_our_words(error: argparse.ArgumentError) -> Wrong:
    """Say what argparse found wrong."""
    flag = error.argument_name or ""
    if error.message.startswith("expected"):
        return Wrong(f"needs a value; one that begins with a hyphen is written {flag}=VALUE", flag)
    return Wrong(f"takes no value: {error.message}", flag)


def surplus(of: argparse.ArgumentParser, argument: str, too_many: str) -> Wrong:
    """Say what is wrong with an argument that nothing took; `too_many` where it is no flag."""
    if not argument.startswith("-") or argument == "-":
        return Wrong(too_many, argument)
    flag = argument.partition("=")[0]
    known = [name for action in of._actions for name in action.option_strings]
    return Wrong(f"there is no such flag: {nearest(flag, known, 'see --help')}", flag)
