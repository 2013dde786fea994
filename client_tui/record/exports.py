"""What was recorded, in the formats of others: entries in, bytes out, one entry at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from client_tui.core import jsontext
from client_tui.core.frame import Entry, Frame, Notice
from client_tui.record.har import har
from client_tui.record.lines import encode, header_line
from client_tui.record.markdown import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from client_tui.record.lines import Header

MOST_LEVELS: Final = 100
"""JSON that is nested deeper is not embedded in JSON: it would keep readers from the whole document."""
_CHUNK: Final = 2**18
_check: Final = msgspec.json.Decoder(msgspec.Raw).decode


def export(entries: Iterable[Entry], header: Header, to: str, out: BinaryIO) -> int:
    """Write entries to `out` in the format `to`, and return how many there were.

    One entry is held at a time. What has no time, such as the word of a damaged line, gets
    that of the entry before. Numbers are given anew, from 1: a selection is a recording too.

    Raises:
        OSError: `out` takes no more; a part may be written.
        KeyError: there is no such format.

    """
    count = 0

    def counted() -> Iterator[Entry]:
        nonlocal count
        for entry in _timed(entries, header):
            count += 1
            yield entry

    buffer = bytearray()
    for piece in FORMATS[to](counted(), header):
        buffer += piece
        if len(buffer) >= _CHUNK:
            out.write(buffer)
            buffer = bytearray()  # whoever was given the other may still hold it
    out.write(buffer)
    return count


def _timed(entries: Iterable[Entry], header: Header) -> Iterator[Entry]:
    latest = 0.0 if math.isnan(header.started) else header.started
    for entry in entries:
        if isinstance(entry, Notice) and math.isnan(entry.at):
            yield replace(entry, at=latest)
        else:
            latest = entry.at
            yield entry


# ---------------------------------------------------------------------- our own


def ndjson(entries: Iterable[Entry], header: Header) -> Iterator[bytes]:
    """Yield a recording: a line for the header, and one an entry. It can be opened again."""
    yield header_line(header)
    for number, entry in enumerate(entries, 1):
        yield from _pieces(number, entry)


def _pieces(number: int, entry: Entry) -> Iterable[bytes]:
    line = encode(number, entry)
    return (line,) if isinstance(line, bytes) else line


# ---------------------------------------------------------------------- one document


def json(entries: Iterable[Entry], header: Header) -> Iterator[bytes]:
    """Yield one JSON document: `recording` is the header, and `entries` are as they are in a recording.

    A payload that is JSON is there twice: verbatim as the string `payload`, and as the value
    `json`, in which no character is changed but the white space around it. So jq can say
    ``.entries[] | select(.json.type == "tick")``.
    """
    yield b'{"recording":' + header_line(header).rstrip() + b',"entries":['
    for number, entry in enumerate(entries, 1):
        yield b",\n" if number > 1 else b"\n"
        *pieces, last = _pieces(number, entry)
        yield from pieces
        yield last.removesuffix(b"}\n")
        if isinstance(entry, Frame) and not entry.opcode.is_control and _can_be_embedded(entry.payload):
            yield b',"json":' + entry.payload.strip(b" \t\r\n")
        yield b"}"
    yield b"\n]}\n"


def _can_be_embedded(payload: bytes) -> bool:
    """Tell whether a payload is JSON that any reader takes, also in the midst of other JSON."""
    try:
        _check(payload)
        payload.decode()  # msgspec lets any byte pass in a string
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return jsontext.is_shallow(jsontext.skeleton(payload), MOST_LEVELS)


FORMATS: Final[dict[str, Callable[[Iterable[Entry], Header], Iterator[bytes]]]] = {
    "har": har,
    "ndjson": ndjson,
    "json": json,
    "markdown": markdown,
}
"""The formats by name; each takes entries and yields bytes."""
