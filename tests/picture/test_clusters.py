import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client_tui.picture.clusters import clusters, flag, shown, wrapped
from client_tui.picture.picture import Pen, Run

PEN = Pen("#ffffff", "#000000")


def test_each_character_stands_in_its_column():
    row = (Run("a世b", 4, PEN), Run("é", 1, PEN))
    assert [(it.text, it.column, it.cells) for it in clusters(row)] == [
        ("a", 0, 1),
        ("世", 1, 2),
        ("b", 3, 1),
        ("é", 4, 1),
    ]


@pytest.mark.parametrize("text", ["e\u0301", "❤\ufe0f", "👩🏽"])
def test_marks_stay_with_what_they_are_drawn_into(text):
    row = (Run(f"{text}.", cell_len(text) + 1, PEN),)
    assert [it.text for it in clusters(row)] == [text, "."]


def test_two_letters_of_a_flag_are_one_thing_in_two_cells():
    text = "🇩🇪🇫🇷🇯x"
    found = [(it.text, it.cells) for it in clusters((Run(text, cell_len(text), PEN),))]
    assert found == [("🇩🇪", 2), ("🇫🇷", 2), ("🇯", 1), ("x", 1)]
    assert [flag(part) for part in ("🇩🇪", "🇯", "DE", "🇩x")] == ["DE", "", "", ""]


@pytest.mark.parametrize(
    ("foreign", "harmless"),
    [
        ("a\x1b[31m", "a[31m"),
        ("\ud800", "\ufffd"),
        ("a\u202eb", "ab"),
        ("\u0301a", "a"),
        ("\ue0b0", "\ufffd"),
    ],
)
def test_what_is_not_printable_is_not_drawn(foreign, harmless):
    assert shown(foreign) == harmless


def test_a_run_keeps_to_its_cells():
    row = (Run("abc", 2, PEN), Run("d", 1, PEN))
    assert [(it.text, it.column) for it in clusters(row)] == [("a", 0), ("b", 1), ("d", 2)]


@given(st.lists(st.text(min_size=1)))
def test_clusters_never_overlap_and_are_printable(texts):
    row = tuple(Run(text, max(1, cell_len(text)), PEN) for text in texts)
    column = 0
    for it in clusters(row):
        assert it.column >= column
        assert it.text.isprintable()
        column = it.column + it.cells
    assert column <= sum(run.cells for run in row)


def test_text_is_wrapped_between_words_and_within_one_that_is_too_long():
    assert wrapped("one two  three", 7) == ["one two", "three"]
    assert wrapped("a世世世b", 4) == ["a世", "世世", "b"]
    assert wrapped(" \n ", 4) == []


@given(st.text(), st.integers(2, 40))
def test_no_wrapped_line_is_too_long(text, cells):
    assert all(0 < cell_len(line) <= cells for line in wrapped(text, cells))


def test_a_character_has_so_many_marks_and_no_more():
    assert len(shown("a" + "\u0301" * 1_000)) < 20
