from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given

from client_tui.core.jsontext.any_depth import is_document
from client_tui.core.jsontext.grammar import read

from .strategies import documents, texts

DEEP = 100_000


@given(documents)
def test_every_document_is_one(text: str) -> None:
    assert is_document(text)


@given(texts)
def test_it_says_what_the_walk_says(text: str) -> None:
    assert is_document(text) == (read(text).fault is None)


@pytest.mark.parametrize(
    "alphabet", [["[", "]", "{", "}", ",", '"a":', "0", '""'], [*'0-.e1" t(;k'], [*'"\\u0a:{}']]
)
def test_it_says_what_the_walk_says_of_every_short_text(alphabet: list[str]) -> None:
    for length in range(6):
        for text in map("".join, product(alphabet, repeat=length)):
            assert is_document(text) == (read(text).fault is None), text


@pytest.mark.parametrize(("opener", "closer"), [("[", "]"), ('{"a":', "}"), ("[1,", "]"), ('[{"a":', "}]")])
def test_no_depth_is_too_deep(opener: str, closer: str) -> None:
    assert is_document(opener * DEEP + "1" + closer * DEEP)
    assert not is_document(opener * DEEP + "1" + closer * (DEEP - 1))
    assert not is_document(opener * DEEP + "1" + closer * (DEEP + 1))
    assert not is_document(opener * DEEP + closer * DEEP + opener)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":[0}]',
        '{"a":0,1}',
        '["a":0]',
        '[0,"a":0]',
        "[0]]",
        "0,0",
        "{0}",
        '{"a"}',
        "[(0]",
        "[0;0]",
        "k",
        '["a\nb", "c"]',
        "[truefalse]",
        "[tr ue]",
        "\u00a01",
        "",
    ],
)
def test_what_is_no_document(text: str) -> None:
    assert not is_document(text)
