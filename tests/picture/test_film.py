from client_tui.picture.film import LAST_SECONDS, seconds, steady
from client_tui.picture.layout import lay_out
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Shot
from tests.picture.screens import film, scene


def test_a_window_stands_still_whatever_notes_come_and_go():
    shots = (Shot(0, scene("hello")), Shot(1, scene("hello", notes=[Note("look here", 0)])))
    first, second = (lay_out(shot.scene, Look()) for shot in steady(Film(shots, 2)).shots)
    assert first.width == second.width
    assert first.panes[0].window == second.panes[0].window


def test_the_end_is_shown_for_a_while():
    assert seconds(film(["a"], ["b"])) == 1 + LAST_SECONDS
    assert seconds(Film(film(["a"]).shots, 60)) == 60
