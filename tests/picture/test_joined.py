import pytest

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
