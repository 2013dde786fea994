"""A HAR that exists, of Chrome, Playwright, mitmproxy or others: its WebSockets' messages as entries."""

from __future__ import annotations

import binascii
import heapq
import os
import re
from dataclasses import dataclass
from itertools import starmap
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from client_tui.core import amounts
from client_tui.core.errors import ClientError
from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from client_tui.record.har import ERROR
from client_tui.record.line_file import read_at
from client_tui.record.lines import DamagedLineError, Header, moment
from client_tui.record.opened import open_file
from client_tui.record.secrets import Cover, is_secret, without_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Moment = tuple[float, int, Entry]

T = TypeVar("T")

LARGEST: Final = 2**30
"""Bytes. A HAR is read as a whole, and one that is larger is refused."""
_TITLE: Final = "Cannot open"
_BEGINNING: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:')
# An escaped backslash, a pair of surrogates, and one that is alone.
_SURROGATES: Final = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..")
_PAIR: Final = 12  # bytes
_YEAR_2000: Final = 946_684_800.0  # a lesser time is none: Chrome has such where no connection came about
_MILLISECONDS: Final = (
    1e11  # a larger time is in these, as in Playwright's: so many seconds are the year 5138
)
_DIRECTIONS: Final = {"send": Direction.SENT, "receive": Direction.RECEIVED}
_OPCODES: Final = {int(opcode): opcode for opcode in Opcode}


class _Message(msgspec.Struct):
    """A message as it stands there; nothing of it is trusted."""

    type: Any = ""
    time: Any = None
    opcode: Any = 1
    data: Any = ""


_parse_fields: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_parse_items: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_parse_value: Final = msgspec.json.Decoder(Any).decode
_parse_message: Final = msgspec.json.Decoder(_Message).decode


@dataclass(frozen=True, slots=True)
class OpenedHar:
    """The WebSocket connections of a HAR: how many, and their entries in order of time, to be read once.

    Of several connections, a notice says whose entries follow. No secret is in the notices.
    """

    header: Header
    connections: int
    entries: Iterator[Entry]


def looks_like_har(head: bytes) -> bool:
    """Tell by a file's beginning whether it is to be opened as a HAR."""
    return _BEGINNING.match(head) is not None


def open_har(source: Path | int) -> OpenedHar:
    """Read the HAR at a path, or in a file that is open already and is closed here.

    It is read as a whole, so this is a thread's work where it may be large: 200 MB take a second.

    Raises:
        ClientError: there is no such file, it is no HAR, or has no message of a WebSocket.

    """
    name = "the input" if isinstance(source, int) else str(source)
    data = _content(source if isinstance(source, int) else open_file(source), name)
    try:
        log = _fields(_tolerant(_parse_fields, data)["log"])
        entries = _tolerant(_parse_items, log["entries"])
    except (KeyError, ValueError, RecursionError) as error:
        reason = f" ({error})" if isinstance(error, msgspec.MsgspecError) else ""
        raise ClientError(_TITLE, f"{name} is no HAR{reason}") from None
    connections = list(_connections([fields for fields in map(_fields, entries) if _is_websocket(fields)]))
    if not any(connection.messages for connection in connections):
        raise ClientError(_TITLE, f"{name} {_what_is_missing(len(connections))}")
    creator = _fields(log.get("creator"))
    client = f"{_text(creator, 'name')} {_text(creator, 'version')}".strip()
    header = Header(client, connections[0].url, connections[0].started)
    return OpenedHar(header, len(connections), _in_order(connections))


def _content(descriptor: int, name: str) -> bytes:
    try:
        size = os.fstat(descriptor).st_size
        if size > LARGEST:
            raise ClientError(_TITLE, f"{name} has {amounts.size(size)}: too much for a HAR")
        return read_at(descriptor, 0, size).removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise ClientError(_TITLE, f"{name}: {error.strerror}") from error
    finally:
        os.close(descriptor)


def _what_is_missing(connections: int) -> str:
    if not connections:
        return "has no WebSocket connection"
    return (
        f"has {connections} WebSocket connection{'' if connections == 1 else 's'}, but none of the messages: "
        "export it from Chrome or Edge, while the connection is listed there"
    )


# ---------------------------------------------------------------------- fields of any kind


def _tolerant(parse: Callable[[bytes | msgspec.Raw], T], data: bytes | msgspec.Raw) -> T:
    """Parse JSON; a surrogate that is alone, which msgspec refuses, becomes U+FFFD, as on the wire."""
    try:
        return parse(data)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        return parse(_SURROGATES.sub(_mended, bytes(data)))


def _mended(match: re.Match[bytes]) -> bytes:
    return match[0] if match[0] == rb"\\" or len(match[0]) == _PAIR else rb"\ufffd"


def _fields(data: msgspec.Raw | None) -> dict[str, msgspec.Raw]:
    """Return what an object holds; nothing where it is none."""
    try:
        return _tolerant(_parse_fields, data) if data is not None else {}
    except (ValueError, RecursionError):
        return {}


def _items(fields: dict[str, msgspec.Raw], name: str) -> list[msgspec.Raw]:
    try:
        return _tolerant(_parse_items, fields[name])
    except (KeyError, ValueError, RecursionError):
        return []


def _value(fields: dict[str, msgspec.Raw], name: str) -> object:
    try:
        return _tolerant(_parse_value, fields[name])
    except (KeyError, ValueError, RecursionError):
        return None


def _text(fields: dict[str, msgspec.Raw], name: str) -> str:
    value = _value(fields, name)
    return value if isinstance(value, str) else ""


def _time(value: object) -> float | None:
    """Return a time in seconds since the epoch; None where that is none."""
    try:
        at = float(value)  # type: ignore[arg-type] # what it does not take, it refuses
    except (TypeError, ValueError, OverflowError):
        return None
    at = at / 1000 if at >= _MILLISECONDS else at
    return at if _YEAR_2000 <= at < _MILLISECONDS else None


# ---------------------------------------------------------------------- connections


@dataclass(frozen=True, slots=True)
class _Connection:
    """An entry of the HAR. `name` tells it from others, where there are any."""

    name: str
    url: str
    started: float
    response: dict[str, msgspec.Raw]
    messages: Sequence[msgspec.Raw]
    close: dict[str, msgspec.Raw]
    cover: Cover


def _is_websocket(fields: dict[str, msgspec.Raw]) -> bool:
    url = _text(_fields(fields.get("request")), "url")
    return (
        "_webSocketMessages" in fields
        or _value(fields, "_resourceType") == "websocket"
        or url.startswith(("ws://", "wss://"))
    )


def _connections(found: Sequence[dict[str, msgspec.Raw]]) -> Iterator[_Connection]:
    started = 0.0
    for number, fields in enumerate(found, 1):
        request, response = _fields(fields.get("request")), _fields(fields.get("response"))
        messages = _items(fields, "_webSocketMessages")
        started = _started(fields, messages) or started  # one that does not say it follows the one before
        url = without_user(_text(request, "url"))
        secrets = [
            header for each in (request, response) for header in _headers(each) if is_secret(header[0])
        ]
        yield _Connection(
            f"connection {number}" if len(found) > 1 else "",
            url.replace("http", "ws", 1) if url.startswith("http") else url,
            started,
            response,
            messages,
            _fields(fields.get("_webSocketClose")),
            Cover(secrets),
        )


def _started(fields: dict[str, msgspec.Raw], messages: Sequence[msgspec.Raw]) -> float | None:
    try:
        return _time(moment(_text(fields, "startedDateTime")))
    except DamagedLineError:
        return next(filter(None, (_time(_message(raw).time) for raw in messages)), None)


def _headers(fields: dict[str, msgspec.Raw]) -> list[tuple[str, str]]:
    return [(_text(each, "name"), _text(each, "value")) for each in map(_fields, _items(fields, "headers"))]


def _in_order(connections: Sequence[_Connection]) -> Iterator[Entry]:
    """Yield the entries of all connections in order of time, and say whose follow."""
    last = 0
    for _, number, entry in heapq.merge(*starmap(_moments, enumerate(connections)), key=itemgetter(0)):
        if number != last and isinstance(entry, Frame):
            connection = connections[number]
            yield Notice(entry.at, NoticeKind.INFO, _dotted(connection.name, connection.url))
        last = number
        yield entry


def _moments(number: int, connection: _Connection) -> Iterator[Moment]:
    """Yield a connection's entries and when they happened: what does not say it follows the one before."""
    at = connection.started
    yield at, number, connection.cover(_opening(connection))
    for place, raw in enumerate(connection.messages, 1):
        message = _message(raw)
        at = _time(message.time) or at
        entry = _entry(message, at, place, connection.name)
        yield at, number, connection.cover(entry) if isinstance(entry, Notice) else entry
    if (closing := _closing(connection, at)) is not None:
        yield closing.at, number, connection.cover(closing)


def _opening(connection: _Connection) -> Notice:
    """Say what became of the handshake; the answer's headers are the detail."""
    response = connection.response
    status = _value(response, "status")
    has_answer = isinstance(status, int) and status > 0
    answer = f"HTTP {status}" if has_answer else _text(response, "_error") or _text(response, "_failureText")
    is_open = status == 101 or any(_direction(_message(raw)) for raw in connection.messages)
    words = _dotted("connected" if is_open else "not connected", answer, connection.name, connection.url)
    detail = "\n".join(f"{name}: {value}" for name, value in _headers(response))
    return Notice(connection.started, NoticeKind.INFO if is_open else NoticeKind.ERROR, words, detail)


def _closing(connection: _Connection, latest: float) -> Notice | None:
    """Say how a connection ended, where the HAR does: HTTP Toolkit's has a close code and a reason."""
    code = _value(connection.close, "code")
    if code is None:
        return None
    at = _time(_value(connection.close, "timestamp")) or latest
    words = _dotted("closed", str(code), _text(connection.close, "reason"), connection.name)
    return Notice(at, NoticeKind.INFO, words)


def _message(raw: msgspec.Raw) -> _Message:
    try:
        return _tolerant(_parse_message, raw)
    except (ValueError, RecursionError):
        return _Message(type=None)


def _entry(message: _Message, at: float, place: int, connection: str) -> Entry:
    """Return a message as a frame; where it is none that could have been sent, as a notice that says so."""
    data = message.data if isinstance(message.data, str) else ""
    if message.type == ERROR:
        return Notice(at, NoticeKind.ERROR, _dotted(data or "error", connection))
    direction = _direction(message)
    opcode = _OPCODES.get(message.opcode) if isinstance(message.opcode, int) else None
    lacking = "type" if direction is None else "opcode" if opcode is None else "data"
    if direction is not None and opcode is not None and isinstance(message.data, str):
        try:
            return Frame(at, direction, opcode, _payload(opcode, data))
        except ValueError:
            lacking = "base64"
    words = _dotted(f"message {place:,} is damaged: its {lacking} is missing or none", connection)
    return Notice(at, NoticeKind.ERROR, words, data)


def _direction(message: _Message) -> Direction | None:
    return _DIRECTIONS.get(message.type) if isinstance(message.type, str) else None


def _payload(opcode: Opcode, data: str) -> bytes:
    if opcode is Opcode.TEXT:
        return data.encode("utf-8", "surrogatepass")
    return binascii.a2b_base64(data, strict_mode=True)


def _dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))
