"""The file of a tape that is being written: whatever ends the client, what stands there can be played."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from client_tui.demo.tape.parse import LARGEST
from client_tui.record.new_file import open_new
from client_tui.record.private import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_FULL: Final = f"a tape has at most {LARGEST:,} characters"


class TapeFile:
    """A new file at `path`, for its owner alone. The lines that were written last may still change.

    Raises:
        ClientError: there is such a file already, or it cannot be made.

    """

    def __init__(self, path: Path) -> None:
        self._descriptor = open_new(path, "No tape can be recorded")
        self._settled = 0  # bytes that do not change any more
        self._end = 0
        self.trouble = ""
        """Why the tape ends before the session did, in words; "" where it does not."""

    def add(self, lines: str) -> None:
        """Write lines behind those that are there, which do not change any more."""
        self._settled = self._end
        self.change(lines)

    def change(self, lines: str) -> None:
        """Write lines in the place of those that were written last."""
        data = lines.encode("utf-8", "replace")
        if self._settled + len(data) > LARGEST:
            self.trouble = self.trouble or _FULL
        if not self.trouble:
            self._write(data)

    def _write(self, data: bytes) -> None:
        try:
            os.lseek(self._descriptor, self._settled, os.SEEK_SET)
            write_whole(self._descriptor, data)
            os.ftruncate(self._descriptor, self._settled + len(data))
            self._end = self._settled + len(data)
        except OSError as error:
            self.trouble = error.strerror or str(error)
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._settled)

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            os.close(self._descriptor)
