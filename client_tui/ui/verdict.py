"""What a check found, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from client_tui.core import amounts
from client_tui.core.jsontext import Empty, Incomplete, Invalid, Kind, Valid
from client_tui.core.printable import printable

if TYPE_CHECKING:
    from client_tui.core.jsontext import Check


class Verdict(NamedTuple):
    """Words about a text, safe to show, and the class that colours them."""

    words: str
    style: str


STYLES = ("-empty", "-valid", "-caution", "-incomplete", "-invalid")


def verdict(check: Check) -> Verdict:
    """Say what a check found, the way it stands under the composer."""
    match check:
        case Empty():
            return Verdict("", "-empty")
        case Valid():
            return _valid(check)
        case Incomplete():
            return Verdict(f"… {printable(_unfinished(check))}", "-incomplete")
        case Invalid(place=place):
            return Verdict(
                f"✗ line {place.line}, column {place.column}: {printable(check.reason)}", "-invalid"
            )


def _valid(check: Valid) -> Verdict:
    if not check.cautions:
        return Verdict(f"✓ {_what(check)}", "-valid")
    first, *others = check.cautions
    more = f" (and {len(others)} more)" if others else ""
    return Verdict(f"⚠ {_what(check)} · {printable(first.text)}{more}", "-caution")


def _what(check: Valid) -> str:
    return f"{_kind(check.kind, check.members)} · {amounts.size(check.size)}"


def _kind(kind: Kind, members: int | None) -> str:
    if members is None:
        return kind.value
    noun = "member" if kind is Kind.OBJECT else "item"
    return f"{kind.value}, {members:,} {noun}{'' if members == 1 else 's'}"


def _unfinished(check: Incomplete) -> str:
    """Name what is innermost open, and what it waits for."""
    expects = f"expects {check.expects}"
    if not check.opened:
        return expects
    innermost = check.opened[-1]
    where = f" from line {innermost.place.line}" if innermost.place.line != check.place.line else ""
    outer = len(check.opened) - 1
    around = f", {outer} more around it" if outer else ""
    return f"{innermost.kind.value}{where} is open{around} · {expects}"
