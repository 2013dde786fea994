"""JSON as text, in every spelling that RFC 8259 allows, for the properties of this room."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from hypothesis import strategies as st

_SPACE = st.text(" \t\n\r", max_size=2)
_PLAIN = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters='"\\'), max_size=4
)
_ESCAPE = st.one_of(
    st.sampled_from([rf"\{char}" for char in '"\\/bfnrt']),
    st.from_regex(r"\\u[0-9a-fA-F]{4}", fullmatch=True),
    st.sampled_from([r"\ud800", r"\udc00", r"\uD83D\uDE00"]),
)
strings = st.lists(_PLAIN | _ESCAPE, max_size=4).map(lambda parts: f'"{"".join(parts)}"')
numbers = st.from_regex(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,5})?([eE][-+]?[0-9]{1,4})?", fullmatch=True)
scalars = st.one_of(strings, numbers, st.sampled_from(["true", "false", "null"]))


@st.composite
def _spaced(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    return f"{draw(_SPACE)}{draw(inner)}{draw(_SPACE)}"


def _containers(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(_spaced(values), max_size=4)
    members = st.lists(st.tuples(_spaced(strings), _spaced(values)).map(":".join), max_size=4)
    empty = _SPACE.map(lambda space: [space])
    return st.one_of(
        (items | empty).map(lambda parts: f"[{','.join(parts)}]"),
        (members | empty).map(lambda parts: f"{{{','.join(parts)}}}"),
    )


documents = _spaced(st.recursive(scalars, _containers, max_leaves=12))
"""Valid JSON documents."""


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    text = draw(documents)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 2)))
    return text[:start] + draw(scraps) + text[end:]


scraps = st.text("{}[]\",:0123456789.-+eEtrufalsn \n\t\\/\u00a0'#", max_size=8)
texts = st.one_of(documents, _damaged(), scraps, st.text(max_size=12))
"""Any text at all, most of it nearly JSON."""


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def is_grammatical(text: str) -> bool:
    """Whether the standard library, kept to RFC 8259, takes `text`: the judge of our own reading."""
    keep: Any = str
    try:
        json.loads(text, parse_constant=_refuse, parse_int=keep, parse_float=keep)
    except ValueError:
        return False
    return True
