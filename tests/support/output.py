"""What a program writes to its terminal, taken apart, and held to what the client may write there.

A terminal reads text, control characters and control sequences (ECMA-48). Everything that
the client writes is one of a few sequences that Textual paints with, or text of which every
character is printable. What came from outside and was not escaped shows as something else.
"""

from __future__ import annotations

import base64
import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Kind(Enum):
    """How a terminal reads a piece of output."""

    TEXT = "text"
    CONTROL = "control character"
    ESCAPE = "escape sequence"
    CSI = "control sequence"
    OSC = "operating system command"
    STRING = "control string"  # DCS, SOS, PM, APC


class Piece(NamedTuple):
    """A piece of output, and how a terminal reads it."""

    kind: Kind
    text: str


_PIECES: Final = re.compile(
    r"""
      (?P<TEXT>[^\x00-\x1f\x7f-\x9f]+)
    | (?P<CSI>(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~])
    | (?P<OSC>(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c))
    | (?P<STRING>(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c))
    | (?P<ESCAPE>\x1b[ -/]*[0-~])
    | (?P<CONTROL>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_MODES: Final = (
    "7|25|1000|1003|1004|1006|1015|1049|2004|2026"  # wrapping, cursor, mouse, focus, screen, paste, sync
)
ALLOWED: Final = re.compile(
    rf"""
      \x1b\[[0-9;:]*m              # colours and styles
    | \x1b\[[0-9]+;[0-9]+H         # the cursor's place
    | \x1b\[\?(?:{_MODES})[hl]     # modes, on and off
    | \x1b\[\?(?:2026|2048)\$p     # does the terminal know synchronised output, and reports of its size?
    | \x1b\[>[0-9]+u | \x1b\[<u    # the Kitty keyboard, on and off
    | \x1b\]22;[a-z-]*\x07         # the pointer's shape
    | [\r\n]
    """,
    re.VERBOSE,
)
"""What the client may write beside printable text and what was copied."""

_COPY: Final = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")
_CONTEXT: Final = 60  # characters of output shown with what should not be in it


def pieces(output: str) -> Iterator[tuple[int, Piece]]:
    """Take output apart; with each piece comes where it begins. Joined they are the output."""
    for match in _PIECES.finditer(output):
        assert match.lastgroup is not None
        yield match.start(), Piece(Kind[match.lastgroup], match[0])


def faults(raw: bytes, *, copied: Collection[str] = (), bells: int = 0) -> list[str]:
    """Return everything in `raw` that the client may not write, each with what stands around it.

    `copied` are the texts that may go into the clipboard (OSC 52); `bells` is how often the
    bell may ring. Bytes that are not UTF-8 are faults.
    """
    output = raw.decode("utf-8", "surrogateescape")
    found = [(at, piece) for at, piece in pieces(output) if not _is_allowed(piece, copied)]
    rung = [at for at, piece in found if piece.text == "\x07"][:bells]
    return [
        f"{piece.kind.value} {piece.text!r} in {output[max(0, at - _CONTEXT) : at + _CONTEXT]!r}"
        for at, piece in found
        if at not in rung
    ]


def copies(raw: bytes) -> list[str]:
    """Return what was put into the clipboard, in its order."""
    return [_decoded(match[1]) for match in _COPY.finditer(raw.decode("utf-8", "surrogateescape"))]


def _is_allowed(piece: Piece, copied: Collection[str]) -> bool:
    if piece.kind is Kind.TEXT:
        return piece.text.isprintable()
    if match := _COPY.fullmatch(piece.text):
        return _decoded(match[1]) in copied
    return ALLOWED.fullmatch(piece.text) is not None


def _decoded(encoded: str) -> str:
    return base64.b64decode(encoded).decode("utf-8", "backslashreplace")
