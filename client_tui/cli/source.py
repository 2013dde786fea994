"""What a command's FILE stands for: a recording, a browser's HAR, or either through standard input."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from client_tui.core.errors import ClientError
from client_tui.record.exports import export
from client_tui.record.line_file import read_at
from client_tui.record.opened import OpenedRecording, open_file
from client_tui.record.opened_har import looks_like_har, open_har
from client_tui.record.spool import Spool

_HEAD: Final = 4096
_UNREAD: Final = "Standard input cannot be read"


def open_source(name: str, piped: int | None = None, *, whole: bool = False) -> OpenedRecording:
    """Open the file of this name, or what comes through the descriptor `piped`.

    A pipe may go on for as long as it likes: what comes is there to be read, and its end is
    waited for where it is to be had `whole`. A HAR becomes a recording, in a temporary file.

    Raises:
        ClientError: there is no such file, it is neither, or there is no room for what comes.

    """
    if piped is None:
        return _open_file(Path(name))
    try:
        spool = Spool(piped)
    except OSError as error:  # there is no folder for what is temporary
        raise ClientError(_UNREAD, _no_room(error.strerror or str(error))) from error
    spool.wait_for_head()
    is_har = _is_har(spool.descriptor)
    if whole or is_har:
        spool.wait_for_end()
        if spool.trouble:
            raise ClientError(_UNREAD, _no_room(spool.trouble))
    return _converted(spool.descriptor) if is_har else OpenedRecording(spool.descriptor)


def _open_file(path: Path) -> OpenedRecording:
    descriptor = open_file(path)
    try:
        is_har = _is_har(descriptor)
    finally:
        os.close(descriptor)
    return _converted(path) if is_har else OpenedRecording(path)


def _is_har(descriptor: int) -> bool:
    with suppress(OSError):  # it is told by whoever opens it
        return looks_like_har(read_at(descriptor, 0, _HEAD))
    return False


def _converted(source: Path | int) -> OpenedRecording:
    """Make a recording of a HAR: what shows, filters and exports it knows no other."""
    har = open_har(source)
    try:
        with TemporaryFile(prefix="jsonws-tui-") as file:
            export(har.entries, har.header, "ndjson", file)
            file.flush()
            return OpenedRecording(os.dup(file.fileno()))
    except OSError as error:
        raise ClientError("The HAR cannot be read", _no_room(error.strerror or str(error))) from error


def _no_room(why: str) -> str:
    return f"it goes through a temporary file, and {why}: set TMPDIR to a folder with room for it"
