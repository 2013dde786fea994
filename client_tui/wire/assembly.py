"""Puts fragmented messages together (RFC 6455 §5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from client_tui.core.frame import Opcode


class Assembly:
    """The message that is being received, if one is.

    The order of the fragments and their size altogether were checked by the parser, which
    stands before it.
    """

    def __init__(self) -> None:
        self._opcode: Opcode | None = None
        self._fragments = bytearray()

    def take(self, opcode: Opcode | None, data: bytes, *, fin: bool) -> tuple[Opcode, bytes] | None:
        """Take one data frame, a continuation where `opcode` is None, and return a message it ends."""
        if opcode is not None:
            if fin:
                return opcode, data
            self._opcode = opcode
        self._fragments += data
        if not fin or self._opcode is None:
            return None
        message = self._opcode, bytes(self._fragments)
        self._opcode = None
        self._fragments = bytearray()
        return message


def utf8_fault(data: bytes) -> str:
    """Return why `data` is not UTF-8, or "" where it is."""
    if data.isascii():
        return ""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"{error.reason} at byte {error.start}"
    return ""
