"""What a term asks for, as a function that says whether an entry is so."""

from __future__ import annotations

import operator
import re
import warnings
from typing import TYPE_CHECKING, Final

from client_tui.core import close_codes, jsontext
from client_tui.core.frame import NoticeKind
from client_tui.core.query import LARGE, Comparison, Is, Jq, Kind, Pattern, Size, Way, Word
from client_tui.finding.error_reports import reports_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.query import Term
    from client_tui.finding.seen import Seen

    Condition = Callable[[Seen], bool]
    Asked = Word | Pattern | Way | Is | Size

GOING_AWAY: Final = 1001
_CONTROL: Final = frozenset(("ping", "pong", "close"))
_COMPARE: Final = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.EQUAL: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE: operator.gt,
}
_COSTS: Final = (Way, Size, Word, Is, Pattern)


def conditions(
    terms: Sequence[Term], *, control: bool
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """Return what must hold of an entry, but for what terms ask of jq, and then what may take long to say.

    The cheapest comes first. Without `control`, frames of the protocol's own talk do not match.
    """
    ours = [(term.asked, term.is_negated) for term in terms if not isinstance(term.asked, Jq)]
    ours.sort(key=lambda each: _COSTS.index(type(each[0])))
    quick = [_condition(*each) for each in ours if not isinstance(each[0], Pattern)]
    slow = [_condition(*each) for each in ours if isinstance(each[0], Pattern)]
    return tuple(quick) if control else (_is_conversation, *quick), tuple(slow)


def _condition(asked: Asked, is_negated: bool) -> Condition:
    made = condition(asked)
    return (lambda seen: not made(seen)) if is_negated else made


def condition(asked: Asked) -> Condition:
    """Return what says whether an entry is as it is asked for."""
    match asked:
        case Word(text):
            return _holds_word(text)
        case Pattern(regex, ignores_case):
            return _matches(regex, ignores_case=ignores_case)
        case Way(direction):
            return _goes(direction.value)
        case Size(comparison, count):
            return _has_size(comparison, count)
        case Is(kind):
            return _KINDS[kind]


def is_data(seen: Seen) -> bool:
    """Tell whether it is a frame that carries the user's own data."""
    return not seen.event and seen.opcode not in _CONTROL


def _is_conversation(seen: Seen) -> bool:
    return bool(seen.event) or seen.opcode not in _CONTROL


def _holds_word(text: str) -> Condition:
    folded = text.casefold()
    is_ascii = folded.isascii()

    def holds(seen: Seen) -> bool:
        if seen.event:
            return folded in seen.text.casefold() or folded in seen.detail.casefold()
        body = seen.payload or ""
        if body.isascii():
            return is_ascii and folded in body.lower()  # which is quicker
        return folded in body.casefold()

    return holds


def _matches(regex: str, *, ignores_case: bool) -> Condition:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what may mean something else in a later Python
        search = re.compile(regex, re.IGNORECASE if ignores_case else 0).search

    def matches(seen: Seen) -> bool:
        if seen.event:
            return search(seen.text) is not None or search(seen.detail) is not None
        return search(seen.body) is not None

    return matches


def _goes(direction: str) -> Condition:
    return lambda seen: not seen.event and seen.direction == direction


def _has_size(comparison: Comparison, count: int) -> Condition:
    compare = _COMPARE[comparison]
    return lambda seen: not seen.event and compare(_size(seen), count)


def _size(seen: Seen) -> int:
    body = seen.body
    return len(body) if body.isascii() else len(seen.data)


def _has_opcode(*opcodes: str) -> Condition:
    return lambda seen: not seen.event and seen.opcode in opcodes


def _is_json(seen: Seen) -> bool:
    return is_data(seen) and jsontext.is_json(seen.data) is True


def _is_invalid(seen: Seen) -> bool:
    is_text = not seen.event and seen.opcode == "text" and seen.payload != ""
    return is_text and jsontext.is_json(seen.data) is False


def _is_error(seen: Seen) -> bool:
    if seen.event:
        return seen.event == NoticeKind.ERROR.value
    if seen.opcode == "close":
        data = seen.data
        return len(data) > 1 and int.from_bytes(data[:2]) not in (close_codes.NORMAL, GOING_AWAY)
    return is_data(seen) and reports_error(seen.body)


_KINDS: Final[dict[Kind, Condition]] = {
    Kind.JSON: _is_json,
    Kind.TEXT: _has_opcode("text"),
    Kind.BINARY: _has_opcode("binary"),
    Kind.ERROR: _is_error,
    Kind.NOTICE: lambda seen: bool(seen.event),
    Kind.CONTROL: _has_opcode(*_CONTROL),
    Kind.PING: _has_opcode("ping"),
    Kind.PONG: _has_opcode("pong"),
    Kind.CLOSE: _has_opcode("close"),
    Kind.INVALID: _is_invalid,
    Kind.EMPTY: lambda seen: not seen.event and not seen.body,
    Kind.LARGE: _has_size(Comparison.AT_LEAST, LARGE),
}
