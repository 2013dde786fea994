import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.ui.brackets import opener, partner
from tests.core.jsontext.strategies import documents


@given(documents, st.integers(0, 200))
def test_partners_are_each_others(text, index):
    lines = text.split("\n")
    places = [(row, column) for row, line in enumerate(lines) for column in range(len(line))]
    row, column = places[index % len(places)] if places else (0, 0)
    found = partner(lines, lines[row][column : column + 1], (row, column))
    if found is not None:
        assert partner(lines, lines[found[0]][found[1]], found) == (row, column)
        assert {lines[row][column], lines[found[0]][found[1]]} in ({"[", "]"}, {"{", "}"})


@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_brackets_of_a_document_are_found_in_both_directions(brackets):
    opening, closing = brackets
    lines = [f'{opening}"{brackets}"', f'"{closing}"', closing]
    assert partner(lines, opening, (0, 0)) == (2, 0)
    assert partner(lines, closing, (2, 0)) == (0, 0)


def test_what_is_no_bracket_has_no_partner():
    assert partner(['["a[", 1}'], "1", (0, 7)) is None
    assert partner(['["a[", 1}'], "[", (0, 3)) is None
    assert partner(['["a[", 1}'], "[", (0, 0)) is None


def test_a_partner_far_away_is_not_looked_for():
    lines = ["[", *["1,"] * 1_000, "1]"]
    assert partner(lines, "[", (0, 0)) is None


def test_what_is_open_at_a_place():
    lines = ['{"a]": [1,', "  {}, [2]", "  ]"]
    assert opener(lines, (1, 10)) == (0, 7)
    assert opener(lines, (1, 2)) == (1, 2)
    assert opener(lines, (2, 2)) == (0, 0)
    assert opener(lines, (0, -1)) is None
