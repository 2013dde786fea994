"""Which texts only need more typing: the beginnings of documents, and what may come next in them."""

from __future__ import annotations

import re
from typing import Final

from client_tui.core.jsontext.grammar import CLOSER, OPEN_STRING, Expects, Fault, last_before
from client_tui.core.jsontext.outcome import Incomplete, Opened, kind_at, place, places

# What is there of an escape that has just begun.
_OPEN_ESCAPE: Final = r"\\(?:u[0-9A-Fa-f]{0,3})?"
_STRING_BEGUN: Final = re.compile(rf"{OPEN_STRING}({_OPEN_ESCAPE})?")
_NUMBER_BEGUN: Final = re.compile(r"-?(?:0|[1-9][0-9]*+)?(?:(?<=[0-9])\.|(?<=[0-9])(?:\.[0-9]++)?[eE][-+]?)?")
_LITERALS: Final = ("true", "false", "null")
_LONGEST_LITERAL: Final = 5


def describe(text: str, fault: Fault) -> Incomplete | None:
    """Say what is missing at the end of `text`, or None where nothing added there would help."""
    expects = _at_end(text, fault) if fault.at == len(text) else _in_token(text, fault)
    if expects is None:
        return None
    starts = [*fault.opened]
    if fault.at < len(text) and text[fault.at] == '"':
        starts.append(fault.at)
    spots = places(text, [(start, start + 1) for start in starts])
    opened = tuple(Opened(spot, kind_at(text, spot.start)) for spot in spots)
    return Incomplete(place(text, len(text), len(text)), opened, expects)


def _at_end(text: str, fault: Fault) -> str:
    """Say what may come next where the text ends between two tokens."""
    if fault.expects is Expects.COLON:
        return "a colon after the key"
    closer = CLOSER[text[fault.opened[-1]]]
    if fault.expects is Expects.COMMA:
        return f"a comma or {closer}"
    wanted = "a key in double quotes" if fault.expects is Expects.KEY else "a value"
    match text[last_before(text, fault.at)]:
        case ":":
            return "a value after the colon"
        case ",":
            return f"{wanted} after the comma"
        case _:
            return f"{wanted} or {closer}"


def _in_token(text: str, fault: Fault) -> str | None:
    """Say how the token goes on that the text breaks off in, or None where it cannot go on."""
    if fault.expects not in (Expects.VALUE, Expects.KEY):
        return None
    if text[fault.at] == '"':
        return _in_string(text, fault.at)
    if fault.expects is Expects.KEY:
        return None
    if _NUMBER_BEGUN.fullmatch(text, fault.at):
        return "a digit"
    if len(text) - fault.at <= _LONGEST_LITERAL:
        return next((f"the rest of {word}" for word in _LITERALS if word.startswith(text[fault.at :])), None)
    return None


def _in_string(text: str, at: int) -> str | None:
    begun = _STRING_BEGUN.fullmatch(text, at)
    if begun is None:
        return None
    return f"the rest of the escape {begun[1]}" if begun[1] else "the closing quote"
