"""HAR as Chrome writes it: a connection is an entry, and its messages are in `_webSocketMessages`.

The format is HAR 1.2 with what Chrome's DevTools add to it (`front_end/models/har/Log.ts`): of a
message the type, the time in seconds since the epoch, the opcode, and the data, in base64 where it
is binary; an error is a message of the type "error" and the opcode -1. As there, pings, pongs and
close frames are left out.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import orjson

from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from client_tui.record.lines import time_text
from client_tui.record.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.record.lines import Header

ERROR: Final = "error"
ERROR_OPCODE: Final = -1
# How core.wording says that a connection opened; the answer's headers are the detail.
_CONNECTED: Final = re.compile(r"connected · HTTP (\d{3})\b")
_TYPES: Final = {Direction.SENT: "send", Direction.RECEIVED: "receive"}
_HTTP: Final = "HTTP/1.1"
_UNKNOWN: Final = -1


def har(entries: Iterable[Entry], header: Header) -> Iterator[bytes]:
    """Yield a HAR of a session piece by piece; only one entry is held at a time.

    A connection begins where a notice says so. Warnings and errors become Chrome's errors,
    other notices are left out.
    """
    yield _start(header)
    connection: _Connection | None = None
    written = 0
    for entry in entries:
        begins = _begins(entry, connection)
        if begins is not None:
            if connection is not None:
                yield connection.end()
            connection = begins
            yield (b"," if written else b"") + connection.start(header.url)
            written += 1
        if connection is not None:
            yield connection.message(entry)
    if connection is not None:
        yield connection.end()
    yield b"]}}\n"


def _start(header: Header) -> bytes:
    creator = orjson.dumps({"name": "jsonws-tui", "version": _utf_8(header.client)})
    return b'{"log":{"version":"1.2","creator":%b,"pages":[],"entries":[' % creator


def _begins(entry: Entry, connection: _Connection | None) -> _Connection | None:
    """Return the connection that an entry begins, if it does."""
    if isinstance(entry, Frame):
        is_first = connection is None or connection.status != 101
        return _Connection(entry.at, 101) if is_first and not entry.opcode.is_control else None
    if connected := _CONNECTED.match(entry.text):
        return _Connection(entry.at, int(connected[1]), _headers(entry.detail))
    return _Connection(entry.at, 0) if connection is None and entry.kind is not NoticeKind.INFO else None


class _Connection:
    """An entry of the HAR while it is written; `status` is 0 where nothing came about."""

    def __init__(self, at: float, status: int, headers: Iterable[tuple[str, str]] = ()) -> None:
        self.status = status
        self._headers = headers
        self._started = self._ended = at
        self._has_message = False

    def start(self, url: str) -> bytes:
        """Return what comes before the messages."""
        fields = {
            "_initiator": {"type": "other"},
            "_priority": None,
            "_resourceType": "websocket",
            "cache": {},
            "request": _request(url),
            "response": _response(self.status, self._headers),
            "serverIPAddress": "",
            "startedDateTime": f"{time_text(self._started)[:-4]}Z",  # to the millisecond, as Chrome has it
        }
        return b'\n%b,"_webSocketMessages":[' % orjson.dumps(fields)[:-1]

    def message(self, entry: Entry) -> bytes:
        """Return an entry as a message, or nothing where Chrome has none for it."""
        self._ended = max(self._ended, entry.at)
        if (fields := _message(entry)) is None:
            return b""
        comma = b"," if self._has_message else b""
        self._has_message = True
        return b"%b\n%b" % (comma, orjson.dumps(fields))

    def end(self) -> bytes:
        """Return what comes after the messages."""
        milliseconds = round((self._ended - self._started) * 1000, 3)
        steps = dict.fromkeys(("blocked", "dns", "ssl", "connect", "_blocked_queueing"), _UNKNOWN)
        timings = {**steps, "send": 0, "wait": 0, "receive": milliseconds}
        return b'],"time":%b,"timings":%b}' % (orjson.dumps(milliseconds), orjson.dumps(timings))


def _message(entry: Entry) -> dict[str, object] | None:
    at = round(entry.at, 6)
    match entry:
        case Frame(opcode=Opcode.TEXT | Opcode.BINARY):
            opcode, data = _data(entry)
            return {"type": _TYPES[entry.direction], "time": at, "opcode": int(opcode), "data": data}
        case Notice(kind=NoticeKind.WARNING | NoticeKind.ERROR):
            return {"type": ERROR, "time": at, "opcode": ERROR_OPCODE, "data": _utf_8(entry.text)}
    return None


def _data(frame: Frame) -> tuple[Opcode, str]:
    """Return a message's opcode and data. Text that is not UTF-8 goes as binary: no byte is lost."""
    if frame.opcode is Opcode.TEXT:
        try:
            return Opcode.TEXT, frame.payload.decode()
        except UnicodeDecodeError:
            pass
    return Opcode.BINARY, base64.b64encode(frame.payload).decode()


def _request(url: str) -> dict[str, object]:
    bare = _utf_8(url).partition("#")[0]
    query = parse_qsl(bare.partition("?")[2], keep_blank_values=True, errors="backslashreplace")
    return {
        "method": "GET",
        "url": bare,
        "httpVersion": _HTTP,
        "headers": [],
        "queryString": [{"name": name, "value": value} for name, value in query],
        "cookies": [],
        "headersSize": _UNKNOWN,
        "bodySize": 0,
    }


def _response(status: int, headers: Iterable[tuple[str, str]]) -> dict[str, object]:
    return {
        "status": status,
        "statusText": "Switching Protocols" if status == 101 else "",
        "httpVersion": _HTTP if status else "",
        "headers": [{"name": name, "value": value} for name, value in headers],
        "cookies": [],
        "content": {"size": 0, "mimeType": "x-unknown"},
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
        "_transferSize": 0,
        "_error": None,
    }


def _headers(detail: str) -> list[tuple[str, str]]:
    """Return the headers of a handshake's answer, without those that are never written."""
    lines = (line.partition(":") for line in _utf_8(detail).splitlines())
    return [(name, value.strip()) for name, colon, value in lines if colon and not is_secret(name)]


def _utf_8(text: str) -> str:
    """Return a text that UTF-8 has: what stands for a byte that is not becomes a visible escape."""
    return text.encode("utf-8", "backslashreplace").decode()
