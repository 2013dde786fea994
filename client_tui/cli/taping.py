"""The command `jsonws-tui demo --record`: the client itself, and a tape of what is done with it."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING

from client_tui.cli.live import run_client
from client_tui.cli.talk import refuse, say
from client_tui.cli.terminal import why_no_screen
from client_tui.core.errors import ClientError
from client_tui.settings.model import DEFAULT_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from client_tui.demo.recorder import Opening
    from client_tui.settings import Settings


def record_tape(path: Path, settings: Settings) -> int:
    """Run the client until its end, and write what is done into a new tape; return the exit status."""
    from client_tui.demo.recorder import Recorder
    from client_tui.demo.tape_file import TapeFile

    if why_not := why_no_screen():
        return refuse(why_not)
    try:
        tape = TapeFile(path)
    except ClientError as error:
        return refuse(f"{error.title}: {error.message}")
    recorder = Recorder(tape, _opening(settings))
    try:
        status = run_client(settings, recorder)
    finally:
        recorder.close()
    if tape.trouble:
        say(f"the tape {path} ends before the session did: {tape.trouble}")
    else:
        say(f"the tape is written: jsonws-tui demo {shlex.quote(str(path))} plays it")
    return status


def _opening(settings: Settings) -> Opening:
    from client_tui.demo.recorder import Opening
    from client_tui.demo.setup import DEFAULT_THEME
    from client_tui.demo.tape import Serve

    columns, rows = shutil.get_terminal_size()
    served = settings.serve_path if settings.serve_path != DEFAULT_PATH else None
    return Opening(
        width=columns,
        height=rows,
        theme=settings.theme or DEFAULT_THEME,
        density=settings.density,
        times=settings.times,
        serve=Serve(lab=settings.lab) if settings.serve else None,
        url=served if settings.serve else settings.url,
        greetings=settings.send,
        has_headers=bool(settings.headers),
        has_own_keys=bool(settings.keys),
    )
