"""Files and folders that only their owner can read, from their first byte on."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700


def open_private(path: Path, flags: int) -> int:
    """Open `path` with `os.open`'s `flags`, close-on-exec, and return the descriptor.

    The folder is made where it is missing; a file that this makes has mode 0600. What
    stands there already keeps its mode, for its owner may have chosen it.

    Raises:
        OSError: the folder or the file cannot be made or opened.

    """
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except FileExistsError:  # and it is a file
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent)) from None
    return os.open(path, flags | os.O_CLOEXEC, FILE_MODE)


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of `data`: one `os.write` may take less.

    Raises:
        OSError: the disk is full, or the file has gone away. A part may be written.

    """
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
