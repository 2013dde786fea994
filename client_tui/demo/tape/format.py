"""Writes commands as the text of a tape, which reads back as the same commands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from client_tui.demo.tape import commands
from client_tui.demo.tape.commands import Command
from client_tui.demo.tape.keys import key_of, word_of
from client_tui.demo.tape.quoting import (
    CONTROL,
    NOT_IN_JSON,
    QUOTES,
    argument,
    can_be_quoted,
    json_string,
    quoted,
    time,
)
from client_tui.demo.tape.secret_paths import written_path
from client_tui.demo.tape.sentences import MOST_PRESSES
from client_tui.demo.tape.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from client_tui.demo.tape.commands import Command

_LONGEST: Final = 1000  # characters of a text in quotes: a longer one is typed in several
_TYPED: Final = tuple(re.compile(rf"[^\x00-\x1f\x7f-\x9f{quote}]{{1,{_LONGEST}}}") for quote in QUOTES)
_SLASH: Final = re.compile(r"\\.|/")


def write(asked: Iterable[Command]) -> str:
    """Return the text of a tape that asks for this, a command a line.

    What no tape can hold is a ValueError: a text with all three quotes where it cannot be
    typed piece by piece, a line break in a document, a key that has no word.
    """
    return "".join(f"{line}\n" for command in asked for line in _lines(command))


def merged(asked: Iterable[Command]) -> Iterator[Command]:
    """Join equal presses of a key that follow one another into counts, and typed texts into one."""
    last: Command | None = None
    for command in asked:
        joined = _joined(last, command)
        if joined is None and last is not None:
            yield last
        last = joined or command
    if last is not None:
        yield last


def _joined(last: Command | None, command: Command) -> Command | None:
    """Return both as one command; None where they are two."""
    match last, command:
        case commands.TypeText(), commands.TypeText() if last.speed == command.speed:
            return replace(last, text=last.text + command.text)
        case commands.Press(), commands.Press() if (last.key, last.speed) == (command.key, command.speed):
            count = last.count + command.count
            return replace(last, count=count) if count <= MOST_PRESSES else None
        case _:
            return None


def _lines(command: Command) -> Iterator[str]:
    if isinstance(command, commands.TypeText):
        yield from _typed(command)
    else:
        yield _WRITTEN[type(command)](command)


def _typed(command: commands.TypeText) -> Iterator[str]:
    """Write a text piece by piece, each in quotes that it does not hold, and control characters as keys."""
    text, at = command.text, 0
    if not text:
        yield f'Type{_speed(command.speed)} ""'
    while at < len(text):
        matches = (pattern.match(text, at) for pattern in _TYPED)
        piece = max((match[0] for match in matches if match), key=len, default="")
        if piece:
            yield f"Type{_speed(command.speed)} {quoted(piece)}"
        elif key := key_of(text[at]):
            yield _pressed(commands.Press(key, speed=command.speed))
        at += len(piece) or 1


def _pressed(command: commands.Press) -> str:
    word = word_of(command.key)
    if word is None:
        raise ValueError(f"no tape has a word for the key {command.key!r}")
    count = f" {command.count}" if command.count > 1 else ""
    return f"{word}{_speed(command.speed)}{count}"


def _speed(seconds: float | None) -> str:
    return "" if seconds is None else f"@{time(seconds)}"


def _pattern(pattern: re.Pattern[str]) -> str:
    """Write a regular expression between slashes, those within escaped."""
    escaped = _SLASH.sub(lambda match: match[0] if len(match[0]) > 1 else r"\/", pattern.pattern)
    return f"/{_in_one_line(escaped)}/"


def _in_one_line(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError(f"no tape can hold {text!r}, in one line")
    return text


def _copied(text: str) -> str:
    return quoted(text) if can_be_quoted(text) else f"json {json_string(text)}"


def _sent(document: str) -> str:
    """Write a document as it is; in quotes that JSON does not have where blanks around it count."""
    return _in_one_line(document) if document == document.strip(" \t") else quoted(document, NOT_IN_JSON)


def _wait(command: Any, what: str, scope: str = "") -> str:
    return f"Wait{scope}{_speed(command.limit)} {what}".rstrip()


def _wait_regex(command: commands.WaitRegex) -> str:
    scope = "" if command.scope is commands.Scope.SCREEN else f"+{command.scope.value}"
    return _wait(command, _pattern(command.pattern), scope)


def _annotated(command: commands.Annotate) -> str:
    row = str(command.row) if isinstance(command.row, int) else _pattern(command.row)
    return f"Annotate {quoted(command.text)} at {row}"


def _setting(command: commands.SetTo) -> str:
    kind = SETTINGS[command.name].kind
    if kind is None:
        raise ValueError(f"no tape can set {command.name}")
    return f"Set {command.name} {kind.write(command.value)}"


_WRITTEN: Final[Mapping[type[Command], Callable[[Any], str]]] = {
    commands.Output: lambda command: f"Output {argument(command.path)}",
    commands.SetTo: _setting,
    commands.Require: lambda command: f"Require {argument(command.program)}",
    commands.Env: lambda command: f"Env {command.name} {quoted(command.value)}",
    commands.Redact: lambda command: f"Redact {written_path(command.path)}",
    commands.Source: lambda command: f"Source {argument(command.path)}",
    commands.Press: _pressed,
    commands.Copy: lambda command: f"Copy {_copied(command.text)}",
    commands.Paste: lambda _: "Paste",
    commands.Sleep: lambda command: f"Sleep {time(command.seconds)}",
    commands.WaitSettled: lambda command: _wait(command, ""),
    commands.WaitReceived: lambda command: _wait(command, f"received {command.count}"),
    commands.WaitSent: lambda command: _wait(command, f"sent {command.count}"),
    commands.WaitState: lambda command: _wait(command, command.state.value),
    commands.WaitRegex: _wait_regex,
    commands.Hide: lambda _: "Hide",
    commands.Show: lambda _: "Show",
    commands.Screenshot: lambda command: f"Screenshot {argument(command.path)}",
    commands.Theme: lambda command: f"Theme {argument(command.name)}",
    commands.Annotate: _annotated,
    commands.Serve: lambda command: "Serve lab" if command.lab else "Serve",
    commands.StopServing: lambda _: "Serve stop",
    commands.Client: lambda command: f"Client {argument(command.name)}",
    commands.Connect: lambda command: f"Connect {argument(command.url)}",
    commands.SendJson: lambda command: f"Send {_sent(command.text)}",
    commands.Expect: lambda command: f"Expect {_in_one_line(command.expression)}",
}
