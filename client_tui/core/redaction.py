"""Secrets in documents: found by where they stand, and covered so that nothing else moves.

It works on text, as everything here does: on a document that is still being typed, and on
one that is no JSON at all behind the secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from client_tui.core.jsontext.tokens import TokenKind, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from client_tui.core.jsontext.tokens import Token

Path = tuple[str | None, ...]
"""Where a secret is: the names of members from the outside in, and None for each element of an array."""

COVER: Final = "•"
_STRINGS: Final = (TokenKind.KEY, TokenKind.STRING)
_SCALARS: Final = (*_STRINGS, TokenKind.NUMBER, TokenKind.LITERAL, TokenKind.INVALID)


class _Level:
    """An object or an array that the reader is in, and the way to what it is at there."""

    def __init__(self, opener: str, *, is_secret: bool) -> None:
        self.is_object = opener == "{"
        self.is_secret = is_secret
        self.at: str | None = None
        self.wants_name = self.is_object


def secret_tokens(text: str, paths: Iterable[Path]) -> Iterator[Token]:
    """Yield the strings, numbers and words that are at one of the paths, or within what is there."""
    wanted = set(paths)
    levels: list[_Level] = []
    for token in tokens(text):
        if token.kind is TokenKind.PUNCTUATION:
            _go_on(levels, text[token.start], wanted)
        elif token.kind in _STRINGS and levels and levels[-1].wants_name:
            levels[-1].at = _name(text[token.start : token.end])
        elif token.kind in _SCALARS and _is_secret(levels, wanted):
            yield token


def covered_text(text: str, paths: Iterable[Path]) -> str:
    """Return a text with its secrets covered, each character by one: as it is shown while it is typed."""
    return _replaced(text, paths, lambda secret: _filled(secret, COVER, len(secret)))


def covered_document(payload: bytes, paths: Iterable[Path]) -> bytes:
    """Return a payload with its secrets covered, in as many bytes, and JSON still where it was JSON.

    What is no UTF-8 has no members, and is returned as it is.
    """
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        return payload
    return _replaced(text, paths, _stand_in).encode()


def _stand_in(secret: str) -> str:
    """Return a JSON value of as many bytes that says nothing."""
    size = len(secret.encode())
    if secret.startswith('"'):
        return _filled(secret, "*", size)
    return "0" if size == 1 else '"' + "*" * (size - 2) + '"'


def _filled(secret: str, cover: str, size: int) -> str:
    """Return `size` characters, in the quotes that a string has: the closing one may not be typed yet."""
    opening = secret[:1] if secret[:1] == '"' else ""
    closing = opening if len(secret) > 1 and secret.endswith('"') else ""
    return opening + cover * (size - len(opening) - len(closing)) + closing


def _replaced(text: str, paths: Iterable[Path], stand_in: Callable[[str], str]) -> str:
    pieces: list[str] = []
    done = 0
    for token in secret_tokens(text, paths):
        pieces += text[done : token.start], stand_in(text[token.start : token.end])
        done = token.end
    return "".join([*pieces, text[done:]])


def _go_on(levels: list[_Level], mark: str, wanted: set[Path]) -> None:
    if mark in "{[":
        levels.append(_Level(mark, is_secret=_is_secret(levels, wanted)))
    elif mark in "}]":
        del levels[-1:]
    elif levels:
        levels[-1].wants_name = levels[-1].is_object and mark == ","


def _is_secret(levels: list[_Level], wanted: set[Path]) -> bool:
    """Tell whether a value that begins here is a secret."""
    if levels and levels[-1].is_secret:
        return True
    return tuple(level.at if level.is_object else None for level in levels) in wanted


def _name(token: str) -> str:
    """Return what the name of a member says; an escape in it is not read where it is wrong."""
    try:
        return str(orjson.loads(token))
    except orjson.JSONDecodeError:
        return token.strip('"')
