"""Secrets in documents: found by where they stand, and covered so that nothing else moves.

It works on text, as everything here does: on a document that is still being typed, and on
one that is no JSON at all. Where it is not sure what belongs to what, it covers.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson

from client_tui.core.jsontext.tokens import TokenKind, tokens
from client_tui.core.secret_names import COVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Each(Enum):
    """A step in a path that is none into a member of one name."""

    ELEMENT = "[]"
    """Into every element of an array."""
    DEPTH = ".."
    """To wherever the rest leads from, at any depth: only at a path's beginning."""


Path = tuple[str | Each, ...]
"""Where a secret is: the names of members from the outside in, and other steps."""

_STRINGS: Final = (TokenKind.KEY, TokenKind.STRING)
_WORDS: Final = (*_STRINGS, TokenKind.INVALID)
_SCALARS: Final = (*_WORDS, TokenKind.NUMBER, TokenKind.LITERAL)


class _Piece(NamedTuple):
    """A token's kind and text, where it begins, and the first character behind it but for white space."""

    kind: TokenKind
    text: str
    start: int
    follower: str


class _Level:
    """An object or an array that the reader is in, and the way to what it is at there."""

    def __init__(self, opener: str, *, is_secret: bool) -> None:
        self.is_object = opener == "{"
        self.is_secret = is_secret
        self.at: str | None = None

    @property
    def step(self) -> str | Each | None:
        """The step to what it is at; None where that has no name."""
        return self.at if self.is_object else Each.ELEMENT


def secrets(text: str, paths: Iterable[Path]) -> Iterator[tuple[int, str]]:
    """Yield the strings, numbers and words at one of the paths, or within what is there: where and what."""
    wanted = tuple(paths)
    levels: list[_Level] = []
    for piece in _pieces(text):
        if piece.kind is TokenKind.PUNCTUATION:
            _go_on(levels, piece.text, wanted)
        elif piece.kind in _WORDS and piece.follower == ":" and levels:
            levels[-1].at = _name(piece.text)
        elif piece.kind in _SCALARS and _is_secret(levels, wanted):
            yield piece.start, piece.text


@lru_cache(1)
def covered_text(text: str, paths: tuple[Path, ...]) -> str:
    """Return a text with its secrets covered, each character by one: as it is shown while it is typed.

    The last text is remembered: it is asked for again with each of its rows that is drawn.
    """
    return _replaced(text, secrets(text, paths), _dotted)


class Redacted(NamedTuple):
    """A payload without its secrets; and these, as they were written there."""

    payload: bytes
    secrets: tuple[str, ...]


def redacted(payload: bytes, paths: Iterable[Path]) -> Redacted:
    """Cover the secrets of a payload, in as many bytes; it is JSON still where it was JSON.

    One that is no UTF-8 stays as it is.
    """
    text = payload.decode("utf-8", "replace")
    found = list(secrets(text, paths))
    written = tuple(secret for _, secret in found)
    if not found or text.encode() != payload:
        return Redacted(payload, written)
    return Redacted(_replaced(text, found, _stand_in).encode(), written)


def spellings(secret: str) -> set[str]:
    """Return how a secret may stand elsewhere: as it was written, but for its quotes, and as it is read."""
    opening, closing = _quotes(secret)
    written = secret[len(opening) : len(secret) - len(closing)]
    if not opening or "\\" not in written:
        return {written}
    try:
        return {written, str(orjson.loads(f'"{written}"'))}
    except orjson.JSONDecodeError:
        return {written}


def _dotted(secret: str) -> str:
    """Return the secret's quotes and line breaks, and a dot for all else."""
    opening, closing = _quotes(secret)
    inner = secret[len(opening) : len(secret) - len(closing)]
    return opening + "".join(char if char == "\n" else COVER for char in inner) + closing


def _stand_in(secret: str) -> str:
    """Return a JSON value of as many bytes that says nothing."""
    size = len(secret.encode())
    if secret.startswith('"'):
        opening, closing = _quotes(secret)
        return opening + "*" * (size - len(opening) - len(closing)) + closing
    return "0" if size == 1 else '"' + "*" * (size - 2) + '"'


def _quotes(secret: str) -> tuple[str, str]:
    """Return the quotes around a string; the closing one may not be typed yet."""
    opening = secret[:1] if secret[:1] == '"' else ""
    return opening, opening if len(secret) > 1 and secret.endswith('"') else ""


def _replaced(text: str, found: Iterable[tuple[int, str]], stand_in: Callable[[str], str]) -> str:
    pieces: list[str] = []
    done = 0
    for start, secret in found:
        pieces += text[done:start], stand_in(secret)
        done = start + len(secret)
    return "".join([*pieces, text[done:]])


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the tokens of a text that are no white space."""
    seen = [token for token in tokens(text) if token.kind is not TokenKind.WHITESPACE]
    for number, token in enumerate(seen):
        behind = seen[number + 1].start if number + 1 < len(seen) else len(text)
        yield _Piece(token.kind, text[token.start : token.end], token.start, text[behind : behind + 1])


def _go_on(levels: list[_Level], mark: str, wanted: tuple[Path, ...]) -> None:
    if mark in "{[":
        levels.append(_Level(mark, is_secret=_is_secret(levels, wanted)))
    elif mark in "}]":
        del levels[-1:]
    elif mark == "," and levels and levels[-1].is_object:
        levels[-1].at = None


def _is_secret(levels: list[_Level], wanted: tuple[Path, ...]) -> bool:
    """Tell whether a value that begins here is a secret.

    What stands in an object without a name is no JSON, and is taken as if the object were not there.
    """
    if levels and levels[-1].is_secret:
        return True
    here = tuple(level.step for level in levels if level.step is not None)
    return any(_leads_to(path, here) for path in wanted)


def _leads_to(path: Path, here: tuple[str | Each, ...]) -> bool:
    if path[:1] == (Each.DEPTH,):
        tail = path[1:]
        return here[len(here) - len(tail) :] == tail if len(tail) <= len(here) else False
    return here == path


def _name(token: str) -> str:
    """Return what the name of a member says; what is wrong in it is not read."""
    try:
        return str(orjson.loads(token))
    except orjson.JSONDecodeError:
        return token.strip("\"'")
