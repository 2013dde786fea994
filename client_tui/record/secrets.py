"""What must not be written to a disk: the values of headers that let somebody in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from client_tui.core.frame import Notice

SECRET_HEADERS: Final = ("authorization", "cookie", "set-cookie", "proxy-authorization")
COVERED: Final = "(not recorded)"
_HEADER_LINE: Final = re.compile(
    rf"^(\s*(?:{'|'.join(SECRET_HEADERS)})\s*:)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)


class Cover:
    """Covers secrets in notices: header lines of those names, and what `headers` say is sent under them."""

    def __init__(self, headers: Iterable[tuple[str, str]] = ()) -> None:
        values = {value.strip() for name, value in headers if name.lower() in SECRET_HEADERS}
        # Also without its scheme: a server may quote the token alone.
        parts = values | {value.partition(" ")[2].strip() for value in values}
        self._values = sorted(filter(None, parts), key=len, reverse=True)

    def __call__(self, notice: Notice) -> Notice:
        """Return the notice as it may be written; the same object where there is nothing to cover."""
        text, detail = self._covered(notice.text), self._covered(notice.detail)
        if text == notice.text and detail == notice.detail:
            return notice
        return replace(notice, text=text, detail=detail)

    def _covered(self, words: str) -> str:
        words = _HEADER_LINE.sub(rf"\1 {COVERED}", words)
        for value in self._values:
            words = words.replace(value, COVERED)
        return words
