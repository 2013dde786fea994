"""The report of a failed run: the traceback, in a file instead of over the screen."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from client_tui.record.private import open_private, write_whole

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def write_failure(folder: Path, error: BaseException, at: datetime) -> Path | None:
    """Write the traceback of `error` to a file in `folder`, named after `at`, and return its path.

    None where it cannot be written: whoever reports a failure must not fail.
    """
    path = folder / f"failure-{at:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    text = "".join(traceback.format_exception(error))
    try:
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            write_whole(descriptor, text.encode("utf-8", "backslashreplace"))
        finally:
            os.close(descriptor)
    except OSError:
        return None
    return path
