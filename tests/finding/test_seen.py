import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.printable import decoded
from client_tui.finding.blocks import Block
from client_tui.finding.seen import see, see_all, see_entry
from client_tui.record.lines import decode_or_tell, encode
from tests.support.recorded import AT

GOOD = {
    "seq": 1,
    "time": "2026-11-22T12:01:02.118274Z",
    "direction": "sent",
    "opcode": "text",
    "payload": "[]",
}
ODD = [
    b"",
    b"\n",
    b"garbage\n",
    b"{}\n",
    b"[]\n",
    b"\xff\n",
    b"\0" * 40 + b"\n",
    b"[" * 100_000 + b"\n",
    *(
        json.dumps(GOOD | changed).encode() + b"\n"
        for changed in (
            {"time": "yesterday"},
            {"time": None},
            {"time": 5},
            {"time": "2026-11-22"},
            {"direction": "up"},
            {"direction": 1},
            {"opcode": "rsv"},
            {"payload": None},
            {"payload": "\ud800"},
            {"payload": 5},
            {"payload": None, "payload_base64": "AP8="},
            {"payload": None, "payload_base64": "?"},
            {"payload_base64": 5},
            {"recording": 1, "url": "ws://x", "started": "2026-11-22T12:01:02Z"},
            {"recording": 9},
            {"recording": "1"},
            {"event": "info", "text": "x"},
            {"event": "info", "text": 5},
            {"event": "nonsense", "text": "x", "detail": "y"},
            {"event": "error", "time": "never"},
            {"url": 5},
            {"started": []},
            {"event": "info", "opcode": "rsv"},
            {"event": "info", "direction": "", "opcode": "", "payload": None},
        )
    ),
    b' \t{"time":"2026-11-22T12:01:02Z","direction":"received","opcode":"ping","payload":""} \n\n',
    b'{"time":"2026-11-22T12:01:02Z","direction":"received","opcode":"text","payload":"\\u0041\\/"}',
]
PAYLOADS = st.binary(max_size=20) | st.text(max_size=20).map(str.encode)
FRAMES = st.builds(Frame, st.just(AT), st.sampled_from(Direction), st.sampled_from(Opcode), PAYLOADS)
WORDS = st.text(st.characters(), max_size=20)
NOTICES = st.builds(Notice, st.just(AT), st.sampled_from(NoticeKind), WORDS, WORDS)
LINES = (FRAMES | NOTICES).map(lambda entry: encode(1, entry)) | st.sampled_from(ODD[1:])


def block_of(lines: list[bytes]) -> Block:
    edges = [0]
    for line in lines:
        edges.append(edges[-1] + len(line))
    return Block(b"".join(lines), edges, 5, bytearray(5 + len(lines)))


def facts(seen):
    """Return what a query can ask of it."""
    return seen.event, seen.text, seen.detail, seen.direction, seen.opcode, seen.payload


@pytest.mark.parametrize("line", ODD, ids=lambda line: repr(line[:60]))
def test_a_line_is_seen_as_it_is_decoded(line):
    entry = decode_or_tell(line, 7)
    seen = see(block_of([line]), 0)
    if isinstance(entry, Frame):
        assert seen.event == ""
        assert (seen.direction, seen.opcode) == (entry.direction.value, entry.opcode.name.lower())
        assert (seen.body, seen.data) == (decoded(entry.payload), entry.payload)
    else:
        assert (seen.text, seen.detail) == (entry.text, entry.detail)
        assert (seen.event == "error") == (entry.kind is NoticeKind.ERROR)
        assert seen.event


@given(st.lists(LINES, min_size=1, max_size=6))
def test_all_lines_of_a_block_are_seen_as_each_of_them(lines):
    block = block_of(lines)
    expected = [facts(see(block, place)) for place in range(len(lines))]
    assert list(map(facts, see_all(block))) == expected


@given(st.lists(FRAMES, min_size=1, max_size=6))
def test_frames_are_seen_as_they_are(frames):
    block = block_of([encode(1, frame) for frame in frames])
    for frame, seen in zip(frames, see_all(block), strict=True):
        assert facts(seen) == facts(see_entry(frame))
        assert seen.data == frame.payload


@given(NOTICES)
def test_notices_are_seen_as_they_are(notice):
    block = block_of([encode(1, notice)])
    assert facts(see(block, 0))[:3] == (notice.kind.value, notice.text, notice.detail)
    assert facts(see_entry(notice))[:3] == (notice.kind.value, notice.text, notice.detail)


def test_sound_lines_are_noted():
    good = json.dumps(GOOD).encode() + b"\n"
    header = json.dumps(GOOD | {"recording": 1}).encode() + b"\n"
    block = block_of([good, header, good])
    see_all(block)
    assert block.are_sound == bytes(5) + b"\1\0\1"


def test_nothing_is_noted_where_one_line_is_damaged():
    good = json.dumps(GOOD).encode() + b"\n"
    block = block_of([good, b"garbage\n"])
    assert [seen.event for seen in see_all(block)] == ["", "error"]
    assert not any(block.are_sound)


def test_lines_that_the_file_has_not_are_damaged():
    good = json.dumps(GOOD).encode() + b"\n"
    whole = block_of([good, good])
    block = Block(good, whole.edges, 5, whole.are_sound)
    assert [seen.event for seen in see_all(block)] == ["", "error"]
