import base64
import json
import math
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.lines import (
    PIECE,
    DamagedLineError,
    Header,
    decode,
    decode_or_tell,
    encode,
    header_line,
    moment,
    time_text,
)

YEAR_1 = -62135596800.0
YEAR_9999 = 253402300799.0

times = st.floats(YEAR_1, YEAR_9999) | st.floats(1.5e9, 2.5e9)
# Two halves of one character, each by itself, are the one thing that JSON cannot tell from the character.
texts = st.text(st.characters(codec=None, exclude_categories=())).filter(
    lambda text: json.loads(json.dumps(text)) == text
)
payloads = (
    st.binary() | st.text().map(str.encode) | st.from_type(str).map(lambda text: json.dumps(text).encode())
)
frames = st.builds(Frame, times, st.sampled_from(Direction), st.sampled_from(Opcode), payloads)
notices = st.builds(Notice, times, st.sampled_from(NoticeKind), texts, texts)


def line(number, entry):
    encoded = encode(number, entry)
    return encoded if isinstance(encoded, bytes) else b"".join(encoded)


def received(payload, at=1.5):
    return Frame(at, Direction.RECEIVED, Opcode.TEXT, payload)


def assert_is_a_line(data):
    assert data.endswith(b"\n")
    assert data.count(b"\n") == 1
    assert b"\r" not in data
    return json.loads(data.decode())


@given(frame=frames, number=st.integers(1, 2**63))
@example(frame=received(b""), number=1)
@example(frame=received(b"\x00\x1b\x7f\r\n"), number=1)
@example(frame=received("\u2028\u2029\x85\ufeff\U0001f600".encode()), number=1)
@example(frame=received(b"\xed\xa0\x80"), number=1)  # a surrogate, which UTF-8 has not
@example(frame=received(b'"\\ud800"'), number=1)
def test_every_frame_comes_back_as_it_was(frame, number):
    data = line(number, frame)
    fields = assert_is_a_line(data)
    back = decode(data)
    assert isinstance(back, Frame)
    assert (back.direction, back.opcode, back.payload) == (frame.direction, frame.opcode, frame.payload)
    assert back.at == pytest.approx(frame.at, rel=0, abs=1e-6 + abs(frame.at) * 1e-15)
    assert list(fields)[:4] == ["seq", "time", "direction", "opcode"]
    assert (fields["seq"], fields["opcode"]) == (number, frame.opcode.name.lower())
    if "payload" in fields:
        assert fields["payload"].encode() == frame.payload
    else:
        assert base64.b64decode(fields["payload_base64"], validate=True) == frame.payload
        with pytest.raises(UnicodeDecodeError):
            frame.payload.decode()


@given(notice=notices)
@example(notice=Notice(0.0, NoticeKind.ERROR, "\udcff", "a\r\nb\n\ud800"))
def test_every_notice_comes_back_as_it_was(notice):
    data = line(7, notice)
    fields = assert_is_a_line(data)
    back = decode(data)
    assert isinstance(back, Notice)
    assert (back.kind, back.text, back.detail) == (notice.kind, notice.text, notice.detail)
    assert back.at == pytest.approx(notice.at, rel=0, abs=1e-6 + abs(notice.at) * 1e-15)
    assert (fields["seq"], fields["event"]) == (7, notice.kind.value)
    assert ("detail" in fields) == bool(notice.detail)


@given(client=texts, url=texts, started=times)
def test_every_header_comes_back_as_it_was(client, url, started):
    data = header_line(Header(client, url, started))
    assert list(assert_is_a_line(data)) == ["recording", "client", "url", "started"]
    back = decode(data)
    assert isinstance(back, Header)
    assert (back.client, back.url) == (client, url)
    assert back.started == pytest.approx(started, rel=0, abs=1e-6 + abs(started) * 1e-15)


def test_a_header_may_leave_out_when_it_started():
    for data in (header_line(Header("1", "ws://a", math.nan)), b'{"recording":1}'):
        header = decode(data)
        assert isinstance(header, Header)
        assert math.isnan(header.started)


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf, 1e300, YEAR_9999 + 1, YEAR_1 - 1])
def test_a_time_that_no_calendar_has_is_the_epoch(at):
    assert time_text(at) == "1970-01-01T00:00:00.000000Z"
    assert decode(line(1, received(b"x", at))) == received(b"x", 0.0)


def test_an_early_year_has_four_digits():
    assert time_text(-5e10) == "0385-07-25T07:06:40.000000Z"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1970-01-01T00:00:01Z", 1.0),
        ("1970-01-01T00:00:01", 1.0),
        ("1970-01-01T02:00:01.25+02:00", 1.25),
        ("1970-01-02", 86400.0),
    ],
)
def test_a_time_may_be_written_otherwise(text, at):
    assert moment(text) == at


BORDER = "é" * (PIECE - 1) + "世\U0001f600" * PIECE


@pytest.mark.parametrize(
    "payload",
    [
        b"x" * PIECE,
        b"x" * (PIECE + 1),
        b'\\"\n\x00' * PIECE,
        BORDER.encode(),
        ("x" + BORDER).encode(),
        bytes(range(256)) * (PIECE // 64),
        b"\xff" * (3 * PIECE // 4 + PIECE + 1),
        b"x" * 2**21 + b"\xff",
    ],
    ids=lambda payload: f"{len(payload)} B",
)
def test_a_large_payload_is_the_same_in_pieces(payload):
    frame = received(payload)
    encoded = encode(1, frame)
    pieces = [encoded] if isinstance(encoded, bytes) else list(encoded)
    assert max(map(len, pieces)) <= 6 * PIECE  # what an escape takes at most
    assert (len(pieces) > 1) == (len(payload) > PIECE)
    assert decode(b"".join(pieces)) == frame
    assert_is_a_line(b"".join(pieces))


def test_jq_reads_them_and_what_it_writes_is_read():
    # Without characters that jq writes otherwise: it is the payload as a string that must survive.
    entries = [
        received('{"a": 1.10, "b": "世\\n"}'.encode()),
        received(b"\xff"),
        Notice(2.5, NoticeKind.INFO, "a"),
    ]
    data = header_line(Header("1", "ws://a", 1.0)) + b"".join(line(n, e) for n, e in enumerate(entries, 1))
    try:
        done = subprocess.run(["jq", "-c", "."], input=data, capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("jq is not installed")
    assert [decode(each) for each in done.stdout.splitlines()] == [Header("1", "ws://a", 1.0), *entries]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON"),
        (b"\n", "not JSON"),
        (b"{}", "its time is missing"),
        (b"[]", "expected `object`"),
        (b"[" * 100_000, "nested too deep"),
        (b"\x00" * 100, "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"time":"2026-01-01T00:00:00Z","event":5}', "expected `str`"),
        (b'{"time":"2026-01-01T00:00:00Z","event":"\xff"}', "not UTF-8"),
        (b'{"time":"2026-01-01T00:00:00Z"}', "neither of a frame nor of an event"),
        (b'{"time":"2026-01-01T00:00:00Z","direction":"sent","opcode":"text"}', "payload is missing"),
        (
            b'{"time":"2026-01-01T00:00:00Z","direction":"up","opcode":"text","payload":""}',
            "neither of a frame",
        ),
        (
            b'{"time":"2026-01-01T00:00:00Z","direction":"sent","opcode":"9","payload":""}',
            "neither of a frame",
        ),
        (
            b'{"time":"2026-01-01T00:00:00Z","direction":"sent","opcode":"text","payload_base64":"A"}',
            "base64",
        ),
        (
            b'{"time":"2026-01-01T00:00:00Z","direction":"sent","opcode":"text","payload_base64":"\xc3\xa9"}',
            "base64",
        ),
        (b'{"time":"2026-01-01T00:00:00Z","direction":"sent","opcode":"te', "not JSON"),
        (b'{"time":"yesterday","event":"info"}', "its time is missing or none"),
        (b'{"time":"\\ud800","event":"info"}', "its time is missing or none"),
        (b'{"recording":2}', "its format is 2, and this client reads 1"),
        (b'{"recording":1,"started":"x"}', "its time"),
    ],
)
def test_a_damaged_line_says_what_is_wrong_with_it(data, reason):
    with pytest.raises(DamagedLineError, match=reason):
        decode(data)
    told = decode_or_tell(data, 1234)
    assert isinstance(told, Notice)
    assert told.kind is NoticeKind.ERROR
    assert math.isnan(told.at)
    assert told.text.startswith("line 1,234 of the recording is damaged: ")
    assert len(told.text) < 300


@given(data=st.binary() | st.text().map(str.encode))
def test_nothing_else_than_damage_is_ever_raised(data):
    decode_or_tell(data, 1)


@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["time", "direction", "opcode", "payload", "payload_base64", "event", "text", "recording"]
        ),
        texts | st.none() | st.integers() | st.floats() | st.lists(texts) | st.just("2026-01-01T00:00:00Z"),
    )
)
def test_no_field_is_trusted(fields):
    decode_or_tell(json.dumps(fields).encode(), 1)


def test_what_a_line_holds_besides_does_not_matter():
    data = (
        b'\xef\xbb\xbf { "more": {"x": [1]}, "time":"1970-01-01T00:00:01Z", "event":"news", "text":"a" } \r\n'
    )
    assert decode(data) == Notice(1.0, NoticeKind.INFO, "a")


def test_half_a_character_in_a_payload_is_kept():
    data = b'{"time":"1970-01-01T00:00:01Z","direction":"sent","opcode":"text","payload":"a\\ud800"}'
    assert decode(data) == Frame(1.0, Direction.SENT, Opcode.TEXT, b"a\xed\xa0\x80")


def test_a_header_among_the_lines_is_told_of():
    told = decode_or_tell(header_line(Header("1", "ws://a", 5.0)), 9)
    assert told == Notice(5.0, NoticeKind.INFO, "here begins the recording of ws://a")


def test_the_line_feed_of_a_damaged_line_does_not_count():
    told = [decode_or_tell(b"\0" * 80 + end, 2).text for end in (b"", b"\n", b"\r\n")]
    assert len(set(told)) == 1
