"""What comes through a pipe, copied into a file while it comes: a pipe cannot be read twice."""

from __future__ import annotations

import os
import stat
import tempfile
import threading
from typing import Final

from client_tui.record.line_file import write_at

_PIECE: Final = 256 * 1024
HEAD: Final = 2**20
"""How many bytes are waited for where no line ends before."""


class Spool:
    """Copies what `source` gives into a file without a name; both descriptors are its own from now on.

    A `source` that is a file already is not copied. `descriptor` is the file's, which is for
    whoever reads it to close.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self.trouble = ""
        """Why not all that came could be kept, in words; "" where it could."""
        self._has_head = threading.Event()
        self._has_ended = threading.Event()
        if stat.S_ISREG(os.fstat(source).st_mode):
            self.descriptor = source
            self._has_head.set()
            self._has_ended.set()
            return
        with tempfile.TemporaryFile(prefix="jsonws-tui-") as file:
            self.descriptor = os.dup(file.fileno())
            self._copy_to = os.dup(file.fileno())  # the reader may close its own at any time
        threading.Thread(target=self._copy, name="spool", daemon=True).start()

    def wait_for_head(self) -> None:
        """Wait until a line has come, or a mebibyte, or the end."""
        self._has_head.wait()

    def wait_for_end(self) -> None:
        """Wait until all has come."""
        self._has_ended.wait()

    def _copy(self) -> None:
        at = 0
        try:
            while piece := os.read(self._source, _PIECE):
                at = write_at(self._copy_to, piece, at)
                if at >= HEAD or b"\n" in piece:
                    self._has_head.set()
        except OSError as error:  # the source or the disk fails: what came can be read
            self.trouble = error.strerror or str(error)
        self._has_head.set()
        self._has_ended.set()
        os.close(self._copy_to)
        os.close(self._source)
