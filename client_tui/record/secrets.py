"""What must not be written to a disk or be seen in a picture: the values of headers that let somebody in."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from client_tui.core.secret_names import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.core.frame import Notice

SECRET_HEADERS: Final = ("authorization", "cookie", "set-cookie", "proxy-authorization")
COVERED: Final = "(not recorded)"
_OF_ITS_OWN: Final = 8
"""Characters. A shorter value is covered only where it is no part of a longer word."""

# What parts a name from its value: a colon, or how a programme's own words quote it ("cookie=…", "('Cookie',
# '…')"). An ellipsis behind it is this client's own advice.
_PARTED: Final = r"""[^:=\n]{0,20}?(?:[:=]|["'][ \t]*,)(?![ \t]*…)"""
_NAME: Final = rf"\b(?:{'|'.join(SECRET_HEADERS)})\b"
# Such a name, wherever it is on a line; the rest of the line; and the lines that are folded into it (RFC 9112
# §5.2): those that are further in.
_HEADER: Final = re.compile(
    rf"^([ \t]*+)([^\n]*?{_NAME}{_PARTED})[^\n]*(?:\n\1[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
# What such a name says within a line: a member's string, where it is one in quotes; else the line's rest.
_VALUE: Final = re.compile(
    rf"""{_NAME}(?:["'][ \t]*+[:,][ \t]*+b?(?P<quote>["'])(?P<string>(?:\\.|(?!(?P=quote))[^\\])*+)"""
    rf"|{_PARTED}(?P<rest>.*+))",
    re.IGNORECASE,
)
_USER: Final = re.compile(r"^([^/?#]*//)[^/?#]*@")


def is_secret(header: str) -> bool:
    """Tell whether the values of a header of this name are never written."""
    return header.strip().lower() in SECRET_HEADERS


def without_user(url: str) -> str:
    """Return a URL without the name and password that may stand before its host."""
    return _USER.sub(r"\1", url)


def secret_texts(headers: Iterable[tuple[str, str]]) -> list[str]:
    """Return the texts that would give away what `headers` say under those names, the longest first."""
    values = {part for name, value in headers if is_secret(name) for part in _parts(value)}
    return sorted(values, key=lambda value: (-len(value), value))


def secrets_said(words: str) -> Iterator[str]:
    """Yield what `words` say under those names, line by line, and what may be quoted of it elsewhere.

    The words may be a server's, in headers or in JSON; a text that was covered already is none.
    """
    for header in _HEADER.finditer(words):
        line, *folded = header[0].split("\n")
        values = [found[found.lastgroup or 0] for found in _VALUE.finditer(line)]
        for value in map(str.strip, (*values, *folded)):
            if len(value) >= TELLING and value != COVERED:
                yield value
                yield from (part for part in _parts(value.partition(";")[0]) if len(part) >= _OF_ITS_OWN)


class Cover:
    """Covers secrets in notices: header lines of those names, and what `headers` say is sent under them."""

    def __init__(self, headers: Iterable[tuple[str, str]] = ()) -> None:
        values = secret_texts(headers)
        self._values = re.compile("|".join(map(_pattern, values))) if values else None

    def __call__(self, notice: Notice) -> Notice:
        """Return the notice as it may be written; the same object where there is nothing to cover."""
        text, detail = self._covered(notice.text), self._covered(notice.detail)
        if text == notice.text and detail == notice.detail:
            return notice
        return replace(notice, text=text, detail=detail)

    def _covered(self, words: str) -> str:
        words = _HEADER.sub(rf"\1\2 {COVERED}", words)
        return self._values.sub(COVERED, words) if self._values else words


def _pattern(value: str) -> str:
    pattern = re.escape(value)
    return pattern if len(value) >= _OF_ITS_OWN else rf"(?<!\w){pattern}(?!\w)"


def _parts(value: str) -> Iterator[str]:
    """Yield a header's value, and what a server may quote of it: a token, a cookie, a password."""
    if whole := value.strip():
        yield whole
    credentials = whole.partition(" ")[2].strip()
    cookies = [cookie.strip() for cookie in whole.split(";")]
    login = _decoded(credentials)
    parts = [credentials, login, login.partition(":")[2], *cookies]
    parts += [cookie.partition("=")[2] for cookie in cookies]
    yield from (part for part in parts if len(part) >= TELLING)


def _decoded(credentials: str) -> str:
    """Return the name and password that credentials of the scheme Basic hold (RFC 7617); else ""."""
    try:
        return base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
