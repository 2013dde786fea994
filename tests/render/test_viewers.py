import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core import jsontext
from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.jsontext import tokens
from client_tui.core.printable import decoded, printable
from client_tui.render.spans import Role, plain
from client_tui.render.viewers import (
    HEX,
    JSON,
    TEXT,
    TOKEN_ROLES,
    VIEWERS,
    _head,
    is_utf8,
    json_spans,
    marks,
    viewer_for,
)
from tests.core.jsontext.strategies import documents
from tests.support.hostile import frames, payloads, texts

limits = st.integers(1, 40)
DEEP = 100_000
HORRORS = {
    "a cut-off character": b'{"a": "\xe4\xb8',
    "a huge number": b"-" + b"9" * 10_000,
    "a huge exponent": b"1e400",
    "deep": b"[" * DEEP + b"]" * DEEP,
    "deep and open": b"[" * DEEP,
    "deep in objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a lone surrogate escape": rb'["\ud800", "\udc00\ud800"]',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "NUL": b'"\x00"',
    "ESC": b'"\x1b]0;title\x07"',
    "CSI": '"\u009b31m"'.encode(),
    "RLO": '{"\u202ea": "\u2066"}'.encode(),
    "U+2028": '["\u2028", "\u0085"]'.encode(),
    "CRLF": b'{\r\n  "a": 1\r\n}\r\n',
    "a BOM": b"\xef\xbb\xbf{}",
    "NaN": b"NaN",
}


def text_frame(payload):
    return Frame(0.0, Direction.RECEIVED, Opcode.TEXT, payload)


def binary_frame(payload):
    return Frame(0.0, Direction.RECEIVED, Opcode.BINARY, payload)


def shown(frame, viewer, limit):
    """Return all that a viewer says of a frame, and see that none of it does harm."""
    lines = viewer.lines(frame)
    laid_out = [viewer.spans(line[:400]) for line in lines[:50]]
    for line in [viewer.summary(frame, limit), *laid_out]:
        assert all(span.text.isprintable() for span in line)
    return lines


@given(frames, limits)
def test_any_frame_is_shown_by_someone_and_does_no_harm(frame, limit):
    assert all(0 <= viewer.bid(frame) <= 1 for viewer in VIEWERS)
    for viewer in (viewer_for(frame), TEXT, HEX):
        lines = shown(frame, viewer, limit)
        preview, more = viewer.preview(frame, limit)
        assert list(preview) == list(lines[:limit])
        assert more == (len(lines) > limit)
        assert viewer.remaining(frame, limit) in (len(lines) - limit, None)


@pytest.mark.parametrize("opcode", Opcode)
@pytest.mark.parametrize("payload", HORRORS.values(), ids=HORRORS.keys())
def test_horrors_are_shown(payload, opcode):
    frame = Frame(0.0, Direction.SENT, opcode, payload)
    viewer = viewer_for(frame)
    shown(frame, viewer, 80)
    preview, _ = viewer.preview(frame, 12)
    assert 1 <= len(preview) <= 12
    marks(frame, viewer)


@pytest.mark.parametrize(
    ("frame", "label", "words"),
    [
        (text_frame(b'{"a": 1}'), "JSON", []),
        (text_frame(b"hello"), "text", ["not JSON"]),
        (text_frame(b"\xff"), "text", ["not UTF-8"]),
        (text_frame(b""), "text", ["empty"]),
        (binary_frame(b"[1]"), "JSON", ["binary"]),
        (binary_frame(b"\x00\x01"), "hex", ["binary"]),
        (binary_frame(b""), "hex", ["binary", "empty"]),
        (Frame(0.0, Direction.SENT, Opcode.PING, b""), "control", []),
        (Frame(0.0, Direction.SENT, Opcode.PONG, b"{}"), "control", []),
    ],
)
def test_who_shows_what_and_how_it_is_marked(frame, label, words):
    viewer = viewer_for(frame)
    assert viewer.label == label
    assert marks(frame, viewer) == words


@given(texts)
def test_lines_of_json_keep_their_text(text):
    line = json_spans(text)
    assert plain(line) == "".join(printable(text[start:end]) for _, start, end in tokens(text))
    assert {span.role for span in line} <= {*TOKEN_ROLES.values(), Role.ESCAPE}


@given(documents)
def test_a_document_laid_out_means_the_same(document):
    lines = JSON.lines(text_frame(document.encode()))
    keep = {"parse_int": str, "parse_float": str, "object_pairs_hook": tuple}
    assert json.loads("\n".join(lines), **keep) == json.loads(document, **keep)


@pytest.mark.parametrize(
    ("payload", "summary"),
    [
        (b'{"a": [1, 2]}', '{"a": [1, 2]}'),
        (b'{\n  "a":\t1\r\n}\n', '{⏎"a":\\u00091⏎}⏎'),
        (b'["' + b"x" * 100 + b'"]', '["' + "x" * 18 + "…"),
        ("世".encode() * 20, "世" * 20),
        ("世".encode() * 21, "世" * 20 + "…"),
        (b"a\xff\n\x1b", r"a\xff\u000a\u001b"),
    ],
)
def test_a_frame_as_one_line(payload, summary):
    frame = text_frame(payload)
    assert plain(viewer_for(frame).summary(frame, 20)) == summary


def test_bytes_as_one_line():
    assert plain(HEX.summary(binary_frame(b"\x00\xff"), 9)) == "00 ff"
    assert plain(HEX.summary(binary_frame(b"\x00\xff\x01\x02"), 9)) == "00 ff 01…"


@pytest.mark.parametrize(
    ("opcode", "payload", "words"),
    [
        (Opcode.PING, b"", "ping"),
        (Opcode.PONG, b"\x1bhi", r"pong \u001bhi"),
        (Opcode.CLOSE, b"", "close"),
        (Opcode.CLOSE, b"\x03", "close"),
        (Opcode.CLOSE, b"\x03\xe8", "close 1000 normal closure"),
        (Opcode.CLOSE, b"\x0f\xa0[/x]", "close 4000 private to the application · the server said: [/x]"),
        (Opcode.CLOSE, b"\x03\xea\xff", r"close 1002 protocol error · the server said: \xff"),
    ],
)
def test_control_frames_are_told_in_words(opcode, payload, words):
    frame = Frame(0.0, Direction.RECEIVED, opcode, payload)
    assert plain(viewer_for(frame).summary(frame, 80)) == words


def test_who_gave_the_reason_is_told():
    frame = Frame(0.0, Direction.SENT, Opcode.CLOSE, b"\x03\xe8bye")
    assert plain(viewer_for(frame).summary(frame, 80)).endswith("we said: bye")


@given(payloads, st.integers(0, 30))
def test_a_head_is_the_beginning_but_for_a_character_that_is_cut(payload, limit):
    head = _head(payload, limit).encode("utf-8", "surrogateescape")
    assert payload.startswith(head)
    assert min(limit, len(payload)) - 3 <= len(head) <= limit


@given(texts, st.integers(0, 30))
def test_a_head_of_text_shows_no_bytes(text, limit):
    assert text.startswith(_head(text.encode(), limit))


def test_bytes_that_never_were_text_are_not_lost():
    assert _head(b"\x80" * 10, 5) == decoded(b"\x80" * 5)
    assert _head(b"ab\xe4\xb8", 10) == decoded(b"ab\xe4\xb8")


def test_of_a_very_long_line_only_the_beginning_is_previewed():
    lines, more = TEXT.preview(text_frame("é".encode() * 100_000 + b"\nshort\n\n"), 2)
    assert [set(line) for line in lines] == [{"é"}, set("short")]
    assert len(lines[0]) < 10_000
    assert more


def test_lines_of_a_large_document_are_not_counted():
    document = b"[" + b"1," * 50_000 + b"1]"
    lines, more = JSON.preview(text_frame(document), 3)
    assert list(lines) == ["[", "  1,", "  1,"]
    assert more
    assert JSON.remaining(text_frame(document), 3) is None


@pytest.mark.parametrize(
    ("payload", "valid"), [(b"", True), ("世".encode(), True), (b"\xe4\xb8", False), (b"\xed\xa0\x80", False)]
)
def test_utf8_is_what_a_text_frame_must_be(payload, valid):
    assert is_utf8(payload) is valid


@given(documents)
def test_documents_are_json_and_with_a_bracket_more_they_are_not(document):
    assert jsontext.is_json(document.encode())
    assert not jsontext.is_json(document.encode() + b"]")
