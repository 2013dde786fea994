"""Screens beside one another, with their titles and remarks."""

import pytest

from client_tui.demo.scenery import Scenery, clients_of
from client_tui.picture.picture import Note
from tests.demo.conftest import tape_of
from tests.picture.screens import picture

ANN, BEN = picture("ann", "here"), picture("ben", "here")


@pytest.mark.parametrize(
    ("text", "clients"),
    [
        ("", ("",)),
        ("Set Width 80", ("",)),
        ("Wait", ("",)),
        ("Client ann\nWait\nClient ben\nWait\nClient ann\nWait", ("ann", "ben")),
        ("Serve\nOutput a.gif\nRedact .x\nClient ann\nSleep 1s", ("ann",)),
        ("Wait\nClient ben\nWait", ("", "ben")),
        ("Connect /a/\nWait", ("",)),
    ],
)
def test_clients_are_those_that_do_something_in_their_order(text, clients):
    assert clients_of(tape_of(text).commands) == clients


def test_a_still_shows_who_is_there():
    scene = Scenery(("ann", "ben")).scene({"ann": ANN}, of_all=False)
    assert [(pane.title, pane.picture) for pane in scene.panes] == [("ann", ANN)]


def test_a_film_keeps_a_dark_place_for_who_is_to_come():
    scene = Scenery(("ann", "ben")).scene({"ben": BEN}, of_all=True)
    dark, shown = (pane.picture for pane in scene.panes)
    assert shown == BEN
    assert (dark.width, dark.height, dark.lines) == (BEN.width, BEN.height, ["", ""])
    assert (dark.background, len(dark.rows)) == (BEN.background, BEN.height)


def test_they_stand_in_the_order_of_their_appearance():
    scene = Scenery(("ann", "ben")).scene({"ben": BEN, "ann": ANN}, of_all=True)
    assert [pane.title for pane in scene.panes] == ["ann", "ben"]


def test_a_window_can_have_another_title():
    scenery = Scenery(("ann", "ben"))
    scenery.name("ben", "Benjamin")
    assert [pane.title for pane in scenery.scene({"ann": ANN, "ben": BEN}, of_all=True).panes] == [
        "ann",
        "Benjamin",
    ]


def test_remarks_stand_beside_their_client_until_they_are_taken_away():
    scenery = Scenery(("ann", "ben"))
    scenery.annotate("ben", "look", 1)
    scenery.annotate("ben", "and here", 0)
    notes = [pane.notes for pane in scenery.scene({"ann": ANN, "ben": BEN}, of_all=True).panes]
    assert notes == [(), (Note("look", 1), Note("and here", 0))]
    scenery.clear()
    assert all(not pane.notes for pane in scenery.scene({"ann": ANN, "ben": BEN}, of_all=True).panes)


def test_what_opens_no_client_has_no_window():
    tape = tape_of("Serve\nHide\nConnect /rooms/a/\nClient alice\nShow\nWait open\nClient bob\n")
    assert clients_of(tape.commands) == ("alice",)
