"""Reads a tape, and the tapes that it goes on with, into commands, or into all mistakes that are in them."""

from __future__ import annotations

import os.path
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.demo.tape.commands import (
    Client,
    Command,
    Env,
    Output,
    Redact,
    Require,
    Screenshot,
    SetTo,
    Source,
    Tape,
)
from client_tui.demo.tape.mistakes import Mistake, Mistakes
from client_tui.demo.tape.quoting import CONTROL
from client_tui.demo.tape.reader import SHOWN, NotReadError, Reader, likely, shortened
from client_tui.demo.tape.settings import SETTINGS
from client_tui.demo.tape.words import WORDS
from client_tui.settings.wrong import Wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LARGEST: Final = 2**20
"""Characters of a tape, and of all tapes that it goes on with."""
LONGEST_LINE: Final = 100_000
"""Characters."""
MOST_COMMANDS: Final = 100_000
MOST_TAPES: Final = 50
MOST_CLIENTS: Final = 4
MOST_MISTAKES: Final = 100
"""What is found beyond them is not told."""
_LONGEST_REASON: Final = 300
BEFORE_IT_STARTS: Final = (SetTo, Output, Require, Env, Redact)
"""What may stand before a setting that is made before the client starts."""
_OTHERWISE: Final = "a line begins with Type, Enter, Wait, Screenshot and the like, and # begins a comment"


def parse(
    text: str,
    name: str,
    *,
    read: Callable[[Path], str] | None = None,
    themes: Collection[str] | None = None,
) -> Tape | Mistakes:
    """Read the tape that is in the file `name`; nothing is raised, whatever its text is.

    `read` returns the text of a file: it may raise OSError, or ValueError for one that is not
    UTF-8. Without it there is no other tape to go on with. Without `themes` every name is one.
    """
    reading = _Reading(read, themes)
    with suppress(_EnoughError):
        reading.tape(text, name, ())
    if reading.mistakes:
        return Mistakes(tuple(reading.mistakes))
    requires = tuple(each for each in reading.commands if isinstance(each, Require))
    others = tuple(each for each in reading.commands if not isinstance(each, Require))
    return Tape(name, others, requires)


class _EnoughError(Exception):
    """There is no use in reading on."""


class _Reading:
    """What was read so far of a tape and of those that it goes on with."""

    def __init__(self, read: Callable[[Path], str] | None, themes: Collection[str] | None) -> None:
        self.commands: list[Command] = []
        self.mistakes: list[Mistake] = []
        self._read = read
        self._themes = themes
        self._size = 0
        self._tapes = 0
        self._action: Command | None = None
        self._pictures: dict[str, Command] = {}
        self._clients: set[str] = set()

    def tape(self, text: str, name: str, above: tuple[str, ...]) -> None:
        """Read a tape; `above` are the files that led to it, the first one first."""
        self._size += len(text)
        if self._size > LARGEST:
            what = f"a tape has at most {LARGEST:,} characters, with those that it goes on with"
            self.mistakes.append(Mistake(name, 1, 1, "", what))
            raise _EnoughError
        files = (*above, os.path.normpath(name))
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
            try:
                self._line(line.removesuffix("\r"), number, name, files)
            except NotReadError as error:
                self._mistake(name, number, line, error)

    def _mistake(self, name: str, number: int, line: str, error: NotReadError) -> None:
        wrong = shortened(line[error.start : error.end])
        self.mistakes.append(Mistake(name, number, error.start + 1, wrong, _readable(error.reason)))
        if len(self.mistakes) == MOST_MISTAKES:
            raise _EnoughError

    def _line(self, line: str, number: int, name: str, files: tuple[str, ...]) -> None:
        """Read the words of a line, up to the first that is wrong."""
        if len(line) > LONGEST_LINE:
            raise NotReadError(0, len(line), f"a line has at most {LONGEST_LINE:,} characters")
        if control := CONTROL.search(line):
            raise NotReadError(control.start(), control.end(), _no_text(control[0]))
        reader = Reader(line, WORDS, self._themes)
        while not reader.ends():
            sentence = _sentence(reader)
            command = replace(sentence(reader), line=number, file=name)
            if isinstance(command, Source):
                self._go_on(command, reader, files)
            elif not isinstance(command, Output) or len(files) == 1:
                self._take(command, reader)

    # ------------------------------------------------------------------ what must fit to what stands before

    def _take(self, command: Command, reader: Reader) -> None:
        wrong = self._too_many(command) or self._too_late(command) or self._twice(command)
        if wrong:
            reader.refuse(wrong, reader.began, reader.at)
        self.commands.append(command)
        if self._action is None and not isinstance(command, BEFORE_IT_STARTS):
            self._action = command

    def _too_many(self, command: Command) -> str | None:
        if len(self.commands) == MOST_COMMANDS:
            raise NotReadError(0, 0, f"a tape has at most {MOST_COMMANDS:,} commands")
        if isinstance(command, Client):
            self._clients.add(command.name)
            if len(self._clients) > MOST_CLIENTS:
                return f"a tape has at most {MOST_CLIENTS} clients"
        return None

    def _too_late(self, command: Command) -> str | None:
        if not isinstance(command, SetTo) or SETTINGS[command.name].late or self._action is None:
            return None
        return (
            f"Set {command.name} stands before the first command, which is in {_place(self._action, command)}"
        )

    def _twice(self, command: Command) -> str | None:
        if not isinstance(command, Output | Screenshot):
            return None
        first = self._pictures.setdefault(command.path, command)
        if first is command:
            return None
        return (
            f"{command.path} is written already, in {_place(first, command)}: give each picture its own name"
        )

    # ------------------------------------------------------------------ other tapes

    def _go_on(self, source: Source, reader: Reader, files: tuple[str, ...]) -> None:
        path = Path(source.file).parent / source.path
        if os.path.normpath(path) in files:
            reader.refuse(f"{source.path} would go on with itself, without an end", reader.began, reader.at)
        self._tapes += 1
        if self._tapes > MOST_TAPES:
            reader.refuse(f"a tape goes on with at most {MOST_TAPES} others", reader.began, reader.at)
        text = _text(path, self._read)
        if isinstance(text, Wrong):
            reader.refuse(text.reason, reader.began, reader.at)
        self.tape(text, str(path), files)


def _sentence(reader: Reader) -> Callable[[Reader], Command]:
    """Take the word that begins a command, and return what reads the rest of it."""
    last, name = reader.subject, reader.word()
    if name is None:
        shown = reader.shown()
        reader.refuse(f"{last} takes no {shown}" if last else f"{shown} is no word: {_OTHERWISE}")
    word = WORDS.get(name)
    if word is None:
        what = f"there is no word {shortened(name)}: {likely(name, WORDS, _OTHERWISE)}"
        reader.refuse(what, reader.began, reader.at)
    if word.read is None:
        reader.refuse(f"{name} is not taken: {word.meaning}", reader.began, reader.at)
    return word.read


def _no_text(character: str) -> str:
    if character == "\r":
        return "a lone carriage return ends no line: a line ends with a line feed"
    return (
        f"U+{ord(character):04X} is a control character, not text: a key is written as a word, such as Ctrl+A"
    )


def _readable(reason: str) -> str:
    """Take the middle out of a reason that quotes more than a person would read: its remedy is at its end."""
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:SHOWN]} … {reason[-SHOWN * 2 :]}"


def _place(command: Command, seen_from: Command) -> str:
    return f"line {command.line}" + ("" if command.file == seen_from.file else f" of {command.file}")


def _text(path: Path, read: Callable[[Path], str] | None) -> str | Wrong:
    """Return the text of another tape, or why it cannot be had."""
    if read is None:
        return Wrong(f"{path} cannot be read here: a tape alone is at hand")
    try:
        return read(path)
    except UnicodeDecodeError:
        return Wrong(f"{path} is no tape: it is not UTF-8")
    except ValueError as error:
        return Wrong(f"{path} cannot be read: {error}")
    except OSError as error:
        return Wrong(f"{path} cannot be read: {error.strerror or error}")
