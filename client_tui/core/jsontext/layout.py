r"""How a document is laid out: pretty, compact, or its first lines, without touching a token.

Nothing here parses numbers or strings: ``1.10``, ``1e400``, ``-0``, escapes and keys that
appear twice come out as they went in. msgspec's C code does most of the work; what it
refuses (a lone ``\ud800``, deep nesting) is laid out here, in the same form.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from client_tui.core.errors import ClientError
from client_tui.core.jsontext.check import check, is_json
from client_tui.core.jsontext.grammar import CLOSER, STRING, WS
from client_tui.core.jsontext.outcome import Incomplete, Invalid, Valid
from client_tui.core.jsontext.skeleton import is_shallow, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LEVELS: Final = 64
"""Containers nested deeper stand on one line. It bounds what indentation adds to a hostile text."""

_MSGSPEC_COMPACT: Final = -1
_CLOSERS: Final = frozenset(CLOSER.values())
_BREAK_BEHIND: Final = frozenset({",", *CLOSER})
# A valid document's tokens; an empty container is one.
_TOKEN: Final = re.compile(rf"{STRING}|\[{WS}\]|\{{{WS}\}}|[\[\]{{}},:]|[-+.\w]++")


class NotJsonError(ClientError, ValueError):
    """A text is to be laid out that is not a JSON document. The message says why it is none."""


def pretty(text: str, indent: int = 2) -> str:
    """Lay out a document with one member or item a line, `indent` spaces a level.

    Empty containers stay ``{}`` and ``[]``; those more than `MAX_LEVELS` deep stand on one
    line. Lines end with a line feed, the last one with nothing. Raises NotJsonError.
    """
    dense = compact(text)
    if is_shallow(skeleton(dense.encode()), MAX_LEVELS):
        try:
            return msgspec.json.format(dense, indent=indent)
        except (msgspec.DecodeError, RecursionError):
            pass  # a lone surrogate escape, or a caller that is deep in Python's own stack
    return "\n".join(_lines(dense, indent))


def compact(text: str) -> str:
    """Take the white space between a document's tokens away. Raises NotJsonError."""
    try:
        return msgspec.json.format(text, indent=_MSGSPEC_COMPACT)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        _require_document(text)
        return "".join(_tokens(text))


def count_lines(text: str) -> int:
    """Return how many lines `pretty` lays a document out in. Raises NotJsonError."""
    dense = compact(text)
    bones = skeleton(dense.encode())
    if not is_shallow(bones, MAX_LEVELS):
        return sum(1 for _ in _lines(dense, 0))
    broken = sum(map(bones.count, (b"[", b"{"))) - sum(map(bones.count, (b"[]", b"{}")))
    return 1 + bones.count(b",") + 2 * broken


def preview_lines(text: str, limit: int, indent: int = 2) -> tuple[list[str], bool]:
    """Return the first `limit` lines that `pretty` gives, and whether there are more.

    It looks at no more of the text than it shows, so `text` must be known to be a document:
    what comes of another is lines without a promise, and no error.
    """
    lines = _lines(text, indent)
    return list(islice(lines, limit)), next(lines, None) is not None


def _require_document(text: str) -> None:
    """Raise NotJsonError, with the reason in words, where `text` is no document or has no UTF-8."""
    known = is_json(text.encode("utf-8", "surrogatepass"))
    if not (isinstance(check(text), Valid) if known is None else known):
        raise NotJsonError("Not JSON", _words(text))


def _words(text: str) -> str:
    """Say in one line why `text` is no document."""
    match check(text):
        case Invalid(where, reason):
            return f"line {where.line}, column {where.column}: {reason}"
        case Incomplete(expects=expects):
            return f"it breaks off where it needs {expects}"
        case _:
            return "it is empty"


def _tokens(text: str) -> Iterator[str]:
    """Yield a document's tokens. An empty container is one, without the white space inside it."""
    for match in _TOKEN.finditer(text):
        token = match[0]
        yield token[0] + token[-1] if len(token) > 1 and token[0] in CLOSER else token


def _lines(text: str, indent: int) -> Iterator[str]:
    """Yield the lines of `pretty`, each as soon as its last token is read."""
    pad = " " * indent
    level = 0
    line: list[str] = []
    for piece in _tokens(text):
        broken = level + (piece in CLOSER) <= MAX_LEVELS
        if piece in _CLOSERS:
            level -= 1
            if broken:
                yield "".join(line)
                line = [pad * level]
        line.append(": " if broken and piece == ":" else piece)
        level += piece in CLOSER
        if broken and piece in _BREAK_BEHIND:
            yield "".join(line)
            line = [pad * level]
    yield "".join(line)
