"""Edits a text in the user's own editor, through a private temporary file."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from client_tui.core.errors import ClientError


def edit(text: str) -> str:
    """Open `text` in $VISUAL, $EDITOR or vi, and return what was saved; the terminal must be free.

    The file is readable by the user only. A line break that the editor added at the very
    end is taken off again; nothing else is changed.

    Raises:
        ClientError: the editor cannot be started, failed, or saved what is not UTF-8.

    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="jsonws-tui-") as folder:  # mode 0700
        path = Path(folder, "document.json")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        _run(command, path)
        return _saved(path, text)


def _run(command: str, path: Path) -> None:
    try:
        status = subprocess.run([*shlex.split(command), path], check=False).returncode  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        raise ClientError(f"{command} cannot be started", f"{error}; set $EDITOR to another one") from error
    if status:
        raise ClientError(f"{command} ended with status {status}", "the text stays as it was")


def _saved(path: Path, before: str) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ClientError("what was saved cannot be read", f"{error}; the text stays as it was") from error
    if not text.endswith("\n") or before.endswith("\n"):
        return text
    text = text.removesuffix("\n")
    return text if before.endswith("\r") else text.removesuffix("\r")
