import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.picture.joined import joined, notes_width
from client_tui.picture.picture import Note, Pane, Scene
from tests.picture.screens import PEN, picture, scene


def two(left="left", right="right", **titles):
    return Scene(
        tuple(
            Pane(picture(*text.split("\n")), titles.get(name, ""))
            for name, text in (("a", left), ("b", right))
        )
    )


def test_one_screen_is_itself():
    shown = scene("hello", "you", title="not seen")
    assert joined(shown) == shown.panes[0].picture


def test_notes_stand_at_the_ends_of_their_rows():
    shown = joined(scene("hello", "you", notes=[Note("look", 1), Note("and here", 1)]))
    assert shown.lines == ["hello", "you    ← look  ← and here"]
    assert shown.rows[1][-1].pen == PEN._replace(color=shown.accent)


def test_a_note_of_no_row_stands_at_the_nearest():
    assert joined(scene("hello", "you", notes=[Note("above", -3), Note("below", 7)])).lines == [
        "hello  ← above",
        "you    ← below",
    ]


def test_screens_stand_side_by_side_the_lower_one_filled():
    assert joined(two("one\ntwo", "right")).lines == ["one   right", "two"]


def test_several_screens_have_their_titles_above():
    assert joined(two(a="one", b="two")).lines == ["one    two", "left   right"]


@pytest.mark.parametrize("shown", [two(), two(a="one"), two("one\ntwo"), scene("世", notes=[Note("界", 0)])])
def test_all_rows_are_as_wide_as_the_screen(shown):
    for gutter in (None, notes_width(shown), 30):
        whole = joined(shown, gutter)
        assert {sum(run.cells for run in row) for row in whole.rows} == {whole.width}
        assert len(whole.rows) == whole.height


def test_a_film_may_keep_the_room_for_its_notes():
    noted = scene("hello", notes=[Note("look", 0)])
    assert notes_width(noted) == len("  ← look")
    assert joined(scene("hello"), notes_width(noted)).width == joined(noted).width
    assert notes_width(scene("hello")) == 0


LONG = "a remark that is longer than what a line has room for"


def film_lines(*notes, height=6):
    """Return the ends of the rows of a screen of a film."""
    shown = scene(*["row"] * height, notes=[Note(text, row) for text, row in notes])
    return [line.removeprefix("row") for line in joined(shown, notes_width(shown)).lines]


def test_a_long_note_of_a_film_is_wrapped():
    assert film_lines((LONG, 1))[1:3] == ["  ← a remark that is longer than", "    what a line has room for"]
    assert notes_width(scene("row", "row", notes=[Note(LONG, 0)])) == len("  ← ") + 28
    assert joined(scene("row", "row", notes=[Note(LONG, 0)])).lines == [f"row  ← {LONG}", "row"]


def test_it_begins_higher_where_there_is_no_room_below():
    assert film_lines((LONG, 5))[4:] == ["    a remark that is longer than", "  ← what a line has room for"]
    assert film_lines((LONG, 3), ("next", 4))[2:5] == [
        "    a remark that is longer than",
        "  ← what a line has room for",
        "  ← next",
    ]


def test_where_it_has_one_row_it_is_one_line():
    assert film_lines(("next", 2), (LONG, 1), ("before", 0)) == [
        "  ← before",
        f"  ← {LONG}",
        "  ← next",
        *[""] * 3,
    ]


@given(st.lists(st.tuples(st.text("世a b", max_size=60), st.integers(-1, 7)), max_size=8))
def test_all_of_a_films_notes_are_in_it_each_with_its_arrow_at_its_row(notes):
    lines = film_lines(*notes)
    assert len(lines) == 6
    written = "".join(lines).replace("←", "").replace(" ", "")
    in_order = sorted(notes, key=lambda note: note[1])
    assert written == "".join(text for text, _ in in_order).replace(" ", "")
    rows = {min(max(row, 0), 5) for text, row in notes if text.strip()}
    assert rows <= {y for y, line in enumerate(lines) if "←" in line}
