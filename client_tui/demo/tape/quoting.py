"""Writes values as a tape has them: texts in quotes, strings of JSON, times, and choices for a message."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

QUOTES: Final = "\"'`"
NOT_IN_JSON: Final = "'`"
"""The quotes in which a document may stand: the others begin a string of JSON."""
# What begins with a capital may be a word of its own.
_BARE: Final = re.compile(r"[a-z0-9./_~][\w./:?&=%+~-]*", re.ASCII)
CONTROL: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]")
"""What no line of a tape holds: all control characters but the tab."""
_HIDDEN: Final = re.compile("[\x7f-\x9f\ud800-\udfff]")


def can_be_quoted(text: str, quotes: str = QUOTES) -> bool:
    """Tell whether a tape can hold a text in one of `quotes`: it has no escapes."""
    return not (all(quote in text for quote in quotes) or CONTROL.search(text))


def quoted(text: str, quotes: str = QUOTES) -> str:
    """Return a text in the first of `quotes` that it does not hold; ValueError where no tape can hold it."""
    if not can_be_quoted(text, quotes):
        raise ValueError(f"no tape can hold the text {text!r}, in quotes")
    quote = next(quote for quote in quotes if quote not in text)
    return f"{quote}{text}{quote}"


def argument(text: str) -> str:
    """Return a text as it stands where it needs no quotes, or in quotes."""
    return text if _BARE.fullmatch(text) else quoted(text)


def json_string(text: str) -> str:
    """Return a text as a string of JSON, which can hold any text, in one line and fit to be read."""
    written = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def time(seconds: float) -> str:
    """Return a time as it is written: exactly, in the unit that suits it."""
    exact = Decimal(repr(seconds))
    return f"{plain(exact * 1000)}ms" if 0 < exact < 1 else f"{plain(exact)}s"


def plain(number: Decimal | float) -> str:
    """Return a number without an exponent, and without zeros at its end."""
    written = format(Decimal(str(number)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def either(names: Sequence[str]) -> str:
    """Return names of which one is to be chosen: ``a, b or c``."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
