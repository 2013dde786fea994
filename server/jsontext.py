r"""Whether a text is JSON (RFC 8259), and if not, where and why.

msgspec is the fast road to a yes: decoding into `msgspec.Raw` checks the grammar without
building a single object, 16 MiB in some 30 ms. Where it says no, `Scanner` decides by the
grammar alone, so that ``\ud800`` and 2,000 levels pass: they are JSON, whatever a parser
makes of them. The scanner keeps its own stack, reads each character once and can pause,
so that a hostile document costs the other clients nothing but a share of the processor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH: Final = 10_000
"""How many arrays and objects may stand inside one another (RFC 8259 §9 allows a limit).

msgspec itself stops below it in every supported Python, so that both roads agree.
"""

_DECODER: Final = msgspec.json.Decoder(msgspec.Raw)
_BLANK: Final = r"[ \t\n\r]*+"
_PIECE: Final = r'(?:[^"\\\x00-\x1f]{1,4096}+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))'
_STRING: Final = rf'"{_PIECE}{{0,16}}+"'  # not every string: a long one is read in parts
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+"
_SIMPLE: Final = rf"(?:{_NUMBER}|true|false|null|{_STRING})"

# What one match may take has a bound, because a match cannot be paused.
_SPACE: Final = re.compile(_BLANK)
_SCALAR: Final = re.compile(rf"{_NUMBER}|true|false|null")
_CHARACTERS: Final = re.compile(rf"{_PIECE}{{0,64}}+")
_ITEMS: Final = re.compile(rf"(?:{_BLANK}{_SIMPLE}{_BLANK},){{0,64}}+")
_MEMBERS: Final = re.compile(rf"(?:{_BLANK}{_STRING}{_BLANK}:{_BLANK}{_SIMPLE}{_BLANK},){{0,64}}+")
_FOREIGN_WORD: Final = re.compile(r"-?(?:NaN|Infinity)|None|True|False|undefined")
_CLOSER: Final = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not JSON. `line` and `column` count from 1; columns count characters."""

    code: str
    message: str
    line: int
    column: int


def quick_check(text: str) -> bool:
    """Whether the fast road finds `text` to be JSON. False means: not sure, ask a `Scanner`."""
    try:
        _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def check(text: str) -> Problem | None:
    """Return why `text` is not JSON, or None where it is."""
    if quick_check(text):
        return None
    scanner = Scanner(text)
    while not scanner.advance():
        pass
    return scanner.problem


class Scanner:
    """Reads one text by RFC 8259's grammar, a bounded number of steps at a time.

    Each step reads one token (of a very long string, a part) and names the next step.
    """

    def __init__(self, text: str) -> None:
        self.problem: Problem | None = None
        self._text = text
        self._at = 0
        self._closers: list[str] = []
        self._step: Callable[[], None] | None = self._value
        self._after_string: Callable[[], None] = self._after_value

    def advance(self, steps: int = 2_000) -> bool:
        """Go on for `steps` tokens, about a millisecond. Return whether the answer is known."""
        for _ in range(steps):
            if self._step is None:
                return True
            self._step()
        return False

    def _refuse(self, message: str, code: str = "invalid_json") -> None:
        line = self._text.count("\n", 0, self._at) + 1
        column = self._at - self._text.rfind("\n", 0, self._at)
        self.problem = Problem(code, message, line, column)
        self._step = None

    def _next(self) -> str:
        """Skip the white space; return the character there, or "" at the end."""
        match = _SPACE.match(self._text, self._at)
        assert match is not None  # noqa: S101  # the pattern matches the empty string
        self._at = match.end()
        return self._text[self._at : self._at + 1]

    def _value(self) -> None:
        char = self._next()
        if char == '"':
            self._at += 1
            self._step, self._after_string = self._string, self._after_value
        elif char in _CLOSER:
            self._open(char)
        elif match := _SCALAR.match(self._text, self._at):
            self._at = match.end()
            self._step = self._after_value
        else:
            self._refuse(self._why_no_value(char))

    def _open(self, char: str) -> None:
        if len(self._closers) == MAX_DEPTH:
            self._refuse(f"more than {MAX_DEPTH} arrays and objects stand inside one another", "too_deep")
            return
        self._closers.append(_CLOSER[char])
        self._at += 1
        following = self._next()
        if following == self._closers[-1]:
            self._close()
        else:
            self._step = self._value if char == "[" else self._key

    def _close(self) -> None:
        self._closers.pop()
        self._at += 1
        self._step = self._after_value

    def _after_value(self) -> None:
        char = self._next()
        closer = self._closers[-1] if self._closers else ""
        if char == closer:
            if closer:
                self._close()
            else:
                self._step = None
        elif not closer:
            self._refuse("the document is complete, and more text follows")
        elif char == ",":
            self._after_comma(closer)
        else:
            self._refuse(f"a comma or {closer!r} should stand {_here(char)}")

    def _after_comma(self, closer: str) -> None:
        """Skip the members that are simple and whole, which is most of what a large document holds."""
        array = closer == "]"
        match = (_ITEMS if array else _MEMBERS).match(self._text, self._at + 1)
        assert match is not None  # noqa: S101  # the pattern matches the empty string
        self._at = match.end()
        self._step = self._value if array else self._key

    def _key(self) -> None:
        char = self._next()
        if char == '"':
            self._at += 1
            self._step, self._after_string = self._string, self._colon
        elif char == "}":
            self._refuse("a comma stands before the closing '}'")
        else:
            self._refuse(f"a key in double quotes should stand {_here(char)}")

    def _colon(self) -> None:
        char = self._next()
        if char == ":":
            self._at += 1
            self._step = self._value
        else:
            self._refuse(f"a colon should stand {_here(char)}")

    def _string(self) -> None:
        start = self._at
        match = _CHARACTERS.match(self._text, start)
        assert match is not None  # noqa: S101  # the pattern matches the empty string
        self._at = match.end()
        char = self._text[self._at : self._at + 1]
        if char == '"':
            self._at += 1
            self._step = self._after_string
        elif self._at == start:
            self._refuse(_why_no_character(char))

    def _why_no_value(self, char: str) -> str:
        if not char:
            return "the text ends where a value should stand"
        if char == "\ufeff":
            return "a byte order mark is not JSON (RFC 8259 §8.1)"
        if word := _FOREIGN_WORD.match(self._text, self._at):
            return f"{word[0]} is not JSON"
        if self._closers and char == self._closers[-1] == "]":
            return "a comma stands before the closing ']'"
        return f"a value should stand {_here(char)}"


def _here(char: str) -> str:
    return f"here, not {char!r}" if char else "here, where the text ends"


def _why_no_character(char: str) -> str:
    if not char:
        return "the text ends inside a string"
    if char == "\\":
        return "this escape is none of JSON's (RFC 8259 §7)"
    return f"U+{ord(char):04X} must be escaped inside a string"
