import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.secrets_told import Secret
from client_tui.picture.cover import covered, places
from client_tui.picture.picture import Pen, Run
from tests.picture.screens import PEN, ROWS, picture

SECRET = "s3cret-token-of-mine"  # noqa: S105  # what a test covers


def lines(*rows, secrets=(SECRET,)):
    """Return the text of a picture of `rows` once the secrets are covered."""
    return covered(picture(*rows), map(Secret, secrets)).lines


def test_a_secret_becomes_as_many_dots():
    assert lines(f"a {SECRET} b") == ["a •••••••••••••••••••• b"]


def test_it_is_found_wherever_and_as_often_as_it_stands():
    assert lines("xabcdx abcd", "abcabcd", secrets=["abcd"]) == ["x••••x ••••", "abc••••"]


def test_a_short_one_is_no_part_of_a_longer_word():
    assert lines("abcd abc (abc)", secrets=["abc"]) == ["abcd ••• (•••)"]


def test_what_shows_no_secret_is_the_same_picture():
    plain = picture("hello", "you")
    assert covered(plain, map(Secret, [SECRET, "", "  "])) == plain
    assert covered(plain, []) == plain


@pytest.mark.parametrize("end", ["", "   ", " │", "…", "…   20 B", "▐"])
def test_one_that_is_cut_at_the_end_of_its_pane_is_covered(end):
    assert lines(f"token: s3cret{end}") == [f"token: ••••••{end}".rstrip()]


@pytest.mark.parametrize("start", ["", "  ", "│ ", "…"])
def test_one_that_is_cut_at_the_beginning_of_its_pane_is_covered(start):
    assert lines(f"{start}of-mine and more") == [f"{start}••••••• and more"]


def test_one_of_which_only_the_middle_is_seen_is_covered():
    assert lines("│ cret-token-of │") == ["│ ••••••••••••• │"]


def test_one_that_is_wrapped_is_covered_in_all_its_rows_however_little_of_it_stands_there():
    assert lines("a: s3", "cret-token-of-mi", "ne!") == ["a: ••", "••••••••••••••••", "••!"]
    assert lines("a: s3cret-token-of-min │ x", "e                     │ y") == [
        "a: ••••••••••••••••••• │ x",
        "•                     │ y",
    ]
    assert lines("a: abc", "def", secrets=["abcdef"]) == ["a: •••", "•••"]


def test_one_that_is_being_typed_is_covered_once_it_is_no_accident():
    assert lines('{"t": "s3cret-"}', '{"t": "s3cret-t"}', '{"t": "s3cret-token-x"}') == [
        '{"t": "s3cret-"}',
        '{"t": "••••••••"}',
        '{"t": "•••••••••••••x"}',
    ]


def test_a_break_may_have_taken_a_blank():
    assert lines("say: one two", "three, yes", secrets=["one two three"]) == ["say: •••••••", "•••••, yes"]


def test_a_few_letters_alone_are_not_a_secret():
    plain = ["a: s3", "hello", "ne and more", "s"]
    assert lines(*plain) == plain


def test_a_word_within_a_text_is_not_taken_for_a_part():
    assert lines("the token of mine") == ["the token of mine"]


def test_dots_are_as_wide_as_what_they_cover_and_keep_its_colour():
    red = Pen("#ff0000", "#000000")
    rows = [(Run("a世", 3, PEN), Run("界bc ", 5, red))]
    (row,) = covered(picture(*rows), [Secret("世界bc")]).rows
    assert row == (Run("a••", 3, PEN), Run("•••• ", 5, red))


@given(st.lists(ROWS, min_size=1, max_size=3), st.lists(st.text(max_size=5), max_size=3))
def test_whatever_is_covered_keeps_its_cells(rows, secrets):
    before = picture(*rows)
    after = covered(before, map(Secret, secrets))
    assert [sum(run.cells for run in row) for row in after.rows] <= [before.width] * before.height


@given(st.text("abc", min_size=4, max_size=30), st.integers(4, 11), st.integers(1, 11))
def test_nothing_is_left_of_a_secret_wherever_it_is_wrapped(secret, width, before):
    text = "x" * before + secret + "y"
    wrapped = [text[at : at + width] for at in range(0, len(text), width)]
    assert "".join(lines(*wrapped, secrets=[secret])) == "x" * before + "•" * len(secret) + "y"


def test_a_short_one_can_be_told_by_what_stands_before_it():
    rows = ['{"pin": 12, "n": 12, "m": 120}', '  "pin": 123 "pin": 1', "12"]
    told = [Secret("12", '"pin": '), Secret("1", '"pin": ')]
    assert covered(picture(*rows), told).lines == [
        '{"pin": ••, "n": 12, "m": 120}',
        '  "pin": 123 "pin": •',
        "12",
    ]


def test_places_are_counted():
    before = picture("abcd abcd", "x abcd", "y")
    assert [places(before), places(covered(before, [Secret("abcd")]))] == [0, 3]


@pytest.mark.parametrize("last", ["a", "b"])
def test_a_secret_that_is_the_same_throughout_takes_no_time(last):
    rows = ["│ " + "a" * 100 + "  a  aa  aaa"] * 60  # with each part beside each it would be hours
    assert not any("aaaa" in line for line in lines(*rows, secrets=["a" * 3_000 + last]))
