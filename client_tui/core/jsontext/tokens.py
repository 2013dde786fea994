"""The tokens of one line, for its colours.

A JSON token never spans lines, so each line can be read on its own, at each repaint, and
whatever it holds: what is no token of JSON is one of kind INVALID.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, NamedTuple

from client_tui.core.jsontext.grammar import BOUNDARY, NUMBER


class TokenKind(IntEnum):
    """What a token is to the eye. A string before a colon is a KEY."""

    WHITESPACE = 1
    PUNCTUATION = 2
    KEY = 3
    STRING = 4
    NUMBER = 5
    LITERAL = 6
    INVALID = 7


class Token(NamedTuple):
    """A run of characters of one kind: half-open offsets into the line.

    A tuple and no dataclass: a long line makes a thousand of them at each repaint.
    """

    kind: TokenKind
    start: int
    end: int


# A string that is not closed runs to the line's end: it is one that is being typed.
_BODY: Final = r'[^"\\]*+(?:\\.[^"\\]*+)*+'
_TOKENS: Final = re.compile(
    r"([ \t\r\n]++)"
    r"|([{}\[\],:])"
    rf'|("{_BODY}"(?=[ \t]*+:))'
    rf'|("{_BODY}(?:"|\\?+\Z))'
    rf"|({NUMBER}{BOUNDARY})"
    r"|((?:true|false|null)(?!\w))"
    r'|([^ \t\r\n{}\[\],:"]++|.)',
    re.DOTALL,
)
_KINDS: Final = (None, *TokenKind)
_new: Final = tuple.__new__


def tokens(line: str) -> list[Token]:
    """Return the tokens of `line`, in order and without gaps: joined, their slices give the line back.

    White space that JSON does not know (U+00A0, say) is INVALID. A string's escapes are not
    looked at here: `check` says what is wrong with them.
    """
    # Token(…) goes through a constructor in Python, at twice the cost; this is called for every line drawn.
    return [_new(Token, (_KINDS[match.lastindex or 7], *match.span())) for match in _TOKENS.finditer(line)]
