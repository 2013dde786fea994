from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client_tui.picture.layout import BAR_HEIGHT, BUTTON_RADIUS, CELL_HEIGHT, CELL_WIDTH, gutter, lay_out
from client_tui.picture.look import Bar, Look
from client_tui.picture.picture import Note, Pane, Picture, Scene

PICTURE = Picture(40, 10, (), "#ffffff", "#000000", "#00ff00")


def scene(*notes, panes=1, gutter=0, title=""):
    return Scene((Pane(PICTURE, title, notes),) * panes, gutter)


def test_a_window_is_its_screen_with_padding_below_a_bar():
    layout = lay_out(scene(), Look(padding=10, margin=5))
    (pane,) = layout.panes
    assert pane.cells == (15, 15 + BAR_HEIGHT, 40 * CELL_WIDTH, 10 * CELL_HEIGHT)
    assert pane.window == (5, 5, 40 * CELL_WIDTH + 20, 10 * CELL_HEIGHT + 20 + BAR_HEIGHT)
    assert pane.bar == (5, 5, pane.window.width, BAR_HEIGHT)
    assert (layout.width, layout.height) == (pane.window.right + 5, pane.window.bottom + 5)


def test_without_a_bar_there_are_neither_buttons_nor_a_title():
    (pane,) = lay_out(scene(title="hello"), Look(bar=Bar.NONE)).panes
    assert (pane.bar, pane.buttons, pane.title) == (None, (), None)
    assert pane.cells.y == 16


@pytest.mark.parametrize("bar", [bar for bar in Bar if bar is not Bar.NONE])
def test_the_buttons_stand_in_the_bar_the_first_at_the_edge(bar):
    (pane,) = lay_out(scene(), Look(bar=bar)).panes
    insets = [(pane.bar.right - x if bar.right else x - pane.bar.x) for (x, _), _ in pane.buttons]
    assert insets == sorted(insets)
    assert insets[0] > BUTTON_RADIUS
    assert insets[-1] < pane.bar.width / 2


def test_the_title_is_in_the_middle_and_the_panes_own_goes_first():
    (pane,) = lay_out(scene(title="hello"), Look(title="other")).panes
    assert pane.title.text == "hello"
    left = pane.title.corner.x - pane.bar.x
    right = pane.bar.right - pane.title.corner.x - 5 * CELL_WIDTH
    assert abs(left - right) <= 1


@pytest.mark.parametrize("title", ["long " * 20, "世" * 40])
def test_a_long_title_is_cut_before_the_buttons(title):
    (pane,) = lay_out(scene(title=title), Look()).panes
    assert pane.title.text.endswith("…")
    assert pane.title.corner.x > pane.buttons[-1].middle.x + BUTTON_RADIUS


def test_panes_stand_side_by_side_and_apart():
    left, right = lay_out(scene(panes=2), Look()).panes
    assert left.window.right < right.window.x
    assert left.window.y == right.window.y


def test_a_note_stands_beside_its_row():
    layout = lay_out(scene(Note("look here", 3)), Look())
    (pane,) = layout.panes
    (note,) = pane.notes
    middle = pane.cells.y + 3 * CELL_HEIGHT + CELL_HEIGHT // 2
    assert [point.y for point in note.leader] == [middle, middle]
    assert pane.cells.right <= note.leader[0].x < pane.window.right < note.leader[-1].x == note.card.x
    assert note.corner(0).y == middle - CELL_HEIGHT // 2
    assert note.card.right + CELL_WIDTH == layout.width


def test_notes_of_near_rows_stand_apart_and_within_the_window():
    layout = lay_out(scene(*(Note(f"note {row}", row) for row in (9, 8, 2, 8))), Look())
    (pane,) = layout.panes
    cards = [note.card for note in pane.notes]
    assert [note.lines[0] for note in pane.notes] == ["note 2", "note 8", "note 8", "note 9"]
    assert all(above.bottom < below.y for above, below in pairwise(cards))
    assert pane.window.y <= cards[0].y
    assert cards[-1].bottom <= pane.window.bottom == layout.height


def ways(*rows):
    """Return the leaders of notes at rows, from top to bottom."""
    (pane,) = lay_out(scene(*(Note(f"note {row}", row) for row in rows)), Look()).panes
    return [note.leader for note in pane.notes]


def touch(one, other):
    """Tell whether two leaders have a pixel in common, or are side by side without one between them."""
    return any(
        min(a.x, b.x) - 1 <= max(c.x, d.x)
        and min(c.x, d.x) - 1 <= max(a.x, b.x)
        and min(a.y, b.y) - 1 <= max(c.y, d.y)
        and min(c.y, d.y) - 1 <= max(a.y, b.y)
        for a, b in pairwise(one)
        for c, d in pairwise(other)
    )


@pytest.mark.parametrize(
    "rows", [(4, 5), (4, 5, 6), (0, 1, 2, 3, 4, 5), (7, 8, 9), (4, 5, 6, 7, 8, 9), (0, 1, 5, 6, 8, 9)]
)
def test_no_leader_of_another_row_touches_or_crosses_one(rows):
    assert not any(touch(one, other) for one, other in combinations(ways(*rows), 2))


@given(st.sets(st.integers(0, 39), min_size=2, max_size=8))
def test_no_leaders_of_some_notes_cross_wherever_they_are(rows):
    high = Picture(40, 40, (), "#ffffff", "#000000", "#00ff00")
    notes = tuple(Note(f"note {row}", row) for row in rows)
    (pane,) = lay_out(Scene((Pane(high, "", notes),)), Look()).panes
    leaders = [note.leader for note in pane.notes]
    assert not any(touch(one, other) for one, other in combinations(leaders, 2))


def test_the_leaders_of_one_row_are_one_line_that_forks():
    (straight, first, second) = ways(4, 4, 4)
    assert len(straight) == 2
    assert first[:2] == second[:2]


def test_all_leaders_stay_between_the_window_and_the_cards():
    (pane,) = lay_out(scene(*(Note(f"note {row}", row % 10) for row in range(40))), Look()).panes
    for note in pane.notes:
        assert all(pane.window.right < point.x < note.card.x for point in note.leader[1:-1])


def test_notes_that_need_more_room_than_the_window_make_the_picture_higher():
    layout = lay_out(scene(*(Note("word " * 30, row) for row in range(5))), Look(margin=7))
    (pane,) = layout.panes
    assert pane.notes[0].card.y == pane.window.y
    assert layout.height == pane.notes[-1].card.bottom + 7 > pane.window.bottom + 7


def test_a_long_note_is_wrapped_in_its_card():
    (pane,) = lay_out(
        scene(Note("a remark that is so long that it does not fit in one line", 0)), Look()
    ).panes
    (note,) = pane.notes
    assert len(note.lines) > 1
    assert note.card.width == (max(map(cell_len, note.lines)) + 2) * CELL_WIDTH


def test_a_film_may_keep_the_room_for_its_notes():
    noted = scene(Note("look here", 3))
    assert gutter(noted) == len("look here") + 6
    assert lay_out(scene(gutter=gutter(noted)), Look()).width == lay_out(noted, Look()).width
    assert gutter(scene()) == 0


def test_a_blank_note_is_none():
    layout = lay_out(scene(Note("  ", 3)), Look())
    assert layout == lay_out(scene(), Look())
