from __future__ import annotations

import pytest
from hypothesis import given

from client_tui.core.jsontext.grammar import Expects, last_before, read, skip_space

from .strategies import documents, is_grammatical, texts


@given(documents)
def test_takes_every_document(text: str) -> None:
    assert read(text).fault is None


@given(texts)
def test_agrees_with_the_standard_library(text: str) -> None:
    assert (read(text).fault is None) == is_grammatical(text)


@pytest.mark.parametrize(
    ("text", "at", "expects", "opened"),
    [
        ("", 0, Expects.VALUE, ()),
        ("[1, x]", 4, Expects.VALUE, (0,)),
        ('{"a": {"b": {"c": {"d": x', 24, Expects.VALUE, (0, 6, 12, 18)),
        ('{"a":1, b', 8, Expects.KEY, (0,)),
        ('{"a" 1}', 5, Expects.COLON, (0,)),
        ("[[[[1]]]", 8, Expects.COMMA, (0,)),
        ("[1 2]", 3, Expects.COMMA, (0,)),
        ("1 2", 2, Expects.END, ()),
        ("12x", 0, Expects.VALUE, ()),
    ],
)
def test_finds_the_first_fault(text: str, at: int, expects: Expects, opened: tuple[int, ...]) -> None:
    fault = read(text).fault
    assert fault is not None
    assert (fault.at, fault.expects, fault.opened) == (at, expects, opened)


@pytest.mark.parametrize(("opener", "closer"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]"), ("[[2],", "]")])
def test_depth_has_no_limit(opener: str, closer: str) -> None:
    text = f"{opener * 100_000}0{closer * 100_000}"
    reading = read(text)
    assert reading.fault is None
    assert reading.depth >= 100_000
    broken = read(text[:-1]).fault
    assert broken is not None
    assert broken.at == len(text) - 1


@pytest.mark.parametrize("depth", range(8))
def test_depth_is_never_too_small_and_little_too_large(depth: int) -> None:
    for text in ("[" * depth + "1" + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        assert depth <= read(text).depth <= depth + 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "[" * 1_000_000 + "]" * 999_999,
        '{"a":' * 200_000,
        '{"a":[1,{"b":2,"c":' * 50_000,
        "[1," * 300_000,
        '"' + "\\" * 999_999,
        '"' + "\\\\" * 500_000,
        '["' + '\\"' * 500_000,
        '{"a' * 300_000,
        "[" + "1 " * 500_000,
        "1" * 1_000_000 + "x",
        "1" + " " * 1_000_000 + "x",
        "[" + "1," * 500_000 + "]",
        "[" + "[]," * 300_000 + "]",
        "[" + '{"a":[[' * 200_000,
    ],
    ids=lambda text: f"{text[:12]}…{len(text)}",
)
def test_a_hostile_text_is_read_in_one_walk(text: str) -> None:
    assert read(text).fault is not None


def test_space_is_skipped_both_ways() -> None:
    assert skip_space("a \t\n\r b", 1) == 6
    assert skip_space("a", 1) == 1
    assert last_before("a \t\n\r b", 6) == 0
    assert last_before("  ", 2) == -1
    assert skip_space("\u00a01", 0) == 0
