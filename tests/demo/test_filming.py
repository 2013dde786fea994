"""The film of a tape: what is in it, and when."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.demo.filming import Filming
from client_tui.picture.film import seconds
from client_tui.picture.picture import Note
from tests.picture.screens import scene

A, B, C = scene("A"), scene("B"), scene("C")


@pytest.fixture
def filming():
    filming = Filming(10)
    filming.show(0.0)
    return filming


def told(film):
    """Return the scenes of a film by what is in their first row, with their times."""
    return [(round(shot.at, 6), shot.scene.panes[0].picture.lines[0]) for shot in film.shots]


def test_where_nothing_was_shown_there_is_no_film():
    assert Filming(10).film(5.0, 1.0) is None


def test_nothing_is_shown_before_the_first_scene():
    filming = Filming(10)
    assert not filming.is_on
    filming.show(2.0)
    filming.take(2.0, A)
    filming.take(3.0, B)
    film = filming.film(4.0, 1.0)
    assert told(film) == [(0.0, "A"), (1.0, "B")]
    assert film.seconds == 2.0


def test_a_scene_that_is_the_same_is_no_other_shot(filming):
    for at in (0.0, 1.0, 2.0):
        filming.take(at, A)
    assert told(filming.film(3.0, 1.0)) == [(0.0, "A")]


def test_of_what_is_shown_for_less_than_a_picture_the_last_is_kept(filming):
    filming.take(0.0, A)
    filming.take(1.0, B)
    filming.take(1.05, C)
    filming.take(1.1, A)
    assert told(filming.film(2.0, 1.0)) == [(0.0, "A"), (1.0, "C"), (1.1, "A")]


def test_the_first_scene_stays_the_films_beginning(filming):
    filming.take(0.0, A)
    filming.take(0.01, B)
    assert told(filming.film(1.0, 1.0))[0] == (0.0, "A")


def test_what_is_hidden_takes_no_time(filming):
    filming.take(0.0, A)
    filming.hide(1.0)
    filming.hide(1.5)
    assert not filming.is_on
    filming.show(4.0)
    filming.show(5.0)
    filming.take(4.5, B)
    film = filming.film(6.0, 1.0)
    assert told(film) == [(0.0, "A"), (1.5, "B")]
    assert film.seconds == 3.0


def test_a_film_ends_where_it_was_hidden_for_good(filming):
    filming.take(0.0, A)
    filming.take(1.0, B)
    filming.hide(2.0)
    assert filming.film(9.0, 1.0).seconds == 2.0


def test_the_last_scene_is_shown_for_a_picture_at_least(filming):
    filming.take(0.0, A)
    filming.take(1.0, B)
    assert filming.film(1.0, 1.0).seconds == pytest.approx(1.1)


def test_it_is_played_so_many_times_as_fast(filming):
    filming.take(0.0, A)
    filming.take(1.0, B)
    film = filming.film(3.0, 2.0)
    assert told(film) == [(0.0, "A"), (0.5, "B")]
    assert film.seconds == 1.5


def test_room_for_notes_is_kept_from_the_beginning(filming):
    filming.take(0.0, A)
    filming.take(1.0, scene("A", notes=[Note("look here", 0)]))
    widths = {shot.scene.gutter for shot in filming.film(2.0, 1.0).shots}
    assert len(widths) == 1
    assert widths.pop() > 0


def test_a_loop_begins_at_its_offset_and_goes_round(filming):
    for at, shown in ((0.0, A), (1.0, B), (2.0, C)):
        filming.take(at, shown)
    film = filming.film(4.0, 1.0, 50.0)
    assert told(film) == [(0.0, "C"), (2.0, "A"), (3.0, "B")]
    assert film.seconds == 4.0


def test_a_loop_may_begin_in_the_middle_of_a_scene(filming):
    filming.take(0.0, A)
    filming.take(2.0, B)
    assert told(filming.film(4.0, 1.0, 75.0)) == [(0.0, "B"), (1.0, "A"), (3.0, "B")]


def test_where_it_goes_round_equal_scenes_are_one_shot(filming):
    for at, shown in ((0.0, A), (1.0, B), (2.0, A)):
        filming.take(at, shown)
    assert told(filming.film(4.0, 1.0, 25.0)) == [(0.0, "B"), (1.0, "A")]


@pytest.mark.parametrize("offset", [0.0, 100.0])
def test_a_loop_that_begins_at_its_beginning_is_the_film(filming, offset):
    filming.take(0.0, A)
    filming.take(1.0, B)
    assert told(filming.film(2.0, 1.0, offset)) == [(0.0, "A"), (1.0, "B")]


@given(
    changes=st.lists(st.tuples(st.sampled_from((A, B, C)), st.integers(1, 20)), min_size=1, max_size=8),
    offset=st.integers(0, 100),
)
def test_a_loop_shows_the_same_wherever_it_begins(changes, offset):
    filming = Filming(10)
    filming.show(0.0)
    at = 0.0
    for shown, tenths in changes:
        filming.take(at, shown)
        at += tenths / 4
    film, turned = filming.film(at, 1.0), filming.film(at, 1.0, offset)
    if turned.turned:  # with the pause at its end
        film = replace(film, seconds=seconds(film))
    start = film.seconds * offset / 100
    assert turned.seconds == film.seconds
    assert [shot.at for shot in turned.shots] == sorted(shot.at for shot in turned.shots)
    assert turned.shots[0].at == 0.0
    for moment in range(400):  # not where one scene becomes another: that is by a rounding error
        time = (moment + 0.123) * film.seconds / 400
        if all(abs((time + start) % film.seconds - shot.at) > 1e-6 for shot in film.shots):
            assert shown_at(turned, time) == shown_at(film, (time + start) % film.seconds)


def shown_at(film, time):
    return [shot.scene for shot in film.shots if shot.at <= time][-1]
