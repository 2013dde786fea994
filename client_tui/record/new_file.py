"""A new file of the user's own: whole, or not there at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from client_tui.core.errors import ClientError
from client_tui.record.private import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


def write_new(path: Path, write: Callable[[BinaryIO], object], *, otherwise: str) -> int:
    """Let `write` fill a new file, for its owner alone; return its size in bytes.

    Whatever keeps it from being written whole, also an exception out of `write`, leaves no
    file. `otherwise` is what is said then: that nothing was exported, say.

    Raises:
        ClientError: there is such a file already, or it cannot be written.

    """
    descriptor = open_new(path, otherwise)
    try:
        with os.fdopen(descriptor, "wb") as out:
            write(out)
            return out.tell()
    except OSError as error:
        _remove(path)
        raise ClientError(otherwise, f"{path}: {error.strerror}") from error
    except BaseException:
        _remove(path)
        raise


def open_new(path: Path, otherwise: str) -> int:
    """Make a new file, for its owner alone, and return its descriptor; `otherwise` is what is said then.

    Raises:
        ClientError: there is such a file already, or it cannot be made.

    """
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    except FileExistsError as error:
        raise ClientError(otherwise, f"there is a file {path} already: name another") from error
    except OSError as error:
        raise ClientError(otherwise, f"{path}: {error.strerror}") from error
    except ValueError as error:  # a NUL in it
        raise ClientError(otherwise, f"{path}: {error}") from error


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
