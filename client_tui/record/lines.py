r"""One entry as one line of a recording, and back (JSON Lines: `jq` and `grep` read it).

A recording begins with a header line, then one line an entry::

    {"recording":1,"client":"0.1.0","url":"ws://…","started":"2026-11-22T12:01:02.118000Z"}
    {"seq":1,"time":"2026-11-22T12:01:02.118274Z","event":"info","text":"connected · …","detail":"…"}
    {"seq":2,"time":"…","direction":"sent","opcode":"text","payload":"{\"x\": 1}"}
    {"seq":3,"time":"…","direction":"received","opcode":"binary","payload_base64":"AP8="}

`time` is UTC with microseconds. A payload is verbatim, in base64 where it is not UTF-8.
`event` is how a notice is to be read: info, warning or error.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec
import orjson

from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT: Final = 1
PIECE: Final = 256 * 1024
"""A larger payload is encoded in pieces of so many bytes, so that other threads get their turn."""
_LONGEST_QUOTE: Final = 60


@dataclass(frozen=True, slots=True)
class Header:
    """What a recording says of itself: the version of its `client`, and when it `started`, since the epoch.

    `started` is NaN where the recording does not say.
    """

    client: str
    url: str
    started: float


class DamagedLineError(ValueError):
    """A line that is no record; its words say why."""


class _Line(msgspec.Struct, gc=False):  # strings only: the collector has nothing to look for in it
    """What any line of a recording may hold; what else stands in it is somebody else's business."""

    time: str = ""
    direction: str = ""
    opcode: str = ""
    payload: str | None = None
    payload_base64: str | None = None
    event: str = ""
    text: str = ""
    detail: str = ""
    recording: int = 0
    client: str = ""
    url: str = ""
    started: str = ""


_parse = msgspec.json.Decoder(_Line).decode
_DIRECTIONS: Final = {direction.value: direction for direction in Direction}
_OPCODES: Final = {opcode.name.lower(): opcode for opcode in Opcode}
_KINDS: Final = {kind.value: kind for kind in NoticeKind}


def _middles(direction: Direction) -> list[bytes]:
    """Return what stands between time and payload, by the opcode's number: quicker than to hash an enum."""
    names = {int(opcode): opcode.name.lower() for opcode in Opcode}
    middle = f'","direction":"{direction.value}","opcode":"'
    return [f'{middle}{names.get(number, "")}",'.encode() for number in range(max(Opcode) + 1)]


_SENT: Final = _middles(Direction.SENT)
_RECEIVED: Final = _middles(Direction.RECEIVED)


# ---------------------------------------------------------------------- writing


def header_line(header: Header) -> bytes:
    """Return the header as a line."""
    fields = {
        "recording": FORMAT,
        "client": header.client,
        "url": header.url,
        "started": "" if math.isnan(header.started) else time_text(header.started),
    }
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return line.encode("utf-8", "backslashreplace") + b"\n"


def encode(number: int, entry: Entry) -> bytes | Iterator[bytes]:
    """Return an entry's line, that of a large frame in pieces; `number` counts from 1."""
    if isinstance(entry, Notice):
        return _notice_line(number, entry)
    middles = _SENT if entry.direction is Direction.SENT else _RECEIVED
    start = b'{"seq":%d,"time":"%b%b' % (number, _time_bytes(entry.at), middles[entry.opcode])
    if len(entry.payload) > PIECE:
        return _pieces(start, entry.payload)
    try:
        return b'%b"payload":%b}\n' % (start, orjson.dumps(entry.payload.decode()))
    except UnicodeDecodeError:
        return b'%b"payload_base64":"%b"}\n' % (start, base64.b64encode(entry.payload))


def _pieces(start: bytes, payload: bytes) -> Iterator[bytes]:
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        yield b'%b"payload_base64":"' % start
        step = PIECE // 4 * 3  # three bytes become four characters
        for at in range(0, len(payload), step):
            yield base64.b64encode(payload[at : at + step])
    else:
        yield b'%b"payload":"' % start
        for at in range(0, len(text), PIECE):
            yield orjson.dumps(text[at : at + PIECE])[1:-1]
    yield b'"}\n'


def _notice_line(number: int, notice: Notice) -> bytes:
    """Return a notice's line; what stands for a byte that is not UTF-8 becomes an escape."""
    fields = {"seq": number, "time": time_text(notice.at), "event": notice.kind.value, "text": notice.text}
    if notice.detail:
        fields["detail"] = notice.detail
    try:
        return orjson.dumps(fields) + b"\n"
    except orjson.JSONEncodeError:  # a lone surrogate
        return json.dumps(fields).encode() + b"\n"


def time_text(at: float) -> str:
    """Return a moment (seconds since the epoch) as RFC 3339 has it, in UTC with microseconds.

    One that no calendar has is the epoch itself.
    """
    try:
        second, microsecond = divmod(round(at * 1e6), 1_000_000)
        return f"{_second(second)}.{microsecond:06}Z"
    except (OverflowError, ValueError, OSError):
        return time_text(0.0)


@lru_cache(maxsize=16)  # thousands of frames have their second in common
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).replace(tzinfo=None).isoformat()


@lru_cache(maxsize=16)  # and frames that were parsed together have one time
def _time_bytes(at: float) -> bytes:
    return time_text(at).encode()


# ---------------------------------------------------------------------- reading


def decode(line: bytes) -> Entry | Header:
    """Return what a line holds.

    Raises:
        DamagedLineError: the line is no record of a recording.

    """
    try:
        parsed = _parse(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        parsed = _parse_escapes(line)
    direction, opcode = _DIRECTIONS.get(parsed.direction), _OPCODES.get(parsed.opcode)
    if direction is not None and opcode is not None:
        payload = _binary(parsed) if parsed.payload is None else _text(parsed.payload)
        return Frame(moment(parsed.time), direction, opcode, payload)
    if parsed.recording:
        return _header(parsed)
    at = moment(parsed.time)
    if not parsed.event:
        raise DamagedLineError("it tells neither of a frame nor of an event")
    return Notice(at, _KINDS.get(parsed.event, NoticeKind.INFO), parsed.text, parsed.detail)


def _header(parsed: _Line) -> Header:
    if parsed.recording != FORMAT:
        raise DamagedLineError(f"its format is {parsed.recording}, and this client reads {FORMAT}")
    return Header(parsed.client, parsed.url, moment(parsed.started) if parsed.started else math.nan)


def decode_or_tell(line: bytes, number: int) -> Entry:
    """Return what a line holds; what is no entry is told of in a notice, by its `number` in the file."""
    try:
        found = decode(line)
    except DamagedLineError as error:
        return Notice(math.nan, NoticeKind.ERROR, f"line {number:,} of the recording is damaged: {error}")
    if isinstance(found, Header):
        words = f"here begins the recording of {found.url or 'no server'}"
        return Notice(found.started, NoticeKind.INFO, words)
    return found


def _text(payload: str) -> bytes:
    try:
        return payload.encode()
    except UnicodeEncodeError:  # half a character is no reason to lose the rest
        return payload.encode("utf-8", "surrogatepass")


def _binary(parsed: _Line) -> bytes:
    if parsed.payload_base64 is None:
        raise DamagedLineError("its payload is missing")
    try:
        return binascii.a2b_base64(parsed.payload_base64, strict_mode=True)
    except ValueError:
        raise DamagedLineError("its payload is not base64") from None


def _parse_escapes(line: bytes) -> _Line:
    """Parse a line with lone surrogate escapes, which msgspec refuses, or say what is wrong with it.

    As text, not as bytes: those with a NUL, such as a crash leaves behind, json takes for UTF-32,
    whose decoder is a file, and there is no way to files where a recording is looked through.
    """
    try:
        text = line.rstrip().removeprefix(BOM_UTF8).decode("utf-8", "surrogatepass")
        return msgspec.convert(json.loads(text), _Line)
    except msgspec.ValidationError as error:
        reason = _lowered(str(error))
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except RecursionError:
        reason = "it is nested too deep"
    except ValueError as error:
        reason = f"it is not JSON ({_lowered(getattr(error, 'msg', str(error)))})"
    quoted = line.rstrip(b"\r\n")  # they are on some roads here and not on others
    start = quoted[:_LONGEST_QUOTE].decode("utf-8", "backslashreplace").strip()
    raise DamagedLineError(f"{reason}: {start}{'…' if len(quoted) > _LONGEST_QUOTE else ''}")


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


@lru_cache(maxsize=16)
def moment(text: str) -> float:
    """Return a time of RFC 3339 in seconds since the epoch; one without an offset is taken for UTC.

    Raises:
        DamagedLineError: it is no time.

    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise DamagedLineError("its time is missing or none") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
