"""One function for each kind of value: from what a flag, a variable or the file holds to what is meant.

Flags and variables hold text, the file holds TOML's types; a function takes either. Each
returns the value, or a `Wrong` that does not name the place: the caller knows it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.core.byte_sizes import parse_size
from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Parse = Callable[[object], object]
    Names = Callable[[], Collection[str]]
    KeyFault = Callable[[Mapping[str, str]], str | None]

_WORDS: Final = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_LONGEST: Final = 100_000  # days
_KEY: Final = re.compile(r"[^\s,\x00-\x1f]+")


def boolean(value: object) -> bool | Wrong:
    """Take TOML's true and false, or one of the words that variables use for them."""
    known = _WORDS.get(str(value).lower())
    return known if known is not None else Wrong(f"must be true or false, not {value}")


def whole(low: int, high: int) -> Parse:
    """Make a function that takes a whole number from `low` to `high`, both included."""

    def parse(value: object) -> int | Wrong:
        number = -1 if isinstance(value, bool) else _digits(value)
        return number if low <= number <= high else Wrong(f"must be from {low} to {high}, not {value}")

    return parse


def _digits(value: object) -> int:
    """Return a number from 0 up; -1 for everything else."""
    return int(str(value)) if _NUMBER.fullmatch(str(value)) else -1


def size(value: object) -> int | Wrong | None:
    """Take a number of bytes: 65536, 512k, 64MiB …; None for 0 and "none", which mean unlimited.

    k, M and G count in thousands, KiB, MiB and GiB in 1024s.
    """
    written = str(value).lower()
    if written == "none":
        return None
    count = parse_size(written)
    if count is None:
        return Wrong(f"must be a number of bytes such as 65536, 512k or 64MiB, or none, not {value}")
    return count or None


def days(value: object) -> int | Wrong | None:
    """Take a number of days, from 1 up; None for "none", which means for ever."""
    if str(value).lower() == "none":
        return None
    number = -1 if isinstance(value, bool) else _digits(value)
    return number if 1 <= number <= _LONGEST else Wrong(f"must be a number of days, or none, not {value}")


def choice(names: Names) -> Parse:
    """Make a function that takes one of `names`, which are asked for only when they are needed."""

    def parse(value: object) -> str | Wrong:
        known = names()
        if isinstance(value, str) and value in known:
            return value
        return Wrong(f"there is no {value}: choose from {', '.join(sorted(known))}")

    return parse


def path(value: object) -> Path | Wrong:
    """Take a path of a file or a folder, in which a leading ``~`` is a home folder."""
    if not isinstance(value, str) or "\0" in value:
        return Wrong("must be a path, as text")
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError:  # what pathlib says of a ~user that nobody knows
        return Wrong(f"there is no home folder for {value}: write the path in full")


def texts(value: object) -> tuple[str, ...] | Wrong:
    """Take one piece of text, or a list of them."""
    values = value if isinstance(value, list) else [value]
    strings = tuple(each for each in values if isinstance(each, str))
    return strings if len(strings) == len(values) else Wrong("must be text, or a list of texts")


def documents(value: object) -> tuple[str, ...] | Wrong:
    """Take JSON documents, each of which is kept as it is written."""
    written = texts(value)
    if isinstance(written, Wrong):
        return written
    wrong = (_wrong_document(each) for each in written)
    return next((each for each in wrong if each), written)


def _wrong_document(document: str) -> Wrong | None:
    """Say why `document` cannot be sent as JSON."""
    from client_tui.core.jsontext import Incomplete, Invalid, Valid, check  # only --send pays for it

    match check(document):
        case Valid():
            return None
        case Invalid(place, reason):
            return Wrong(f"is not JSON: line {place.line}, column {place.column}: {reason}")
        case Incomplete(place, _, expects):
            return Wrong(f"is not JSON: it ends too early, in line {place.line}, where {expects} is missing")
        case _:
            return Wrong("is empty: give a JSON document")


def keys(ids: Names, fault: KeyFault) -> Parse:
    """Make a function that takes a TOML table from a binding's id to a key, or to a list of keys.

    `fault` tells what is wrong with such keys, in one line: the screen knows what keys there are.
    """

    def parse(value: object) -> Mapping[str, str] | Wrong:
        if not isinstance(value, dict):
            return Wrong("must be a table: [keys], with lines like send = 'ctrl+s' below it")
        known = ids()
        taken: dict[str, str] = {}
        for name, wanted in value.items():
            pressed = texts(wanted)
            if name not in known:
                return Wrong(f"there is no binding {name}: {nearest(name, known)}")
            if isinstance(pressed, Wrong) or not pressed or not all(map(_KEY.fullmatch, pressed)):
                return Wrong(f"{name} must be a key such as 'ctrl+s', or a list of keys, not {wanted}")
            taken[name] = ",".join(pressed)
        why = fault(taken)
        return Wrong(why) if why else taken

    return parse
