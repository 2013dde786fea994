from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext import Kind, Place
from client_tui.core.jsontext.outcome import kind_at, place, places


@given(st.text("a\r\n\u2028世", max_size=30), st.data())
def test_places_are_counted_as_a_split_counts_them(text: str, data: st.DataObject) -> None:
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    for start, found in zip(offsets, places(text, [(offset, offset) for offset in offsets]), strict=True):
        lines = text[:start].split("\n")
        assert found == Place(start, start, len(lines), len(lines[-1]) + 1) == place(text, start, start)


def test_the_first_character_tells_the_kind() -> None:
    assert [kind_at(text, 0) for text in ("{}", "[]", '""', "-1", "1", "true", "false", "null")] == [
        Kind.OBJECT,
        Kind.ARRAY,
        Kind.STRING,
        Kind.NUMBER,
        Kind.NUMBER,
        Kind.BOOLEAN,
        Kind.BOOLEAN,
        Kind.NULL,
    ]
