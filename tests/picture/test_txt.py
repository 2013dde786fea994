from hypothesis import given
from hypothesis import strategies as st

from client_tui.picture.picture import Note, Pane, Scene
from client_tui.picture.txt import txt
from tests.picture.screens import ROWS, picture, scene


def test_rows_are_lines_without_the_blanks_at_their_ends():
    assert txt(scene("hello  ", "", "世 you", width=10)) == "hello\n\n世 you\n"


def test_screens_and_notes_are_in_it():
    both = Scene((Pane(picture("left"), "", (Note("look", 0),)), Pane(picture("right"))))
    assert txt(both) == "left  ← look   right\n"


@given(st.lists(ROWS, min_size=1, max_size=4), st.text())
def test_nothing_in_it_commands_a_terminal(rows, remark):
    text = txt(scene(*rows, notes=[Note(remark, 0)]))
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.count("\n") == len(rows)
    text.encode()
