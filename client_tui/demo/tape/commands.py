"""What a tape asks for, word by word, as values: they are read from its text and played in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from client_tui.core.redaction import Path


class Scope(Enum):
    """Where a regular expression is looked for."""

    SCREEN = "Screen"
    LINE = "Line"
    """The row of the cursor, as in VHS."""


class State(Enum):
    """What a connection can be waited for to become."""

    OPEN = "open"
    CLOSED = "closed"


Value = bool | int | float | str | None
"""What a setting is set to: seconds, cells, pixels, a name or a text; see `settings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that a tape asks for, and where it stands; the same thing elsewhere is equal to it.

    `line` is counted from 1, and is 0 where the command was not read from a `file`.
    """

    line: int = field(default=0, compare=False)
    file: str = field(default="", compare=False)


# ---------------------------------------------------------------------- before the client starts


@dataclass(frozen=True, slots=True)
class Output(Command):
    """Write the film to `path`, which is below the folder of the pictures."""

    path: str


@dataclass(frozen=True, slots=True)
class SetTo(Command):
    """Set something of the session or of its pictures; `value` is checked, and of the setting's own type."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Require(Command):
    """Do not begin where this program is missing."""

    program: str


@dataclass(frozen=True, slots=True)
class Env(Command):
    """Give the client an environment variable."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Redact(Command):
    """Cover what stands there in every document, from here on."""

    path: Path


@dataclass(frozen=True, slots=True)
class Source(Command):
    """Go on with another tape; `path` is as it was written. No tape that was read in full holds one."""

    path: str


# ---------------------------------------------------------------------- the hands of the user


@dataclass(frozen=True, slots=True)
class TypeText(Command):
    """Type a text, a character every `speed` seconds; None is as TypingSpeed says."""

    text: str
    speed: float | None = None


@dataclass(frozen=True, slots=True)
class Press(Command):
    """Press a key `count` times, every `speed` seconds; `key` is Textual's name of it, such as ``ctrl+r``."""

    key: str
    count: int = 1
    speed: float | None = None


@dataclass(frozen=True, slots=True)
class Copy(Command):
    """Put a text onto the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste(Command):
    """Paste what is on the clipboard, as a terminal does."""


# ---------------------------------------------------------------------- time


@dataclass(frozen=True, slots=True)
class Sleep(Command):
    """Let time pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class WaitSettled(Command):
    """Wait until nothing is under way any more. `limit` is in seconds; None is as WaitTimeout says."""

    limit: float | None = None


@dataclass(frozen=True, slots=True)
class WaitReceived(Command):
    """Wait until so many frames were received."""

    count: int
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class WaitSent(Command):
    """Wait until so many frames were sent."""

    count: int
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class WaitState(Command):
    """Wait until the connection is open, or closed."""

    state: State
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class WaitRegex(Command):
    """Wait until the screen, or the line of the cursor, holds what matches."""

    pattern: re.Pattern[str]
    scope: Scope = Scope.SCREEN
    limit: float | None = None


# ---------------------------------------------------------------------- the pictures


@dataclass(frozen=True, slots=True)
class Hide(Command):
    """Film nothing from here on."""


@dataclass(frozen=True, slots=True)
class Show(Command):
    """Film again."""


@dataclass(frozen=True, slots=True)
class Screenshot(Command):
    """Write a picture of the screen to `path`, which is below the folder of the pictures."""

    path: str


@dataclass(frozen=True, slots=True)
class Theme(Command):
    """Change the colours."""

    name: str


@dataclass(frozen=True, slots=True)
class Annotate(Command):
    """Write a remark beside a row: the one with that number, from 1, or the first that matches."""

    text: str
    row: int | re.Pattern[str]


# ---------------------------------------------------------------------- the conversation


@dataclass(frozen=True, slots=True)
class Serve(Command):
    """Start a server of our own, if `lab` is true with its laboratory."""

    lab: bool = False


@dataclass(frozen=True, slots=True)
class StopServing(Command):
    """End that server."""


@dataclass(frozen=True, slots=True)
class Client(Command):
    """Let what follows be for the client of this name; a new name opens another client."""

    name: str


@dataclass(frozen=True, slots=True)
class Connect(Command):
    """Connect to a URL, or to a path, which begins with a slash, of the server that was started."""

    url: str


@dataclass(frozen=True, slots=True)
class SendJson(Command):
    """Send a JSON document, verbatim."""

    text: str


@dataclass(frozen=True, slots=True)
class Expect(Command):
    """Fail unless a jq expression holds for the newest received frame."""

    expression: str


@dataclass(frozen=True, slots=True)
class Tape:
    """A tape that was read in full: what it asks for, in order, and the programs it cannot do without."""

    name: str
    commands: tuple[Command, ...]
    requires: tuple[Require, ...] = ()
