import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core import wording
from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.states import Handshake
from client_tui.record.har import har
from client_tui.record.lines import Header

AT = 1_795_344_020.990085
HEADER = Header("0.1.0", "wss://host:8443/chat?x=1&y=%20a&x=#part", AT)


def frame(payload, direction=Direction.RECEIVED, opcode=Opcode.TEXT, at=AT):
    return Frame(at, direction, opcode, payload)


def connected(at=AT, headers=()):
    return wording.connected(at, Handshake(101, "daphne", "", 0.004, tuple(headers)))


def written(entries, header=HEADER):
    return json.loads(b"".join(har(entries, header)).decode())["log"]


def connection(entries, header=HEADER):
    (found,) = written(entries, header)["entries"]
    return found


def test_the_log_is_har_1_2():
    log = written([])
    assert log == {
        "version": "1.2",
        "creator": {"name": "jsonws-tui", "version": "0.1.0"},
        "pages": [],
        "entries": [],
    }


def test_messages_are_as_chrome_has_them():
    found = connection(
        [
            connected(),
            frame('{"a": 1.10, "text": "世界"}'.encode(), Direction.SENT),
            frame(b"\x00\xff\x01\x02", opcode=Opcode.BINARY, at=AT + 0.5),
            frame(b""),
        ]
    )
    assert found["_webSocketMessages"] == [
        {"type": "send", "time": AT, "opcode": 1, "data": '{"a": 1.10, "text": "世界"}'},
        {"type": "receive", "time": AT + 0.5, "opcode": 2, "data": "AP8BAg=="},
        {"type": "receive", "time": AT, "opcode": 1, "data": ""},
    ]


def test_an_entry_has_the_keys_of_chromes_own(chrome_har):
    ours = connection([connected(headers=[("Server", "a")]), frame(b"1")])
    theirs = next(each for each in chrome_har["log"]["entries"] if each["_resourceType"] == "websocket")
    for part in ("request", "response", "timings"):
        assert set(theirs[part]) >= set(ours[part])
        assert set(theirs[part]) - set(ours[part]) <= {"_fetchedViaServiceWorker"}
    assert set(theirs) - set(ours) <= {"pageref", "connection"}
    assert set(ours) <= set(theirs)
    for name in ("_resourceType", "cache"):
        assert ours[name] == theirs[name]
    for name in ("method", "httpVersion"):
        assert ours["request"][name] == theirs["request"][name]
    for name in ("status", "statusText", "httpVersion", "_error"):
        assert ours["response"][name] == theirs["response"][name]
    for key, value in ours["_webSocketMessages"][0].items():
        assert type(theirs["_webSocketMessages"][0][key]) is type(value)


def test_the_request_is_the_url_and_its_query():
    request = connection([frame(b"1")])["request"]
    assert request["url"] == "wss://host:8443/chat?x=1&y=%20a&x="
    assert request["queryString"] == [
        {"name": "x", "value": "1"},
        {"name": "y", "value": " a"},
        {"name": "x", "value": ""},
    ]
    assert request["headers"] == request["cookies"] == []


def test_times_are_of_the_first_and_the_last_entry():
    found = connection([connected(), frame(b"1", at=AT + 1.5), frame(b"2", at=AT + 1.25)])
    assert found["startedDateTime"] == "2026-11-22T10:40:20.990Z"
    assert found["time"] == found["timings"]["receive"] == 1500.0


def test_the_answers_headers_are_those_that_may_be_written():
    headers = [("Server", "a"), ("Set-Cookie", "s=1"), ("X-Twice", "1"), ("X-Twice", "a:b")]
    response = connection([connected(headers=headers)])["response"]
    assert response["status"] == 101
    assert response["headers"] == [
        {"name": "Server", "value": "a"},
        {"name": "X-Twice", "value": "1"},
        {"name": "X-Twice", "value": "a:b"},
    ]


def test_each_connection_is_an_entry():
    found = written(
        [
            Notice(AT, NoticeKind.ERROR, "refused: nothing listens on host:8443"),
            Notice(AT, NoticeKind.INFO, "trying again"),
            connected(AT + 1),
            frame(b"1"),
            Notice(AT + 2, NoticeKind.WARNING, "connection lost · 1006"),
            connected(AT + 3),
            frame(b"2"),
            Notice(AT + 4, NoticeKind.INFO, "closed by this client · 1000"),
        ]
    )["entries"]
    assert [each["response"]["status"] for each in found] == [0, 101, 101]
    assert [[message["data"] for message in each["_webSocketMessages"]] for each in found] == [
        ["refused: nothing listens on host:8443"],
        ["1", "connection lost · 1006"],
        ["2"],
    ]
    assert found[0]["_webSocketMessages"][0] == {
        "type": "error",
        "time": AT,
        "opcode": -1,
        "data": "refused: nothing listens on host:8443",
    }


def test_frames_without_a_word_of_the_connection_are_one_of_their_own():
    found = written([frame(b"1"), frame(b"2"), connected(), frame(b"3")])["entries"]
    assert [len(each["_webSocketMessages"]) for each in found] == [2, 1]


def test_control_frames_are_left_out_as_chrome_does():
    entries = [frame(b"x", opcode=opcode) for opcode in Opcode if opcode.is_control]
    assert written(entries)["entries"] == []
    assert connection([connected(), *entries])["_webSocketMessages"] == []


def test_text_that_is_not_utf_8_is_written_as_binary():
    (message,) = connection([frame(b"a\xff")])["_webSocketMessages"]
    assert (message["opcode"], message["data"]) == (2, "Yf8=")


def test_words_and_urls_that_are_not_utf_8_are_escaped():
    header = Header("\udcff", "ws://a/\udcff\ud800", AT)
    found = connection([Notice(AT, NoticeKind.ERROR, "\udcff")], header)
    assert found["request"]["url"] == "ws://a/\\udcff\\ud800"
    assert found["_webSocketMessages"][0]["data"] == "\\udcff"


@pytest.mark.parametrize("url", ["", "ws://[", "ws://a:b:c", "nothing", "\x00", "ws://a?\x00=%ff&&=="])
def test_any_url_makes_a_har(url):
    assert connection([frame(b"1")], Header("1", url, AT))["request"]["method"] == "GET"


@given(
    st.lists(
        st.builds(Frame, st.floats(0, 4e9), st.sampled_from(Direction), st.sampled_from(Opcode), st.binary())
        | st.builds(Notice, st.floats(0, 4e9), st.sampled_from(NoticeKind), st.text(), st.text())
        | st.just(connected())
    )
)
def test_whatever_is_in_it_it_is_json_and_holds_every_message(entries):
    log = written(entries)
    messages = [message for each in log["entries"] for message in each["_webSocketMessages"]]
    expected = [
        entry
        for entry in entries
        if (entry.opcode < Opcode.CLOSE if isinstance(entry, Frame) else entry.kind is not NoticeKind.INFO)
    ]
    assert len(messages) == len(expected)


def test_it_is_written_as_the_entries_come():
    def endless():
        yield connected()
        while True:
            yield frame(b"x" * 1000)

    pieces = har(endless(), HEADER)
    size = sum(len(next(pieces)) for _ in range(1000))
    assert size > 900_000
