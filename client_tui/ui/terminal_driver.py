"""What comes from the terminal, read so that nothing pasted can act.

Textual's parser looks for escape sequences within a paste as well: an ESC in it is lost,
and what follows is typed as keys, commands among them. Here a paste is cut out of the
input whole, before that parser sees it.
"""

from __future__ import annotations

import os
import select
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from textual import events
from textual._xterm_parser import XTermParser  # Textual has no public way to its input
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_READ_BYTES: Final = 64 * 1024
_SELECT_SECONDS: Final = 0.05  # how often the parser is asked for an Escape that nothing followed
# As an ESC before a CR, Alt+Enter is only told from an Escape by its timing; so it is respelt.
_ALT_ENTER: Final = ("\x1b\r", "\x1b[13;3u")


class PasteParser:
    """Turns what a terminal sends into events: a paste into one, verbatim, and the rest as Textual does."""

    def __init__(self, *, debug: bool = False) -> None:
        self._keys = XTermParser(debug)
        self._pasted: list[str] | None = None

    def feed(self, text: str) -> Iterable[Message]:
        """Yield the events that `text`, the next stretch of the input, completes."""
        while text:
            if self._pasted is None:
                typed, start, text = text.partition(_PASTE_START)
                if typed:
                    yield from self._keys.feed(typed.replace(*_ALT_ENTER))
                self._pasted = [] if start else None
            else:
                text = self._paste(text)
                if self._pasted is not None and text:
                    yield events.Paste("".join(self._pasted))
                    self._pasted = None
                    text = text.removeprefix(_PASTE_END)

    def tick(self) -> Iterable[Message]:
        """Yield the events that time completes: an Escape that nothing followed."""
        return self._keys.tick()

    def _paste(self, text: str) -> str:
        """Take a paste's text in, and return what begins with its end, "" where that has not come."""
        assert self._pasted is not None  # noqa: S101 - it is called within a paste
        overlap = self._pasted.pop() if self._pasted else ""
        whole = overlap + text
        end = whole.find(_PASTE_END)
        if end >= 0:
            self._pasted.append(whole[:end])
            return whole[end:]
        kept = max(0, len(whole) - len(_PASTE_END) + 1)  # the end may be cut in two
        self._pasted += [whole[:kept], whole[kept:]]
        return ""


class Outlet:
    """What is painted goes through here to the terminal, and nowhere when the terminal is gone.

    Textual's thread that writes would end with the first error, and whoever paints would wait
    for it, so that nothing would be left to end the client in order.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_gone = False

    def write(self, text: str) -> None:
        """Write what is painted, if there is somebody to see it."""
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Let it be seen."""
        self._try(self._stream.flush)

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return self._stream.fileno()

    def _try(self, call: Callable[[], object]) -> None:
        while not self._is_gone:
            try:
                call()
            except BlockingIOError:  # somebody else has set it so; what is not written yet is kept
                select.select([], [self._stream], [])
                call = self._stream.flush
            except OSError:
                self._is_gone = True
            else:
                return


class TerminalDriver(LinuxDriver):
    """Textual's driver, with an input that keeps pastes whole and outlives bytes that are not UTF-8.

    It outlives the terminal too.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self._file is not None:
            self._file = cast("Any", Outlet(self._file))

    def run_input_thread(self) -> None:
        """Read the terminal until the app ends, or the terminal does."""
        parser = PasteParser(debug=self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_SELECT_SECONDS):
                    data = self._read()
                    if not data:
                        return  # the terminal is gone; a SIGHUP tells the rest
                    self._process(parser.feed(decode(data)))
                self._process(parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""

    def _process(self, found: Iterable[Message]) -> None:
        for message in found:
            self.process_message(message)
