import io
import json
import math
import os
import subprocess
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.exports import FORMATS, MOST_LEVELS, export
from client_tui.record.lines import Header, time_text
from client_tui.record.opened import OpenedRecording

AT = 1_700_000_000.25
HEADER = Header("0.1.0", "ws://host/chat", AT)


def frame(payload, opcode=Opcode.TEXT, at=AT):
    return Frame(at, Direction.RECEIVED, opcode, payload)


def notice(text="news", detail="", at=AT):
    return Notice(at, NoticeKind.INFO, text, detail)


def written(entries, to):
    out = io.BytesIO()
    assert export(iter(entries), HEADER, to, out) == len(entries)
    return out.getvalue()


entries = st.lists(
    st.builds(Frame, st.floats(0, 4e9), st.sampled_from(Direction), st.sampled_from(Opcode), st.binary())
    | st.builds(
        Frame,
        st.just(AT),
        st.sampled_from(Direction),
        st.sampled_from(Opcode),
        st.text(' {}[]",:1e-\\u0').map(str.encode),
    )
    | st.builds(Notice, st.floats(0, 4e9), st.sampled_from(NoticeKind), st.text(), st.text())
)


# ---------------------------------------------------------------------- ndjson


def test_ndjson_can_be_opened_again(tmp_path):
    given = [notice(), frame(b"{}"), frame(b"\xff" * 10), frame(b"x" * 600_000), frame(b"", Opcode.PING)]
    path = tmp_path / "session.jsonl"
    path.write_bytes(written(given, "ndjson"))
    recording = OpenedRecording(path)
    found = []
    while some := recording.read(100):
        found += some
    assert (recording.header, found, recording.torn) == (HEADER, given, "")
    recording.close()


def test_numbers_are_given_anew():
    lines = written([notice(), frame(b"1"), frame(b"2")], "ndjson").splitlines()
    assert [json.loads(line).get("seq") for line in lines] == [None, 1, 2, 3]


@pytest.mark.parametrize("to", FORMATS)
def test_what_has_no_time_gets_that_of_the_entry_before(to):
    text = written([notice("a", at=math.nan), frame(b"1", at=AT + 5), notice("b", at=math.nan)], to).decode()
    assert "1970" not in text
    if to != "har":
        assert text.count(time_text(AT)[11:23]) == (1 if to == "markdown" else 2)
        assert text.count(time_text(AT + 5)[11:23]) == 2


# ---------------------------------------------------------------------- json


def test_json_is_one_document():
    given = [notice("a", "b"), frame(b'{"a": [1]}'), frame(b"no json"), frame(b"\x00\xff", Opcode.BINARY)]
    assert json.loads(written(given, "json")) == {
        "recording": {"recording": 1, "client": "0.1.0", "url": "ws://host/chat", "started": time_text(AT)},
        "entries": [
            {"seq": 1, "time": time_text(AT), "event": "info", "text": "a", "detail": "b"},
            {
                "seq": 2,
                "time": time_text(AT),
                "direction": "received",
                "opcode": "text",
                "payload": '{"a": [1]}',
                "json": {"a": [1]},
            },
            {
                "seq": 3,
                "time": time_text(AT),
                "direction": "received",
                "opcode": "text",
                "payload": "no json",
            },
            {
                "seq": 4,
                "time": time_text(AT),
                "direction": "received",
                "opcode": "binary",
                "payload_base64": "AP8=",
            },
        ],
    }


def test_no_number_is_changed_in_json():
    payload = b' {"a": 1.10, "b": 12345678901234567890123, "c": -0, "d": 1e400, "a": 2}\n'
    assert b',"json":' + payload.strip() + b"}" in written([frame(payload)], "json")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b" ",
        b"{",
        b"NaN",
        b'"\\ud800"',
        b'"\xff"',
        b"[" * (MOST_LEVELS + 1) + b"]" * (MOST_LEVELS + 1),
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 100_000,
        b"1, 2",
        b'1}, {"x": 1',
    ],
    ids=lambda payload: repr(payload[:10]),
)
def test_what_would_spoil_the_document_is_a_string_only(payload):
    (entry,) = json.loads(written([frame(payload)], "json"))["entries"]
    assert "json" not in entry
    assert ("payload" in entry) or ("payload_base64" in entry)


@pytest.mark.parametrize(
    "payload",
    [
        b"[" * MOST_LEVELS + b"]" * MOST_LEVELS,
        b"[" + b'{"[[[[": "]]]{\\"{{"},' * 30_000 + b"0]",
        b"null",
        b'"x"',
    ],
    ids=lambda payload: repr(payload[:10]),
)
def test_what_is_not_too_deep_is_embedded(payload):
    (entry,) = json.loads(written([frame(payload)], "json"))["entries"]
    assert entry["json"] == json.loads(payload)


def test_a_pings_payload_is_not_looked_into():
    assert b'"json":' not in written([frame(b"1", Opcode.PING)], "json")


def test_jq_can_ask_for_a_field():
    ticks = [frame(b'{"type": "tick", "n": %d}' % number) for number in range(3)]
    document = written([notice(), *ticks, frame(b"x" * 300_000), frame(b'"\\ud800"')], "json")
    try:
        done = subprocess.run(
            ["jq", "-c", '[.entries[] | select(.json.type? == "tick") | .json.n]'],
            input=document,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        pytest.skip("jq is not installed")
    assert done.stdout == b"[0,1,2]\n"


@given(entries)
def test_whatever_is_in_it_json_is_one_document_with_every_entry(given):
    document = json.loads(written(given, "json"))
    assert [entry["seq"] for entry in document["entries"]] == list(range(1, len(given) + 1))
    for entry, original in zip(document["entries"], given, strict=True):
        if "json" in entry:
            assert entry["json"] == json.loads(original.payload)


# ---------------------------------------------------------------------- all of them


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_at_all_can_be_exported(to):
    assert written([], to).endswith(b"\n")


@pytest.mark.parametrize("to", FORMATS)
def test_memory_does_not_grow_with_the_number_of_entries(to):
    def peak(count):
        made = (
            frame(b'{"n": %d, "text": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}' % n)
            for n in range(count)
        )
        with open(os.devnull, "wb") as out:  # noqa: PTH123 - nothing is kept of it
            tracemalloc.start()
            assert export(made, HEADER, to, out) == count
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    few, many = peak(2_000), peak(6_000)
    assert many < few + 200_000  # as many more frames are 600 kB in any of the formats


@pytest.mark.parametrize("to", FORMATS)
def test_a_disk_that_is_full_is_an_error(to):
    with open("/dev/full", "wb", buffering=0) as out, pytest.raises(OSError, match="No space"):  # noqa: PTH123
        export([frame(b"{}")], HEADER, to, out)


def test_a_format_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        export([], HEADER, "yaml", io.BytesIO())
