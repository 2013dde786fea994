"""The one door from foreign text to a terminal.

A terminal obeys what it is given: ESC and the C1 controls start commands, bidirectional
overrides turn a line around, and invisible characters hide in it. Whatever comes from
outside passes one of these functions on its way to the screen, and is then as harmless
as it looks. What is shown as an escape is spelt as JSON spells it (RFC 8259 §7), with
``\\U0001F600``-like eight digits beyond the Basic Multilingual Plane.
"""

from __future__ import annotations

import re
from typing import Final

# str.isprintable() says no to controls, format characters (bidi, zero width), surrogates,
# private use, line and paragraph separators, and what Unicode has not assigned.
_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")


def escape(char: str) -> str:
    r"""Spell one character as a visible escape: ``\u001b``, or ``\U000e0001`` beyond U+FFFF."""
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _replace(match: re.Match[str]) -> str:
    char = match[0]
    return char if char.isprintable() else escape(char)


def printable(text: str) -> str:
    """Return `text` as one line that is safe to show: what is not printable becomes an escape."""
    if text.isascii() and text.isprintable():
        return text
    return _SUSPECT.sub(_replace, text)


def printable_lines(text: str) -> str:
    """Return `text` safe to show, its line breaks kept: ``\\n`` and ``\\r\\n`` stay, the rest is escaped."""
    return "\n".join(printable(line.removesuffix("\r")) for line in text.split("\n"))


def printable_bytes(data: bytes) -> str:
    r"""Return `data` as one safe line: UTF-8 where it is, ``\xff`` for each byte that is not."""
    return printable(data.decode("utf-8", "backslashreplace"))
