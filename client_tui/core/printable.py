r"""The one door from foreign text to a terminal.

A terminal obeys what it is given: ESC and the C1 controls start commands, bidirectional
overrides turn a line around, and invisible characters hide in it. Whatever comes from
outside passes one of these functions on its way to the screen, and is then as harmless
as it looks. What is shown as an escape is spelt as JSON spells it (RFC 8259 §7), with
``\U0001F600``-like eight digits beyond the Basic Multilingual Plane.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

# str.isprintable() says no to controls, format characters (bidi, zero width), surrogates,
# private use, line and paragraph separators, and what Unicode has not assigned.
_SUSPECT: Final = re.compile(r"[^\x20-\x7e]")

# It says yes to some of which nothing is seen (Unicode's Default_Ignorable_Code_Point). Of these only
# a variation selector may pass: it is half of many emoji. A row of them is a hiding place.
_INVISIBLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0\U000e0100-\U000e01ef]"
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)

# What is drawn into the character before it, though Unicode calls it no mark: the vowels and finals
# of a Hangul syllable, and the skin tones of emoji.
_PART: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff]")


def decoded(data: bytes) -> str:
    r"""Return bytes as text: UTF-8 where they are, and ``\xff`` for each one that is not once it is shown."""
    return data.decode("utf-8", "surrogateescape")


def escape(char: str) -> str:
    r"""Spell one character as a visible escape: ``\u001b``, or ``\U000e0001`` beyond U+FFFF.

    What stands for a byte that is not UTF-8 (PEP 383: U+DC80 to U+DCFF) becomes ``\x80`` to ``\xff``.
    """
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def is_printable(text: str) -> bool:
    """Tell whether `text` may be shown as it is."""
    if text.isascii():
        return text.isprintable()
    return text.isprintable() and not _is_mark(text[0]) and _INVISIBLE.search(text) is None


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut `text` into pieces that are safe to show; of each, tell whether it is made of escapes."""
    shown = 0
    escapes = ""
    for position in _harmful(text):
        if position > shown:
            if escapes:
                yield escapes, True
                escapes = ""
            yield text[shown:position], False
        escapes += escape(text[position])
        shown = position + 1
    if escapes:
        yield escapes, True
    if shown < len(text):
        yield text[shown:], False


def _harmful(text: str) -> Iterator[int]:
    """Yield where the characters stand that must not be shown."""
    last = -1
    for match in _SUSPECT.finditer(text):
        position, char = match.start(), match[0]
        # A mark is drawn over what is before it: at the beginning and behind an escape, the wrong thing.
        stray = position == last + 1 and _is_mark(char)
        if stray or not char.isprintable() or _INVISIBLE.match(text, position):
            yield position
            last = position


def _is_mark(char: str) -> bool:
    return category(char).startswith("M") or _PART.match(char) is not None


def printable(text: str) -> str:
    """Return `text` as one line that is safe to show: what is not printable becomes an escape."""
    if is_printable(text):
        return text
    return "".join(piece for piece, _ in pieces(text))
