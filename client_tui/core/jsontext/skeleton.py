"""A document without its strings: what is left of brackets, commas and colons has a meaning each.

It goes through a document a stretch at a time: while C code is at work no other thread is, a
large document is looked at in a thread, and the screen must have its turns meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRETCH: Final = 256 * 1024  # bytes
_ONE_KIND: Final = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))


def skeleton(document: bytes) -> bytes:
    """Return a valid document with a 0 in the place of each string."""
    return b"".join(_outside_strings(document))


def is_shallow(bones: bytes, levels: int) -> bool:
    """Tell whether containers are nested no more than `levels` deep in a document of this skeleton."""
    if bones.count(b"[") + bones.count(b"{") <= levels:
        return True
    brackets = bones.translate(_ONE_KIND, _NO_BRACKETS)
    for _ in range(levels):  # each time the innermost go
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"")
    return not brackets


def _outside_strings(document: bytes) -> Iterator[bytes]:
    """Yield what is between the strings, and a 0 for each of them."""
    within = 0  # a string, at the beginning of the stretch
    for stretch in _stretches(document):
        pieces = stretch.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
        if within and len(pieces) > 1:
            yield b"0"
        yield b"0".join(pieces[within::2])
        within = (within + len(pieces) - 1) % 2


def _stretches(document: bytes) -> Iterator[bytes]:
    """Cut a document into stretches, none of them within an escape."""
    start = 0
    while start < len(document):
        stretch = document[start : start + _STRETCH]
        is_cut_after_backslash = (len(stretch) - len(stretch.rstrip(b"\\"))) % 2
        stretch += document[start + _STRETCH : start + _STRETCH + is_cut_after_backslash]
        yield stretch
        start += len(stretch)
