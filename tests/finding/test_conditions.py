import pytest

from client_tui.core.frame import Direction, Frame, NoticeKind, Opcode
from client_tui.core.query import Is, Kind, parse
from client_tui.finding.conditions import condition, conditions, is_data
from client_tui.finding.seen import see_entry
from tests.support.recorded import AT, binary, control, notice, sent, text


def matches(line, entry, *, control=True):
    quick, slow = conditions(parse(line).terms, control=control)
    return all(holds(see_entry(entry)) for holds in (*quick, *slow))


@pytest.mark.parametrize(
    ("line", "payload"),
    [
        ("tick", '{"type":"TICK"}'),
        ("TICK", '{"type":"tick"}'),
        ("é", "É"),
        ("strasse", "Straße"),
        ("STRASSE", "straße"),
        ("kelvin", "\u212aelvin"),
        ("世界", '{"who":"世界"}'),
        ("tick", b"\xff tick \xfe"),
        ('"a b"', "xa b"),
        ('{"x":1}', '[{"X":1}]'),
        ("a b", "b, then a"),
        ('" "', "a b"),
        ("/t.ck/", "a tack"),
        ("/T.CK/i", "a tack"),
        ("/^a.b$/", "a b"),
        ("/\\udcff/", b"\xff"),
        ("/^$/", ""),
        ("-tick", "tock"),
        ("-/t.ck/", "tok"),
        ("size>1k", "x" * 1001),
        ("size>=2", "é"),
        ("size<3", "é"),
        ("size=0", ""),
        ("size<=1", "x"),
        ("-size>1k", "x"),
        ("", "anything"),
    ],
)
def test_a_frame_that_matches(line, payload):
    assert matches(line, text(payload))


@pytest.mark.parametrize(
    ("line", "payload"),
    [
        ("tick", "tock"),
        ("é", "e"),
        ("世", "x"),
        ("tick tock", "tick"),
        ("/T.CK/", "tack"),
        ("/a.b/", "a\nb"),
        ("-tick", "Tick"),
        ("size>1k", "x" * 1000),
        ("size=1", "é"),
        ("size<2", "é"),
        ("size>0", ""),
    ],
)
def test_a_frame_that_does_not(line, payload):
    assert not matches(line, text(payload))


@pytest.mark.parametrize(
    "line", ["HANDSHAKE", "/refused/", "server:", "/^Server/", "-tick", "-dir:sent", "-size>=0"]
)
def test_notices_are_found_by_their_words(line):
    assert matches(line, notice("Handshake refused", "Server: daphne"))


@pytest.mark.parametrize(
    "line", ["tick", "/refused.*daphne/", "dir:sent", "dir:received", "size>=0", "-refused"]
)
def test_notices_that_do_not_match(line):
    assert not matches(line, notice("handshake refused", "server: daphne"))


def test_directions():
    assert matches("dir:sent", sent("x"))
    assert not matches("dir:sent", text("x"))
    assert matches("dir:in", text("x"))
    assert not matches("-dir:in", text("x"))


ENTRIES = {
    "an object": text('{"x":1}'),
    "json in a binary frame": binary(b"[1]"),
    "bytes": binary(b"\x00\xff"),
    "words": text("hello"),
    "not UTF-8": text(b"\xff"),
    "nothing": text(""),
    "no bytes": binary(b""),
    "half of a character": text('"\\ud800"'),
    "much": text("[" + "1," * 50_000 + "1]"),
    "an error": text('{"error":{"code":1}}'),
    "news": notice("connected"),
    "a warning": notice("lost", kind=NoticeKind.WARNING),
    "a failure": notice("refused", kind=NoticeKind.ERROR),
    "a ping": control(Opcode.PING, b"[]"),
    "a pong": control(Opcode.PONG),
    "a farewell": control(Opcode.CLOSE, (1000).to_bytes(2) + b"bye"),
    "going away": control(Opcode.CLOSE, (1001).to_bytes(2)),
    "a failing end": control(Opcode.CLOSE, (1011).to_bytes(2) + b"oops"),
    "an end without a code": control(Opcode.CLOSE),
}
CONTROL = {"a ping", "a pong", "a farewell", "going away", "a failing end", "an end without a code"}
NOTICES = {"news", "a warning", "a failure"}
BINARY = {"json in a binary frame", "bytes", "no bytes"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.JSON, {"an object", "json in a binary frame", "half of a character", "much", "an error"}),
        (Kind.TEXT, set(ENTRIES) - CONTROL - NOTICES - BINARY),
        (Kind.BINARY, BINARY),
        (Kind.ERROR, {"an error", "a failure", "a failing end"}),
        (Kind.NOTICE, NOTICES),
        (Kind.CONTROL, CONTROL),
        (Kind.PING, {"a ping"}),
        (Kind.PONG, {"a pong"}),
        (Kind.CLOSE, CONTROL - {"a ping", "a pong"}),
        (Kind.INVALID, {"words", "not UTF-8"}),
        (Kind.EMPTY, {"nothing", "no bytes", "a pong", "an end without a code"}),
        (Kind.LARGE, {"much"}),
    ],
)
def test_kinds(kind, names):
    holds = condition(Is(kind))
    assert {name for name, entry in ENTRIES.items() if holds(see_entry(entry))} == names
    assert matches(f"-is:{kind.value}", ENTRIES["an object"]) is ("an object" not in names)


def test_without_control_frames():
    found = {name for name, entry in ENTRIES.items() if matches("", entry, control=False)}
    assert found == set(ENTRIES) - CONTROL


def test_the_frames_that_carry_data():
    assert {name for name, entry in ENTRIES.items() if is_data(see_entry(entry))} == set(
        ENTRIES
    ) - CONTROL - NOTICES


def test_what_may_take_long_comes_last():
    quick, slow = conditions(parse("/a/ tick is:json dir:sent .x").terms, control=True)
    assert (len(quick), len(slow)) == (3, 1)
    assert not quick[0](see_entry(text("tick")))  # the direction is the cheapest


def test_bytes_are_counted_and_not_characters():
    assert not matches("size=3", Frame(AT, Direction.SENT, Opcode.TEXT, b"\xff\xff"))
    assert matches("size=2", Frame(AT, Direction.SENT, Opcode.TEXT, b"\xff\xff"))


@pytest.mark.filterwarnings("error")
def test_a_regular_expression_that_python_warns_of():
    assert matches("/[[a]/", text("["))
