from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given

from client_tui.core.jsontext import LARGE, Empty, Incomplete, Invalid, Kind, Valid, check, is_json
from client_tui.core.jsontext.check import SLOWLY

from .strategies import documents, is_grammatical, texts


@given(documents)
def test_every_document_is_valid(text: str) -> None:
    outcome = check(text)
    assert isinstance(outcome, Valid)
    assert outcome.size == len(text.encode())


@given(documents)
def test_no_beginning_of_a_document_is_invalid(text: str) -> None:
    for end in range(len(text)):
        outcome = check(text[:end])
        assert isinstance(outcome, Empty | Incomplete | Valid), text[:end]


@given(texts)
def test_the_grammar_decides(text: str) -> None:
    assert isinstance(check(text), Valid) == is_grammatical(text)


STRING_ENDS = ['"', 'n"', '0"', '00"', '000"', '0000"']
TOKEN_ENDS = ["", "0", "rue", "ue", "e", "alse", "lse", "se", "ull", "ll", "l", *STRING_ENDS]
MEMBER_ENDS = ["", "0", ":0", '"":0']


@given(texts)
def test_an_incomplete_text_can_be_completed(text: str) -> None:
    outcome = check(text)
    if not isinstance(outcome, Incomplete):
        return
    closers = "".join(
        "]" if each.kind is Kind.ARRAY else "}" for each in outcome.opened if each.kind is not Kind.STRING
    )
    endings = (f"{token}{member}{closers[::-1]}" for token, member in product(TOKEN_ENDS, MEMBER_ENDS))
    assert any(is_grammatical(text + ending) for ending in endings)
    assert outcome.place.start == outcome.place.end == len(text)


@given(texts)
def test_an_invalid_place_underlines_something_and_names_its_line(text: str) -> None:
    outcome = check(text)
    if not isinstance(outcome, Invalid):
        return
    where = outcome.place
    assert 0 <= where.start < where.end <= len(text)
    before = text[: where.start]
    assert where.line == before.count("\n") + 1
    assert where.column == len(before.split("\n")[-1]) + 1
    assert outcome.reason


@pytest.mark.parametrize("text", ["", " ", "\n\r\t  "])
def test_white_space_is_empty(text: str) -> None:
    assert check(text) == Empty()


@pytest.mark.parametrize(
    ("text", "kind", "members"),
    [
        ("{}", Kind.OBJECT, 0),
        (' { "a": [1, 2], "b": {"c": 1} } ', Kind.OBJECT, 2),
        ('{"a": 1, "a": 2}', Kind.OBJECT, 2),
        ("[ ]", Kind.ARRAY, 0),
        ("[1e400, [2, 3]]", Kind.ARRAY, 2),
        ('"\u2028\u2029"', Kind.STRING, None),
        (r'"\ud800"', Kind.STRING, None),
        ("-0", Kind.NUMBER, None),
        ("1e400", Kind.NUMBER, None),
        ("true", Kind.BOOLEAN, None),
        ("false", Kind.BOOLEAN, None),
        ("null", Kind.NULL, None),
    ],
)
def test_a_valid_text_is_described(text: str, kind: Kind, members: int | None) -> None:
    outcome = check(text)
    assert isinstance(outcome, Valid)
    assert (outcome.kind, outcome.members, outcome.size) == (kind, members, len(text.encode()))


def test_the_size_is_in_bytes() -> None:
    outcome = check('"世界"')
    assert isinstance(outcome, Valid)
    assert outcome.size == 8


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ('"\udc80"', 1, "the byte 0x80 is not UTF-8"),
        ('{"a": "\ud800"}', 7, "U+D800 is half of a surrogate pair"),
        ("1\udfff", 1, "U+DFFF"),
        ("\udcff", 0, "the byte 0xFF"),
        ("[1,,\udc80]", 3, "between the two commas"),
    ],
)
def test_a_lone_surrogate_is_a_mistake_unless_one_comes_before(text: str, start: int, words: str) -> None:
    outcome = check(text)
    assert isinstance(outcome, Invalid)
    assert outcome.place.start == start
    assert words in outcome.reason


def test_a_document_of_any_depth_is_valid() -> None:
    outcome = check("[" * 100_000 + "]" * 100_000)
    assert isinstance(outcome, Valid)
    assert [caution.text for caution in outcome.cautions] == [
        "nested 100,000 deep: many readers stop at 1,024 levels or sooner"
    ]


def test_what_is_open_at_any_depth_is_told() -> None:
    outcome = check("[" * 20_000)
    assert isinstance(outcome, Incomplete)
    assert len(outcome.opened) == 20_000


@given(texts)
def test_a_frame_is_json_where_its_text_is_valid(text: str) -> None:
    assert is_json(text.encode("utf-8", "surrogatepass")) == isinstance(check(text), Valid)


@pytest.mark.parametrize(
    "payload",
    [
        b"1",
        b' {"a": [1.10, 1e400, -0]} ',
        rb'"\ud800"',
        rb'{"\uDC00": "\ud83d\ude00"}',
        '"\u2028世"'.encode(),
    ],
)
def test_frames_that_are_json(payload: bytes) -> None:
    assert is_json(payload)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b" ",
        b"[1,]",
        b"NaN",
        b"1 2",
        b'"\xff"',
        b'{"\xc0\x80": 1}',
        b'"\xed\xa0\x80"',
        b'"\xf4\x90\x80\x80"',
        b"\xef\xbb\xbf1",
        b'"\x00"',
        b'"a\nb"',
        b"1\x00",
        b'["\xff", "\\ud800"]',
        rb'["\ud800", ]',
        "1\u00a0".encode(),
    ],
)
def test_frames_that_are_not(payload: bytes) -> None:
    assert not is_json(payload)


@pytest.mark.parametrize(("opener", "closer"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_a_deep_frame_is_what_it_is(opener: bytes, closer: bytes) -> None:
    assert is_json(opener * 100_000 + b"1" + closer * 100_000)
    assert not is_json(opener * 100_000 + b"1" + closer * 99_999)
    assert not is_json(opener * 100_000)


@pytest.mark.parametrize("payload", [b"[" * SLOWLY + b"]" * SLOWLY, b'["\\ud800"' + b" " * SLOWLY + b"]"])
def test_a_large_frame_that_only_we_could_judge_is_not_judged(payload: bytes) -> None:
    assert is_json(payload) is None


@pytest.mark.parametrize("payload", [b"[" + b"1," * SLOWLY + b"1]", b"[" + b"1," * SLOWLY + b"]"])
def test_a_large_frame_that_msgspec_can_judge_is_judged(payload: bytes) -> None:
    assert is_json(payload) is (not payload.endswith(b",]"))


def test_a_large_text_is_checked_without_cautions() -> None:
    text = '{"a":1,"a":' + "[" + "1," * LARGE + "1]}"
    assert check(text) == Valid(Kind.OBJECT, None, len(text), ())
    assert isinstance(check(text[:-1]), Incomplete)
    assert isinstance(check(text + "]"), Invalid)
