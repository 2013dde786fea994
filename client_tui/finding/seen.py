"""An entry as a query sees it, made straight from its line in the recording wherever that is exact."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec reads the annotations
from typing import TYPE_CHECKING, Final

import msgspec

from client_tui.core.frame import Entry, Notice, Opcode
from client_tui.core.printable import decoded
from client_tui.record.lines import decode_or_tell

if TYPE_CHECKING:
    from client_tui.finding.blocks import Block

_DIRECTIONS: Final = frozenset(("sent", "received"))
_OPCODES: Final = frozenset(opcode.name.lower() for opcode in Opcode)


class Seen(msgspec.Struct, gc=False):
    """A frame, or a notice if `event` is something: the fields of its line, see `record.lines`.

    Those that nobody looks at are here for their types: `decode` refuses a line with others.
    """

    time: datetime | None = None
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

    @property
    def body(self) -> str:
        """The payload of a frame as text; what is not UTF-8 in it stands there as surrogates (PEP 383)."""
        return self.payload or ""

    @property
    def data(self) -> bytes:
        """The payload of a frame as it was on the wire."""
        return self.body.encode("utf-8", "surrogateescape")


_DECODER: Final = msgspec.json.Decoder(Seen)
_REFUSALS: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def see(block: Block, place: int) -> Seen:
    """Return what a line of a block holds; one that is damaged is a notice that says so."""
    line = block.data[block.edges[place] : block.edges[place + 1]]
    try:
        seen = _DECODER.decode(line)
    except _REFUSALS:
        return see_entry(decode_or_tell(line, block.first + place + 2))  # the header is line 1
    return seen if _is_exact(seen) else see_entry(decode_or_tell(line, block.first + place + 2))


def see_all(block: Block) -> list[Seen]:
    """Return what all the lines of a block hold, and note which of them are sound."""
    try:
        found = _DECODER.decode_lines(block.data)
    except _REFUSALS:
        found = []
    if len(found) != len(block):
        return [see(block, place) for place in range(len(block))]
    are_sound = bytes(map(_is_exact, found))
    block.are_sound[block.first : block.first + len(block)] = are_sound
    place = are_sound.find(0)
    while place >= 0:
        found[place] = see(block, place)
        place = are_sound.find(0, place + 1)
    return found


def _is_exact(seen: Seen) -> bool:
    """Tell whether it is beyond doubt what `decode` makes of its line."""
    if seen.time is None or seen.recording:
        return False
    if seen.event:
        return not (seen.direction or seen.opcode)
    return seen.payload is not None and seen.direction in _DIRECTIONS and seen.opcode in _OPCODES


def see_entry(entry: Entry) -> Seen:
    """Return what a query sees of an entry."""
    if isinstance(entry, Notice):
        return Seen(event=entry.kind.value, text=entry.text, detail=entry.detail)
    opcode = entry.opcode.name.lower()
    return Seen(direction=entry.direction.value, opcode=opcode, payload=decoded(entry.payload))
