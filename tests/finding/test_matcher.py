import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.finding.blocks import Blocks
from client_tui.finding.matcher import Matcher, WrongQueryError
from client_tui.record.lines import decode_or_tell
from tests.support.recorded import AT, Recorded, control, notice, sent, text

QUERIES = [
    *(
        "",
        "tick",
        "TICK",
        "a/b",
        "-tick",
        "é",
        "k",
        "ss",
        '"\\""',
        "\\",
        "s",
        "damaged",
        "begins",
        "/t.ck/",
        "/^$/",
    ),
    *("dir:sent", "is:json", "is:error", "is:binary", "is:control", "is:notice", "is:invalid", "size>3", "1"),
    *('.type == "tick"', ".", "jq: length > 1", ".[]?", '.type == "tick" and .x == "a/b"', "tick .type"),
]
TEXTS = st.sampled_from(
    [
        *(
            '{"type":"tick"}',
            '{"type":"\\u0074ick","x":"a\\/b"}',
            '{"type":"tick","x":"a/b"}',
            "TICK",
            "[1,2]",
            "",
        ),
        *("\u212a", "ß", "É", '\\ "quoted"', "\x00\x1f\x7f", "[1", '{"error":1}', '"\\ud800"', "😀 tick"),
    ]
)
PAYLOADS = (
    TEXTS.map(str.encode) | st.sampled_from([b"\xff", b"tick\xfe", b"\xed\xa0\x80"]) | st.binary(max_size=4)
)
FRAMES = st.builds(Frame, st.just(AT), st.sampled_from(Direction), st.sampled_from(Opcode), PAYLOADS)
NOTICES = st.builds(Notice, st.just(AT), st.sampled_from(NoticeKind), TEXTS, TEXTS)
ODD_LINES = st.sampled_from(
    [
        *(
            b"\n",
            b"tick\n",
            b'{"recording":1,"url":"ws://tick","started":"2026-11-22T12:01:02Z"}\n',
            b"\0\0\n",
        ),
        b'{"time":"2026-11-22T12:01:02Z","direction":"sent","opcode":"text","payload":"a\\/b \\u0074ick"}\n',
        b'{"time":"2026-11-22T12:01:02Z","direction":"sent","opcode":"text","payload":"\\udc80"}\n',
        b'{"time":"2026-11-22T12:01:02Z","direction":"sent","opcode":"text","payload_base64":"?"}\n',
    ]
)


def ignore(_index):
    """Nobody wants to know."""


def block_of(recorded):
    blocks = Blocks(recorded.fileno())
    blocks.learn(0, recorded.bounds(0))
    return blocks.read(range(len(blocks)))


def looked_at(line, recorded):
    return list(Matcher([line], control=True).look(block_of(recorded), ignore).hits)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(FRAMES | NOTICES | ODD_LINES, min_size=1, max_size=12), st.sampled_from(QUERIES), st.booleans()
)
def test_a_block_is_looked_at_as_each_of_its_entries(tmp_path, lines, query, control):
    recorded = Recorded(tmp_path / "recording.jsonl")
    for line in lines:
        recorded.append_line(line) if isinstance(line, bytes) else recorded.append(line)
    block = block_of(recorded)
    matcher = Matcher([query], control=control)
    expected = [
        place
        for place in range(len(block))
        if matcher.matches(decode_or_tell(block.data[block.edges[place] : block.edges[place + 1]], place + 2))
    ]
    for _ in range(2):  # once its lines were read, some can be passed over
        assert list(matcher.look(block, ignore).hits) == expected
    backwards = matcher.look(block, ignore, backwards=True)
    assert list(backwards.hits) == expected[::-1]
    assert (backwards.start, backwards.end) == (0, len(block))
    recorded.close()


def test_all_queries_hold(record):
    recorded = record(text('{"x":1,"y":"tick"}'), text("tick"), text('{"x":1}'))
    matcher = Matcher(["tick", ".x", "/1/"], control=False)
    assert list(matcher.look(block_of(recorded), ignore).hits) == [0]
    assert matcher.matches(text('{"x":1,"y":"tick"}'))
    assert not matcher.matches(text("tick"))


def test_control_frames_are_left_out(record):
    recorded = record(control(Opcode.PING, b"[1]"), text("[1]"), notice("[1]"))
    block = block_of(recorded)
    for query, expected in (("1", [1, 2]), (".", [1]), ("", [1, 2])):
        assert list(Matcher([query], control=False).look(block, ignore).hits) == expected
    for query, expected in (("1", [0, 1, 2]), (".", [1]), ("", [0, 1, 2])):
        assert list(Matcher([query], control=True).look(block, ignore).hits) == expected


@pytest.mark.parametrize("query", ["/a/", ".a", "/a/ .a"])
@pytest.mark.parametrize("backwards", [False, True])
def test_it_stops_when_its_time_is_over(record, query, backwards):
    block = block_of(record(*[text('{"a":1}')] * 50))
    matcher = Matcher([query], control=False)
    looked, hits = set(), []
    while len(looked) < 50:
        left = sorted(set(range(50)) - looked)
        rest = block_of_range(block, left)
        result = matcher.look(rest, ignore, backwards=backwards, until=-math.inf)
        assert result.end - result.start >= 1
        assert not looked & set(range(result.start, result.end))
        looked |= set(range(result.start, result.end))
        hits += result.hits
    assert sorted(hits) == list(range(50))
    assert len(hits) == 50


def block_of_range(block, left):
    """Return the part of a block with these lines, which follow one another."""
    low, high = left[0], left[-1] + 1
    start, end = block.edges[low], block.edges[high]
    edges = [edge - start for edge in block.edges[low : high + 1]]
    return type(block)(block.data[start:end], edges, low, block.are_sound)


@pytest.mark.parametrize("query", ["/a/", "."])
def test_it_tells_of_each_entry_that_may_take_long(record, query):
    told = []
    Matcher([query], control=False).look(block_of(record(*[text("[1]")] * 3)), told.append, backwards=True)
    assert told == [2, 1, 0]


def test_what_is_too_large_for_jq_is_counted(record, monkeypatch):
    monkeypatch.setattr("client_tui.finding.jq_program.LARGEST", 10)
    recorded = record(text("[1]"), text("[1,2,3,4,5,6]"), sent("[1,2,3,4,5,6]"), text("[2]"))
    result = Matcher(["dir:received .[0]"], control=False).look(block_of(recorded), ignore)
    assert (list(result.hits), result.unread) == ([0, 3], 1)
    assert not Matcher(["."], control=False).matches(text("[1,2,3,4,5,6]"))


@pytest.mark.parametrize(
    ("queries", "number", "place"),
    [(["dir:x"], 0, (4, 5)), (["a", "b .type =="], 1, (8, 10)), (["/a", ".a ="], 0, (0, 2))],
)
def test_a_query_that_is_wrong(queries, number, place):
    with pytest.raises(WrongQueryError) as caught:
        Matcher(queries, control=False)
    mistake = caught.value.mistake
    assert (caught.value.query, (mistake.start, mistake.end)) == (number, place)
    assert str(caught.value) == mistake.reason


def test_words_in_a_damaged_line_are_not_its_own(record):
    recorded = record(text("x"))
    recorded.append_line(b"tock\n")
    recorded.append(text("damaged goods"))
    assert looked_at("damaged", recorded) == [1, 2]
    assert looked_at("tock", recorded) == [1]
