"""Writes a tape while somebody uses the client by hand: played, it shows the same."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from client_tui import __version__
from client_tui.core.printable import printable
from client_tui.demo.tape import (
    Connect,
    Copy,
    Paste,
    Press,
    Screenshot,
    SendJson,
    Serve,
    SetTo,
    Sleep,
    State,
    Theme,
    TypeText,
    WaitReceived,
    WaitState,
    merged,
    write,
)
from client_tui.demo.tape.keys import character_of, key_of
from client_tui.demo.tape.parse import LONGEST_LINE
from client_tui.demo.tape.settings import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from client_tui.demo.tape import Command
    from client_tui.demo.tape_file import TapeFile

PAUSE: Final = 0.3
"""Seconds. A shorter time between two keys is that of somebody who types."""
LONGEST_PAUSE: Final = 5.0
"""Seconds. Nobody wants to look on for longer while nothing happens."""
_MOST_FRAMES: Final = 1_000_000
_LONGEST_TEXT: Final = 200
"""Characters that are typed in one command; the line is written again with each of them."""
_NO_NAME: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a tape begins with: the screen, how the history is shown, and what the client says to whom.

    Of the handshake's headers, and of keys in the user's settings, it is only told whether
    there are any.
    """

    width: int
    height: int
    theme: str
    density: str = "lines"
    times: str = "clock"
    serve: Serve | None = None
    url: str | None = None
    greetings: tuple[str, ...] = ()
    has_headers: bool = False
    has_own_keys: bool = False

    def lines(self) -> Iterator[str]:
        """Yield the lines of the tape."""
        yield f"# Recorded by hand with jsonws-tui {__version__}"
        yield from map(_line, self._settings())
        if self.width not in MOST_COLUMNS or self.height not in MOST_ROWS:
            yield f"# the screen had {self.width} columns and {self.height} rows, which no tape can have"
        if self.has_headers:
            yield "# the handshake had headers of its own (-H), which no tape holds"
        if self.has_own_keys:
            yield "# the settings had keys of their own: in a tape each command has the key it came with"
        if self.serve is not None:
            yield _line(self.serve)
        if self.url is not None:
            yield _line(Connect(self.url))
        if self.greetings:
            yield _line(WaitState(State.OPEN))
            yield from (_line(SendJson(text)) for text in self.greetings)

    def _settings(self) -> Iterator[SetTo]:
        yield SetTo("Width", _within(self.width, MOST_COLUMNS))
        yield SetTo("Height", _within(self.height, MOST_ROWS))
        yield SetTo("Theme", self.theme)
        if self.density != "lines":
            yield SetTo("Density", self.density)
        if self.times != "clock":
            yield SetTo("Times", self.times)


class Recorder:
    """Is the witness of a session (see `ui.witness`), and writes it into a tape, fact by fact.

    `clock` tells the seconds from any moment on.
    """

    def __init__(
        self, tape: TapeFile, opening: Opening, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tape = tape
        self._clock = clock
        self._at = clock()  # when the user did something last
        self._last: Command | None = None  # what may still grow, or be taken back
        self._size = opening.width, opening.height
        self._theme = opening.theme
        self._received = 0
        self._awaited = 0
        self._spots: set[tuple[str, int, int]] = set()
        self._pictures: set[str] = set()
        tape.add("".join(f"{line}\n" for line in opening.lines()))

    # ------------------------------------------------------------------ what is told

    def counted(self, received: int) -> None:
        """Take how many frames were received; they are waited for before the next thing that is done."""
        self._received = min(received, _MOST_FRAMES)

    def themed(self, name: str) -> None:
        """Change the colours where they are others."""
        if name != self._theme:
            self._theme = name
            self._do(Theme(name))

    def pressed(self, key: str, character: str | None) -> None:
        """Type a character, or press a key."""
        self._catch_up()
        typed = None if "+" in key else character or character_of(key)
        if typed is not None and unicodedata.category(typed) != "Cc" and key_of(typed) is not None:
            self._do(TypeText(typed))
        else:
            self._do(Press(key))

    def pasted(self, text: str) -> None:
        """Put a text onto the clipboard, and paste it."""
        self._catch_up()
        if len(_line(Copy(text))) > LONGEST_LINE:
            self._remark(f"a text of {len(text):,} characters was pasted, which no line of a tape holds")
            return
        self._do(Copy(text))
        self._do(Paste())

    def pointed(self, how: str, column: int, row: int) -> None:
        """Say, once for each spot, that there is no mouse in a tape."""
        self._catch_up()
        if (spot := (how, column, row)) not in self._spots:
            self._spots.add(spot)
            self._remark(f"a {how} at column {column}, row {row} is not in a tape: use keys")

    def resized(self, width: int, height: int) -> None:
        """Say that the screen has another size, which it has not in a tape."""
        if (width, height) != self._size:
            self._size = width, height
            self._remark(
                f"the screen has {width} columns and {height} rows from here on: a tape has one size"
            )

    def retracted(self) -> None:
        """Take back the key that was told last."""
        match self._last:
            case Press(count=count) as press if count > 1:
                self._last = replace(press, count=count - 1)
            case TypeText(text=text) as typed if len(text) > 1:
                self._last = replace(typed, text=text[:-1])
            case Press() | TypeText():
                self._last = None
            case _:
                return
        self._tape.change("" if self._last is None else f"{_line(self._last)}\n")

    def saved(self, name: str, suffix: str) -> None:
        """Take a picture, under a name that no other picture of the tape has."""
        self._at = self._clock()
        stem = _NO_NAME.sub("-", PurePath(name).stem) or "picture"
        path, number = f"{stem}.{suffix}", 1
        while path in self._pictures:
            number += 1
            path = f"{stem}-{number}.{suffix}"
        self._pictures.add(path)
        self._do(Screenshot(path))

    def close(self) -> None:
        """End the tape, with a picture of what is there where none was taken."""
        self._catch_up()
        if not self._pictures:
            self.saved("end", "svg")
        self._tape.close()

    # ------------------------------------------------------------------ what is written

    def _catch_up(self) -> None:
        """Wait for the frames that came since the last thing that was done, and for as long as it took."""
        now = self._clock()
        pause, self._at = min(now - self._at, LONGEST_PAUSE), now
        if self._received > self._awaited:
            self._awaited = self._received
            self._do(WaitReceived(self._received))
        if pause > PAUSE:
            self._do(Sleep(round(pause, 1)))

    def _do(self, command: Command) -> None:
        """Write a command; what is typed, or pressed again, goes into the one before it."""
        joined = list(merged((self._last, command))) if self._last is not None else []
        if len(joined) == 1 and not _is_long(joined[0]):
            self._last = joined[0]
            self._tape.change(f"{_line(self._last)}\n")
        else:
            self._last = command
            self._tape.add(f"{_line(command)}\n")

    def _remark(self, words: str) -> None:
        self._last = None
        self._tape.add(f"# {words}\n")


def _line(command: Command) -> str:
    """Return how a tape has a command; what it cannot hold is told in a comment."""
    try:
        return write([command]).removesuffix("\n")
    except ValueError as error:
        return f"# {printable(str(error))}"


def _is_long(command: Command) -> bool:
    return isinstance(command, TypeText) and len(command.text) > _LONGEST_TEXT


def _within(number: int, limits: range) -> int:
    return max(limits[0], min(number, limits[-1]))
