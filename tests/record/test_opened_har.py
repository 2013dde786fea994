import copy
import json
import math
import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.errors import ClientError
from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.har import har
from client_tui.record.lines import Header
from client_tui.record.opened_har import looks_like_har, open_har
from tests.record.conftest import CHROME_HAR

AT = 1_795_344_020.0
INFO, ERROR = NoticeKind.INFO, NoticeKind.ERROR


def message(data="1", kind="send", opcode=1, at=AT, **others):
    return {"type": kind, "time": at, "opcode": opcode, "data": data, **others}


def websocket(*messages, url="ws://a/", status=101, **others):
    return {
        "_resourceType": "websocket",
        "startedDateTime": "2026-11-22T10:40:20.000Z",
        "request": {"url": url, "headers": []},
        "response": {"status": status, "headers": []},
        "_webSocketMessages": list(messages),
        **others,
    }


def without(mapping, name):
    return {key: value for key, value in mapping.items() if key != name}


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens entries of a HAR, or bytes, as a HAR."""

    def open_it(*entries):
        path = tmp_path / "session.har"
        data = entries[0] if isinstance(entries[0], bytes) else document(*entries)
        path.write_bytes(data)
        return open_har(path)

    return open_it


def document(*entries, **others):
    log = {"version": "1.2", "creator": {"name": "Some", "version": "1"}, "entries": entries, **others}
    return json.dumps({"log": log}).encode()


def frames(found):
    return [entry for entry in found.entries if isinstance(entry, Frame)]


def notices(found):
    return [entry for entry in found.entries if isinstance(entry, Notice)]


# ---------------------------------------------------------------------- Chrome's


def test_chromes_har_is_read_in_order_of_time():
    found = open_har(CHROME_HAR)
    assert found.header == Header("WebInspector 537.36", "ws://127.0.0.1:8765/chat?x=1", 1795344020.985)
    assert found.connections == 3
    entries = list(found.entries)
    assert [each.text for each in entries if isinstance(each, Notice)] == [
        "connected · HTTP 101 · connection 1 · ws://127.0.0.1:8765/chat?x=1",
        "connected · HTTP 101 · connection 2 · ws://127.0.0.1:8765/drop",
        "not connected · connection 3 · ws://127.0.0.1:1/none",
        "Error in connection establishment: net::ERR_UNSAFE_PORT · connection 3",
        "connection 2 · ws://127.0.0.1:8765/drop",
    ]
    sent = [each.payload for each in entries if isinstance(each, Frame) and each.direction is Direction.SENT]
    assert sent == [
        '{"a": 1.10, "text": "世界"}'.encode(),
        b"\x00\xff\x01\x02",
        b"",
        "\ufffd lone".encode(),
        b"bye",
        b"drop",
    ]
    assert [each.opcode for each in entries if isinstance(each, Frame)][:3] == [
        Opcode.TEXT,
        Opcode.BINARY,
        Opcode.TEXT,
    ]
    times = [each.at for each in entries]
    assert times == sorted(times)
    assert times[1] == 1795344020.990085


def test_no_secret_of_a_har_is_in_the_entries(chrome_har):
    assert "verysecret" in json.dumps(chrome_har)
    for entry in notices(open_har(CHROME_HAR)):
        assert "verysecret" not in entry.text + entry.detail


def test_what_was_written_as_har_is_read_again(tmp_path):
    sent = [
        Frame(AT + number, Direction.SENT if number % 2 else Direction.RECEIVED, opcode, payload)
        for number, (opcode, payload) in enumerate(
            [
                (Opcode.TEXT, b"{}"),
                (Opcode.BINARY, bytes(range(256))),
                (Opcode.TEXT, "世\x00\x1b\u2028".encode()),
                (Opcode.TEXT, b'"\\ud800"'),
                (Opcode.TEXT, b"x" * 2_000_000),
            ]
        )
    ]
    path = tmp_path / "session.har"
    header = Header("0.1.0", "ws://a/?b=c", AT)
    path.write_bytes(b"".join(har([Notice(AT, INFO, "connected · HTTP 101", "Server: x"), *sent], header)))
    found = open_har(path)
    assert found.header == Header("jsonws-tui 0.1.0", "ws://a/?b=c", AT)
    assert list(found.entries) == [
        Notice(AT, INFO, "connected · HTTP 101 · ws://a/?b=c", "Server: x"),
        *sent,
    ]


# ---------------------------------------------------------------------- others'


def test_a_time_in_milliseconds_is_understood(opened):
    assert [frame.at for frame in frames(opened(websocket(message(at=AT * 1000 + 250))))] == [AT + 0.25]


@pytest.mark.parametrize("at", [-1, None, "soon", 13718.79, 1e300, [], True])
def test_a_message_without_a_time_keeps_its_place(opened, at):
    found = frames(opened(websocket(message("1", at=AT + 1), message("2", at=at), message("3", at=AT + 2))))
    assert [(frame.payload, frame.at) for frame in found] == [(b"1", AT + 1), (b"2", AT + 1), (b"3", AT + 2)]


def test_messages_stay_in_their_order_whatever_their_times(opened):
    found = frames(
        opened(websocket(message("1", at=AT + 2), message("2", at=AT + 1), message("3", at=AT + 3)))
    )
    assert [frame.payload for frame in found] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("url", ["http://a/b", "ws://a/b", "ws://user:secret@a/b"])
def test_a_url_is_a_websockets_without_a_user(opened, url):
    assert opened(websocket(message(), url=url)).header.url == "ws://a/b"


def test_a_url_of_https_is_wss(opened):
    assert opened(websocket(message(), url="https://a/")).header.url == "wss://a/"


@pytest.mark.parametrize("name", ["_resourceType", "request", "response", "startedDateTime"])
def test_a_field_that_is_missing_or_of_another_kind_is_no_obstacle(opened, name):
    for entry in (
        without(websocket(message()), name),
        websocket(message(), **{name: 5}),
        websocket(message(), **{name: None}),
    ):
        found = opened(entry)
        assert found.connections == 1
        (frame,) = frames(found)
        assert (frame.payload, frame.at) == (b"1", AT)


def test_connections_take_turns_and_it_is_said_whose(opened):
    one = websocket(message("1", at=AT + 1), message("3", at=AT + 3), url="ws://one/")
    two = websocket(message("2", at=AT + 2), message("4", at=AT + 4), url="ws://two/")
    told = [
        entry.payload.decode() if isinstance(entry, Frame) else entry.text
        for entry in opened(one, two).entries
    ]
    assert told == [
        "connected · HTTP 101 · connection 1 · ws://one/",
        "connected · HTTP 101 · connection 2 · ws://two/",
        "connection 1 · ws://one/",
        "1",
        "connection 2 · ws://two/",
        "2",
        "connection 1 · ws://one/",
        "3",
        "connection 2 · ws://two/",
        "4",
    ]


def test_a_refused_handshake_is_told_of(opened):
    refused = websocket(status=403, url="ws://no/")
    found = notices(opened(refused, websocket(message())))
    assert (found[0].kind, found[0].text) == (ERROR, "not connected · HTTP 403 · connection 1 · ws://no/")


def test_messages_without_an_answer_are_a_connection_all_the_same(opened):
    found = notices(opened(websocket(message(kind=["send"]), message(), status=-1)))
    assert (found[0].kind, found[0].text) == (INFO, "connected · ws://a/")


def test_how_it_ended_is_told_where_the_har_does(opened):
    close = {"code": 4000, "reason": "so long", "timestamp": AT + 9}
    found = notices(opened(websocket(message(), _webSocketClose=close)))
    assert (found[-1].at, found[-1].text) == (AT + 9, "closed · 4000 · so long")


def test_messages_of_other_opcodes_are_frames_too(opened):
    found = frames(opened(websocket(message("aGk=", opcode=9), message("A+g=", opcode=8))))
    assert [(frame.opcode, frame.payload) for frame in found] == [
        (Opcode.PING, b"hi"),
        (Opcode.CLOSE, b"\x03\xe8"),
    ]


@pytest.mark.parametrize(
    ("damaged", "lacking"),
    [
        (message(kind="sideways"), "type"),
        (message(kind=None), "type"),
        (message(kind=["send"]), "type"),
        (message(opcode=7), "opcode"),
        (message(opcode="1"), "opcode"),
        (message(opcode=None), "opcode"),
        (message(data=None), "data"),
        (message(data={"a": 1}), "data"),
        (message("no base64!", opcode=2), "base64"),
        (message("é", opcode=2), "base64"),
        (message("AAA", opcode=2), "base64"),
        (5, "type"),
        (None, "type"),
        ([], "type"),
        ({}, "type"),
    ],
)
def test_a_damaged_message_is_told_of_and_the_rest_is_read(opened, damaged, lacking):
    entries = list(opened(websocket(message("1"), damaged, message("3"))).entries)[1:]
    assert [entry.payload for entry in (entries[0], entries[2])] == [b"1", b"3"]
    assert entries[1].kind is ERROR
    assert entries[1].text == f"message 2 is damaged: its {lacking} is missing or none"


def test_half_a_character_becomes_what_it_is_on_the_wire(opened):
    data = document(websocket(message("@"), message("2"))).replace(
        b'"@"', rb'"\ud800 \\ud800 \\\ud800 \ud83d\ude00 \uDC00 \ud83d\" \n"'
    )
    first, second = frames(opened(data))
    assert first.payload.decode() == '\ufffd \\ud800 \\\ufffd \U0001f600 \ufffd \ufffd" \n'
    assert second.payload == b"2"


def test_half_a_character_anywhere_is_no_obstacle(opened):
    entry = websocket(message(), comment="\ud800")
    data = document(entry, comment="\udc00")
    assert rb"\udc00" in data
    assert [frame.payload for frame in frames(opened(data))] == [b"1"]


def test_a_byte_order_mark_and_spaces_are_no_obstacle(opened):
    data = (
        b"\xef\xbb\xbf" + json.dumps(json.loads(document(websocket(message()))), indent=3).encode() + b"\n\n"
    )
    assert [frame.payload for frame in frames(opened(data))] == [b"1"]


def test_a_har_of_many_messages_is_read_one_by_one(opened):
    found = opened(websocket(*(message(str(number), at=AT + number / 8) for number in range(50_000))))
    payloads = [entry.payload for entry in found.entries if isinstance(entry, Frame)]
    assert payloads == [b"%d" % number for number in range(50_000)]


@given(
    replaced=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    ),
    place=st.integers(0, 400),
)
def test_whatever_stands_anywhere_is_read_or_refused_in_words(tmp_path_factory, replaced, place):
    original = json.loads(CHROME_HAR.read_text())
    changed = copy.deepcopy(original)
    slots = [(parent, key) for parent in containers(changed) for key in keys(parent)]
    parent, key = slots[place % len(slots)]
    parent[key] = replaced
    path = tmp_path_factory.mktemp("har") / "changed.har"
    path.write_text(json.dumps(changed))
    with suppress(ClientError):
        for entry in open_har(path).entries:
            assert isinstance(entry, Frame | Notice)
            assert math.isfinite(entry.at)


def containers(value):
    if isinstance(value, dict | list):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from containers(each)


def keys(container):
    return list(container) if isinstance(container, dict) else range(len(container))


# ---------------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no HAR"),
        (b"{}", "is no HAR"),
        (b"[]", "is no HAR"),
        (b'{"log": 5}', "is no HAR"),
        (b'{"log": {"entries": 5}}', "is no HAR"),
        (b'{"log": {"entries": [', "is no HAR (Input data was truncated)"),
        (b"\xff\xfe\x00", "is no HAR (JSON is malformed"),
        (b"[" * 100_000, "is no HAR"),
        (b'{"log":' + b"[" * 100_000, "is no HAR"),
        (document(), "has no WebSocket connection"),
        (document(5, None, "x", {}), "has no WebSocket connection"),
        (
            document({"request": {"url": "https://a/"}, "response": {"status": 200}}),
            "has no WebSocket connection",
        ),
        (
            document(websocket()),
            "has 1 WebSocket connection, but none of the messages: export it from Chrome",
        ),
        (
            document(*[without(websocket(), "_webSocketMessages")] * 2),
            "has 2 WebSocket connections, but none",
        ),
        (document({"request": {"url": "wss://a/"}}), "has 1 WebSocket connection, but none"),
    ],
    ids=lambda given: repr(given[:30]),
)
def test_what_has_no_messages_is_refused_in_words(opened, data, reason):
    with pytest.raises(ClientError) as told:
        opened(data)
    assert told.value.title == "Cannot open"
    assert f"session.har {reason}" in told.value.message
    assert len(told.value.message) < 300


def test_what_cannot_be_read_is_refused_in_words(tmp_path):
    for path, reason in {tmp_path: "Is a directory", tmp_path / "none": "No such file"}.items():
        with pytest.raises(ClientError, match=reason):
            open_har(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.har"
    with path.open("wb") as file:
        file.truncate(2**30 + 1)
    assert path.stat().st_blocks == 0
    with pytest.raises(ClientError, match="too much for a HAR"):
        open_har(path)


def test_a_descriptor_is_taken_over(tmp_path):
    path = tmp_path / "session.har"
    path.write_bytes(document(websocket(message())))
    descriptor = os.open(path, os.O_RDONLY)
    os.lseek(descriptor, 0, os.SEEK_END)
    assert len(frames(open_har(descriptor))) == 1
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@pytest.mark.parametrize(
    ("head", "is_har"),
    [
        (b'{"log":{', True),
        (b'\xef\xbb\xbf\r\n { "log" : ', True),
        (b'{"recording":1', False),
        (b'{"logs":{', False),
        (b"", False),
        (b"\x89PNG", False),
    ],
)
def test_a_har_is_known_by_its_beginning(head, is_har):
    assert looks_like_har(head) is is_har
    assert looks_like_har(CHROME_HAR.read_bytes()[:100])
