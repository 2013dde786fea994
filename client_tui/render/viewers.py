"""Viewers bid for a frame, and the highest bid shows it; the hex dump takes what nobody wants.

A viewer lays a payload out as lines of text and styles such a line. What it is given is
foreign: `spans` is the only way from a line to the screen, and lets nothing through unescaped.
"""
# ruff: noqa: D102 - what a viewer's methods do is told once, in `Viewer`

from __future__ import annotations

import codecs
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from client_tui.core import close_codes, jsontext
from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.printable import decoded
from client_tui.render.hexdump import BYTES_A_LINE, HexLines
from client_tui.render.spans import Line, Role, Span, foreign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_COUNTED: Final = 64 * 1024  # lines of a document up to this size are counted while it is drawn
_WIDEST: Final = 16 * 1024  # bytes; no screen shows more of one line
TOKEN_ROLES: Final = {
    jsontext.TokenKind.KEY: Role.KEY,
    jsontext.TokenKind.STRING: Role.STRING,
    jsontext.TokenKind.NUMBER: Role.NUMBER,
    jsontext.TokenKind.LITERAL: Role.LITERAL,
    jsontext.TokenKind.PUNCTUATION: Role.PUNCTUATION,
    jsontext.TokenKind.WHITESPACE: Role.PLAIN,
    jsontext.TokenKind.INVALID: Role.INVALID,
}


class Viewer(Protocol):
    """Shows frames of one kind."""

    label: str
    """What the viewer calls what it shows."""

    def bid(self, frame: Frame) -> float:
        """Return how well this viewer shows the frame, from 0 (not at all) to 1."""

    def summary(self, frame: Frame, limit: int) -> Line:
        """Return the frame as one line, made of its first `limit` characters or so, then an ellipsis."""

    def preview(self, frame: Frame, limit: int) -> tuple[Sequence[str], bool]:
        """Return the first `limit` lines, of a very long one its beginning, and whether more follow."""

    def remaining(self, frame: Frame, shown: int) -> int | None:
        """Return how many lines follow the first `shown`, or None where counting them would take long."""

    def lines(self, frame: Frame) -> Sequence[str]:
        """Return the whole frame laid out, as lines that are not yet safe to show."""

    def spans(self, text: str) -> Line:
        """Return one of those lines as safe, styled text."""


def json_spans(text: str) -> Line:
    """Return one line of JSON, or of what should be JSON, in colour."""
    if text.isascii() and text.isprintable():
        return [Span(text[start:end], TOKEN_ROLES[kind]) for kind, start, end in jsontext.tokens(text)]
    spans: Line = []
    for kind, start, end in jsontext.tokens(text):
        spans += foreign(text[start:end], TOKEN_ROLES[kind])
    return spans


def _head(payload: bytes, limit: int) -> str:
    """Return the text of the first `limit` bytes; a character that the limit cuts in two is left out."""
    text, _ = codecs.utf_8_decode(payload[:limit], "surrogateescape", len(payload) <= limit)
    return text


def _summed_up(payload: bytes, limit: int, spans: Callable[[str], Line]) -> Line:
    """Return the first `limit` characters of a payload as one line, and an ellipsis where there are more."""
    text = _head(payload, limit * 4)
    line = spans(text[:limit])
    if len(text) > limit or len(payload) > limit * 4:
        line.append(Span("…", Role.FOLD))
    return line


def _line_heads(payload: bytes) -> Iterator[str]:
    """Yield the lines of a text, the first of their `_WIDEST` bytes at most."""
    start = 0
    while start <= len(payload):
        end = payload.find(b"\n", start)
        end = len(payload) if end < 0 else end
        yield _head(payload[start : min(end, start + _WIDEST + 1)], _WIDEST)
        start = end + 1


def _plain_spans(text: str) -> Line:
    return foreign(text, Role.PLAIN)


def _one_line(text: str) -> Line:
    """Return lines of JSON as one, each break and the indentation after it as a mark."""
    first, *rest = text.split("\n")
    spans = json_spans(first.removesuffix("\r"))
    for line in rest:
        spans.append(Span("⏎", Role.FOLD))
        spans += json_spans(line.strip(" \t\r"))
    return spans


@lru_cache(maxsize=1)
def _pretty_lines(payload: bytes) -> list[str]:
    """Lay a document out; the one that was looked at last is kept: it may take seconds, and much room."""
    return jsontext.pretty(payload.decode()).split("\n")


class JsonViewer:
    """JSON, in text frames and in binary ones that hold it."""

    label = "JSON"

    def bid(self, frame: Frame) -> float:
        if frame.opcode.is_control or not frame.payload:
            return 0.0
        return 1.0 if jsontext.is_json(frame.payload) else 0.0

    def summary(self, frame: Frame, limit: int) -> Line:
        return _summed_up(frame.payload, limit, _one_line)

    def preview(self, frame: Frame, limit: int) -> tuple[Sequence[str], bool]:
        return jsontext.preview_lines(frame.payload.decode(), limit)

    def remaining(self, frame: Frame, shown: int) -> int | None:
        if len(frame.payload) > _COUNTED:
            return None
        return jsontext.count_lines(frame.payload.decode()) - shown

    def lines(self, frame: Frame) -> Sequence[str]:
        return _pretty_lines(frame.payload)

    def spans(self, text: str) -> Line:
        return json_spans(text)


class TextViewer:
    """Text that is not JSON, line by line."""

    label = "text"

    def bid(self, frame: Frame) -> float:
        return 0.5 if frame.opcode is Opcode.TEXT else 0.1

    def summary(self, frame: Frame, limit: int) -> Line:
        return _summed_up(frame.payload, limit, _plain_spans)

    def preview(self, frame: Frame, limit: int) -> tuple[Sequence[str], bool]:
        heads = _line_heads(frame.payload)
        return list(islice(heads, limit)), next(heads, None) is not None

    def remaining(self, frame: Frame, shown: int) -> int | None:
        return frame.payload.count(b"\n") + 1 - shown

    def lines(self, frame: Frame) -> Sequence[str]:
        return decoded(frame.payload).split("\n")

    def spans(self, text: str) -> Line:
        return _plain_spans(text)


class HexViewer:
    """Bytes, for what is neither JSON nor text."""

    label = "hex"

    def bid(self, frame: Frame) -> float:
        return 0.4 if frame.opcode is Opcode.BINARY else 0.05

    def summary(self, frame: Frame, limit: int) -> Line:
        line = [Span(frame.payload[: limit // 3].hex(" "), Role.PLAIN)]
        return [*line, Span("…", Role.FOLD)] if len(frame.payload) > limit // 3 else line

    def preview(self, frame: Frame, limit: int) -> tuple[Sequence[str], bool]:
        return HexLines(frame.payload[: limit * BYTES_A_LINE]), len(frame.payload) > limit * BYTES_A_LINE

    def remaining(self, frame: Frame, shown: int) -> int | None:
        return len(HexLines(frame.payload)) - shown

    def lines(self, frame: Frame) -> Sequence[str]:
        return HexLines(frame.payload)

    def spans(self, text: str) -> Line:
        return [Span(text[:10], Role.META), Span(text[10:60], Role.PLAIN), Span(text[60:], Role.STRING)]


class ControlViewer:
    """Pings, pongs and close frames (RFC 6455 §5.5)."""

    label = "control"

    def bid(self, frame: Frame) -> float:
        return 1.0 if frame.opcode.is_control else 0.0

    def summary(self, frame: Frame, limit: int) -> Line:
        name = frame.opcode.name.lower()
        if frame.opcode is Opcode.CLOSE:
            return [Span(name, Role.INFO), *_close_words(frame)]
        words = _summed_up(frame.payload, limit, _plain_spans)
        return [Span(f"{name} " if words else name, Role.INFO), *words]

    def preview(self, frame: Frame, limit: int) -> tuple[Sequence[str], bool]:
        return HEX.preview(frame, limit)

    def remaining(self, frame: Frame, shown: int) -> int | None:
        return HEX.remaining(frame, shown)

    def lines(self, frame: Frame) -> Sequence[str]:
        return HexLines(frame.payload)

    def spans(self, text: str) -> Line:
        return HEX.spans(text)


def _close_words(frame: Frame) -> Line:
    """Return a close frame's code, its meaning and its reason (RFC 6455 §5.5.1)."""
    if len(frame.payload) < 2:
        return []
    code = int.from_bytes(frame.payload[:2])
    reason = decoded(frame.payload[2:])
    sender = "we" if frame.direction is Direction.SENT else "the server"
    words = f" {code} {close_codes.meaning(code)}"
    return (
        [Span(words, Role.INFO), Span(f" · {sender} said: ", Role.META), *foreign(reason, Role.PLAIN)]
        if reason
        else [Span(words, Role.INFO)]
    )


JSON: Final = JsonViewer()
TEXT: Final = TextViewer()
HEX: Final = HexViewer()
VIEWERS: Final[tuple[Viewer, ...]] = (ControlViewer(), JSON, TEXT, HEX)


def viewer_for(frame: Frame) -> Viewer:
    """Return the viewer that shows the frame best."""
    return max(VIEWERS, key=lambda viewer: viewer.bid(frame))


def is_utf8(payload: bytes) -> bool:
    """Tell whether a payload is UTF-8, as a text frame's must be (RFC 6455 §5.6)."""
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def marks(frame: Frame, viewer: Viewer) -> list[str]:
    """Return in what way a frame is not what a JSON service sends, in a word or two each."""
    if frame.opcode.is_control:
        return []
    if not frame.payload:
        return ["binary", "empty"] if frame.opcode is Opcode.BINARY else ["empty"]
    if frame.opcode is Opcode.BINARY:
        return ["binary"]
    if viewer is JSON:
        return []
    if not is_utf8(frame.payload):
        return ["not UTF-8"]
    return ["not JSON"] if jsontext.is_json(frame.payload) is False else ["unchecked"]
