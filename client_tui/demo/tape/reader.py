"""Reads the words of a line of a tape from left to right, and what stands behind each of them."""

from __future__ import annotations

import re
import warnings
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NoReturn

from client_tui.demo.tape.quoting import QUOTES
from client_tui.settings.wrong import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST: Final = 3600.0
"""Seconds. No time in a tape is longer."""
LONGEST_REGEX: Final = 1000
"""Characters."""
_BLANK: Final = re.compile(r"[ \t]")
_INK: Final = re.compile(r"[^ \t]")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KEY: Final = re.compile(r"\+([A-Za-z][A-Za-z0-9]*|\S)")
_TOKEN: Final = re.compile(r"\"[^\"]*\"?|'[^']*'?|`[^`]*`?|[^ \t]+")
_TIME: Final = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ms|s|m)?(?![^ \t#\"'`/])")
_WHOLE: Final = re.compile(r"[0-9]{1,9}(?![^ \t#])")
_REGEX: Final = re.compile(r"/((?:\\.|[^/\\])*)/")
_UNITS: Final = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), None: Decimal(1)}
SHOWN: Final = 60
"""Characters of a text that a message quotes."""


class NotReadError(Exception):
    """What stands from `start` to `end` of the line cannot be read, for a `reason`.

    It never leaves this package: where lines are read, it becomes a mistake.
    """

    def __init__(self, start: int, end: int, reason: str) -> None:
        super().__init__(reason)
        self.start, self.end, self.reason = start, end, reason


class Reader:
    """A line, and how far it was read.

    `words` cannot stand for themselves where an argument is meant. `themes` are the known
    ones; None where they are not known.
    """

    def __init__(self, line: str, words: Collection[str] = (), themes: Collection[str] | None = None) -> None:
        self.line = line
        self.at = 0
        self.began = 0
        """Where the word begins that is read."""
        self.subject = ""
        """That word, for messages."""
        self.words = words
        self.themes = themes

    def ends(self) -> bool:
        """Go on to what comes next, and tell whether that is the line's end, or a comment."""
        self.at = _place_of(_INK, self.line, self.at)
        return self.at == len(self.line) or self.line[self.at] == "#"

    def next_is(self, start: str) -> bool:
        """Go on to what comes next, and tell whether it begins so."""
        return not self.ends() and self.line.startswith(start, self.at)

    def quote_is_next(self) -> bool:
        """Go on to what comes next, and tell whether it is a text in quotes."""
        return not self.ends() and self.line[self.at] in QUOTES

    # ------------------------------------------------------------------ what is wrong

    def refuse(self, reason: str, start: int | None = None, end: int | None = None) -> NoReturn:
        """Refuse what stands in a range of the line: without one, what comes next."""
        if start is None:
            start = self.at
            end = start + len(self._next())
        raise NotReadError(start, len(self.line) if end is None else end, reason)

    def need(self, what: str) -> NoReturn:
        """Refuse what comes next, or that nothing does, because `what` is needed here."""
        found = "" if self.ends() else f", not {self.shown()}"
        self.refuse(f"{self.subject} needs {what}{found}")

    def shown(self) -> str:
        """Return what comes next, for a message: not all of it where it is long."""
        return shortened(self._next())

    def _next(self) -> str:
        match = None if self.ends() else _TOKEN.match(self.line, self.at)
        return match[0] if match else ""

    # ------------------------------------------------------------------ what is there

    def word(self) -> str | None:
        """Begin with a word, if one comes next."""
        word = self._take(_WORD)
        if word is not None:
            self.began, self.subject = self.at - len(word), word
        return word

    def name(self) -> str | None:
        """Take the name of a setting, which may be that of a word too, and read its value."""
        name = self._take(_WORD)
        self.subject += f" {name}" if name else ""
        return name

    def command_is_next(self) -> bool:
        """Go on to what comes next, and tell whether it is another command, or nothing."""
        match = None if self.ends() else _WORD.match(self.line, self.at)
        return self.ends() or (match is not None and match[0] in self.words)

    def option(self, *options: str) -> str | None:
        """Take one of a few words in small letters, if it comes next."""
        here = self.at
        option = self._take(_WORD)
        if option in options:
            return option
        self.at = here
        return None

    def keys(self) -> list[str]:
        """Take what is joined by plus signs to the word that is read, and return it behind that."""
        found = [self.line[self.began : self.at]]
        while match := _KEY.match(self.line, self.at):
            found.append(match[1])
            self.at = match.end()
        self.subject = "+".join(found)
        return found

    def string(self, what: str) -> str:
        """Take a text in quotes: in ", ' or `, and without escapes, as in VHS."""
        if not self.quote_is_next():
            self.need(f"{what} in quotes")
        quote = self.line[self.at]
        end = self.line.find(quote, self.at + 1)
        if end < 0:
            self.refuse(f"the closing {quote} is missing: a text ends in the line that it begins in", self.at)
        start, self.at = self.at + 1, end + 1
        return self.line[start:end]

    def strings(self, what: str) -> str:
        """Take one text in quotes or several, which are joined with a space, as in VHS."""
        found = [self.string(what)]
        while self.quote_is_next():
            found.append(self.string(what))
        return " ".join(found)

    def argument(self, what: str) -> str:
        """Take a text in quotes, or one without blanks as it stands."""
        if self.ends():
            self.need(what)
        if self.quote_is_next():
            here = self.at
            return self.string(what) or self.refuse(f"{what} is empty", here, self.at)
        end = _place_of(_BLANK, self.line, self.at)
        found = self.line[self.at : end]
        if found in self.words:
            self.refuse(f"{self.subject} needs {what}, and {found} is a word itself: in quotes it is none")
        self.at = end
        return found

    def whole(self, low: int, high: int, what: str) -> int:
        """Take a whole number from `low` to `high`, both included."""
        here = self.at
        digits = self._take(_WHOLE)
        if digits is None or not low <= int(digits) <= high:
            self.at = here
            self.need(f"{what} from {low} to {high}")
        return int(digits)

    def seconds(self, what: str) -> float:
        """Take a time: ``500ms``, ``2s``, ``0.5`` (seconds), ``1m``."""
        self.ends()
        match = _TIME.match(self.line, self.at)
        if match is None:
            self.need(f"{what} such as 500ms or 2s")
        seconds = float(Decimal(match[1]) * _UNITS[match[2]])
        if seconds > LONGEST:
            self.refuse(f"{shortened(match[0])} is too long: no time in a tape is longer than an hour")
        self.at = match.end()
        return seconds

    def speed(self) -> float | None:
        """Take a time behind an @, if one comes next."""
        if not self.next_is("@"):
            return None
        self.at += 1
        return self.seconds("a time behind its @,")

    def regex(self) -> re.Pattern[str]:
        """Take a regular expression between slashes."""
        if not self.next_is("/"):
            self.need("a regular expression between slashes")
        start = self.at
        match = _REGEX.match(self.line, start)
        if match is None:
            self.refuse("the closing / is missing: a / within is written \\/", start)
        self.at = match.end()
        pattern = _compiled(match[1])
        if isinstance(pattern, str):
            self.refuse(pattern, start, self.at)
        return pattern

    def rest(self, what: str) -> str:
        """Take all that is left of the line, verbatim, without the blanks around it."""
        if self.ends():
            self.need(what)
        start, self.at = self.at, len(self.line)
        return self.line[start:].rstrip(" \t")

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        match = None if self.ends() else pattern.match(self.line, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[0]


def shortened(text: str) -> str:
    """Return a text as a message quotes it: not all of it where it is long."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def likely(name: str, names: Collection[str], otherwise: str) -> str:
    """Return the remedy for an unknown name: the same in other letters, the nearest one, or `otherwise`."""
    from difflib import get_close_matches  # only a mistake pays for it

    plain = {known.casefold(): known for known in names}
    close = get_close_matches(name.casefold(), plain, n=1)
    return f"did you mean {plain[close[0]]}?" if close else nearest(name, names, otherwise)


def _place_of(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Return where a line first matches from `at` on; its end where it does not."""
    match = pattern.search(line, at)
    return match.start() if match else len(line)


def _compiled(regex: str) -> re.Pattern[str] | str:
    """Compile a regular expression, or say what is wrong with it."""
    if not regex or len(regex) > LONGEST_REGEX:
        return f"a regular expression has from 1 to {LONGEST_REGEX} characters"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may mean something else in a later Python
            return re.compile(regex)
    except re.error as error:
        return f"/{shortened(regex)}/ is no regular expression: {error}"
    except (OverflowError, RecursionError):
        return f"/{shortened(regex)}/ is no regular expression: it is too large"
