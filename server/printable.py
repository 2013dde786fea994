r"""Foreign text on its way into the log: one line, and nothing in it that a terminal would obey.

A peer chooses its paths, its Origin and its payloads, so any of them may hold an escape
sequence or a line break. What is not printable is spelt as JSON spells it: ``\u001b``.
"""

from __future__ import annotations

import re
from typing import Final

_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def printable(text: str, limit: int | None = None) -> str:
    """Return `text` as one harmless line, cut after `limit` characters (None: whole)."""
    if limit is not None and len(text) > limit:
        return f"{printable(text[:limit])}… ({len(text) - limit} more characters)"
    if text.isascii() and text.isprintable():
        return text
    return _SUSPECT.sub(_escape, text)
