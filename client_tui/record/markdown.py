"""A session as Markdown, as one pastes it into a bug report: a line an entry, and its payload in a fence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from client_tui.core import amounts
from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from client_tui.core.jsontext import NotJsonError, is_json, pretty
from client_tui.core.printable import decoded, printable
from client_tui.record.lines import time_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.record.lines import Header

_BYTES_A_LINE: Final = 16
_BACKTICKS: Final = re.compile("`+")
_UNSEEN: Final = bytes(range(0x20)) + bytes(range(0x7F, 0x100)) + b"`"  # which would end a fence
_DOTS: Final = bytes.maketrans(_UNSEEN, b"." * len(_UNSEEN))
_WAYS: Final = {Direction.SENT: "▲ sent", Direction.RECEIVED: "▼ received"}
_SIGNS: Final = {NoticeKind.INFO: "·", NoticeKind.WARNING: "⚠", NoticeKind.ERROR: "✗"}


def markdown(entries: Iterable[Entry], header: Header) -> Iterator[bytes]:
    """Yield a session as Markdown (GitHub's), piece by piece; only one entry is held at a time.

    All foreign text stands in code, where it is no markup and names nobody, and is escaped as
    it is on the screen. JSON is laid out; bytes that are no text are a hex dump.
    """
    for line in _lines(entries, header):
        yield f"{line}\n".encode()


def _lines(entries: Iterable[Entry], header: Header) -> Iterator[str]:
    yield f"# WebSocket session with {_code(header.url or 'no server')}"
    yield ""
    yield f"Started {_date(header.started)}, recorded with {_code(header.client or 'an unknown client')}."
    for entry in entries:
        yield ""
        yield from _notice(entry) if isinstance(entry, Notice) else _frame(entry)


def _notice(notice: Notice) -> Iterator[str]:
    yield f"**{_SIGNS[notice.kind]}** {_time(notice.at)} {_code(notice.text)}"
    if notice.detail:
        yield from _fenced("text", (printable(line.removesuffix("\r")) for line in notice.detail.split("\n")))


def _frame(frame: Frame) -> Iterator[str]:
    what = f"{frame.opcode.name.lower()}, {amounts.size(len(frame.payload))}"
    yield f"**{_WAYS[frame.direction]}** {_time(frame.at)} {what}{_closing(frame)}"
    if not frame.payload or frame.opcode is Opcode.CLOSE:
        return
    if (laid_out := _laid_out(frame.payload)) is not None:
        yield from _fenced("json", map(printable, laid_out.split("\n")))
    elif frame.opcode is Opcode.TEXT:
        yield from _fenced("text", map(printable, decoded(frame.payload).split("\n")))
    else:
        yield "```text"
        yield from _hex_dump(frame.payload)
        yield "```"


def _closing(frame: Frame) -> str:
    """Return a close frame's code and reason (RFC 6455 §5.5.1)."""
    if frame.opcode is not Opcode.CLOSE or len(frame.payload) < 2:
        return ""
    code, reason = int.from_bytes(frame.payload[:2]), frame.payload[2:]
    return f": {code} {_code(decoded(reason))}" if reason else f": {code}"


def _laid_out(payload: bytes) -> str | None:
    """Return JSON with a member a line; None where the payload is none."""
    if not is_json(payload):
        return None
    try:
        return pretty(payload.decode())
    except NotJsonError:
        return None


def _hex_dump(payload: bytes) -> Iterator[str]:
    for start in range(0, len(payload), _BYTES_A_LINE):
        row = payload[start : start + _BYTES_A_LINE]
        yield f"{start:08x}  {row.hex(' '):<{3 * _BYTES_A_LINE}} {row.translate(_DOTS).decode()}"


def _fenced(language: str, lines: Iterable[str]) -> Iterator[str]:
    """Fence lines with more backticks than there are anywhere in them."""
    kept = list(lines)
    fence = "`" * max(3, 1 + max(map(_longest_run, kept), default=0))
    yield f"{fence}{language}"
    yield from kept
    yield fence


def _code(text: str) -> str:
    """Return a text as code within a line."""
    shown = printable(text)
    ticks = "`" * (1 + _longest_run(shown))
    space = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) or not shown else ""
    return f"{ticks}{space}{shown}{space}{ticks}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _time(at: float) -> str:
    """Return a time of day to the millisecond, in UTC, as a bug report is read anywhere."""
    return time_text(at)[11:23]


def _date(at: float) -> str:
    try:
        return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError, OSError):
        return "at an unknown time"
