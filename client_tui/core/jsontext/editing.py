"""What a key does in an editor of JSON beyond putting its character there: pairs, steps, indents.

Pure decisions about one line and a caret, which stands before the character at `column`
(from 0). A JSON token never spans lines, so one line is enough to tell a string from the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from client_tui.core.jsontext.grammar import CLOSER

_CLOSERS: Final = frozenset(CLOSER.values())
_PAIRS: Final = CLOSER | {'"': '"'}
_GIVES_WAY: Final = frozenset({"", " ", "\t", "\r", ",", ":", *_CLOSERS})
# All up to a quote that is not closed.
_CLOSED: Final = re.compile(r'[^"]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"]*+)*+', re.DOTALL)
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_LEADING: Final = re.compile(r"([ \t]*+)[]} \t,]*+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `insert` in the place of the `over` characters behind the caret, and the caret `caret` into it."""

    insert: str
    caret: int
    over: int = 0


def inside_string(line: str, column: int) -> bool:
    """Whether the caret stands inside a string, which need not be closed."""
    closed = _CLOSED.match(line, 0, column)
    return closed is not None and closed.end() < column


def typed(char: str, line: str, column: int) -> Edit | None:
    """Say what typing `char` does, or None where it is just put there.

    An opening bracket or a quote brings its partner, outside strings and where nothing but
    space, a comma, a colon or a closing bracket follows. A closing one steps over its equal.
    """
    following = line[column : column + 1]
    if inside_string(line, column):
        ends = char == following == '"' and not inside_string(line, column + 1)
        return Edit(char, 1, over=1) if ends else None
    if char in _CLOSERS and char == following:
        return Edit(char, 1, over=1)
    if char not in _PAIRS or following not in _GIVES_WAY:
        return None
    if char == '"' and _touches_token(line[:column]):
        return None
    return Edit(char + _PAIRS[char], 1)


def _touches_token(before: str) -> bool:
    """Whether a quote typed behind `before` would touch a string, a number or a word."""
    return before[-1:] == '"' or before[-1:].isalnum()


def between_pair(line: str, column: int) -> bool:
    """Whether the caret stands in an empty pair, so that rubbing out the left half takes both."""
    left, right = line[column - 1 : column], line[column : column + 1]
    if left not in _PAIRS or _PAIRS[left] != right:
        return False
    if left == '"':
        return not inside_string(line, column - 1) and not inside_string(line, column + 1)
    return not inside_string(line, column)


def line_break(line: str, column: int, indent: int = 2) -> Edit:
    """Say what a new line at the caret is: one level deeper behind a bracket that the line leaves open.

    Between a bracket and its partner it gives three lines, with the caret in the middle one.
    A closing bracket that comes to stand first in the new line stands one level less deep.
    Inside a string nothing is indented, for it would become part of the string.
    """
    if inside_string(line, column):
        return Edit("\n", 1)
    leading = _LEADING.match(line, 0, column)
    base = leading[1] if leading else ""
    opened = _opened(line[leading.end() if leading else 0 : column])
    closes = line[column:].lstrip(" \t")[:1] in _CLOSERS
    deeper = base + " " * indent
    if opened > 0 and not closes:
        return Edit(f"\n{deeper}", 1 + len(deeper))
    if opened > 0 and line[:column].rstrip()[-1:] in CLOSER:
        return Edit(f"\n{deeper}\n{base}", 1 + len(deeper))
    if opened <= 0:
        levels = closes - opened
        base = base[: max(len(base) - levels * indent, 0)]
    return Edit(f"\n{base}", 1 + len(base))


def _opened(part: str) -> int:
    """Return how many more brackets `part` opens than it closes."""
    code = _STRING.sub("", part)
    return sum(map(code.count, CLOSER)) - sum(map(code.count, _CLOSERS))
