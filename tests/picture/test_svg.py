import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.picture.look import Bar, Look
from client_tui.picture.picture import Note, Pane, Scene
from client_tui.picture.svg import svg
from tests.picture.screens import PEN, ROWS, SVG, TEXTS, parsed, picture, scene, words

LOOK = Look()


@given(st.lists(ROWS, min_size=1, max_size=4), TEXTS, TEXTS)
def test_any_text_in_any_cell_gives_an_svg_that_is_one(rows, title, remark):
    root = parsed(svg(scene(*rows, title=title, notes=[Note(remark, 0)]), LOOK))
    assert root.tag == f"{SVG}svg"


def test_the_same_scene_is_the_same_bytes():
    assert svg(scene("hello", "you"), LOOK) == svg(scene("hello", "you"), LOOK)


def test_text_stays_text():
    assert words(parsed(svg(scene("hello you", '{"a": 1}'), LOOK))) == ["hello you", '{"a": 1}']


def test_foreign_text_is_text_and_nothing_else():
    foreign = "</text><script>alert(1)</script>]]>"
    assert words(parsed(svg(scene(foreign), LOOK))) == [foreign]


def test_two_pictures_in_one_page_share_no_name():
    names = [set(), set()]
    for found, text in zip(names, ("one", "two"), strict=True):
        for element in parsed(svg(scene(text), LOOK)).iter():
            found |= {element.get(name) for name in ("id", "class")} - {None}
    assert not names[0] & names[1]


def test_it_tells_what_it_is_to_who_does_not_see_it():
    root = parsed(svg(scene("some words", title="hello"), LOOK))
    assert root.get("role") == "img"
    told = {root.get("aria-labelledby"): "hello", root.get("aria-describedby"): "some words"}
    assert {it.get("id"): it.text for it in (root.find(f"{SVG}title"), root.find(f"{SVG}desc"))} == told


@pytest.mark.parametrize("look", [Look(bar=bar) for bar in Bar] + [Look(padding=0, margin=20, radius=0)])
def test_nothing_stands_outside_of_the_picture(look):
    root = parsed(svg(scene("x" * 40, notes=[Note("a remark", 0)], title="hello"), look))
    width, height = int(root.get("width")), int(root.get("height"))
    assert root.get("viewBox") == f"0 0 {width} {height}"
    for rect in root.iter(f"{SVG}rect"):
        x, y, right, bottom = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + right <= width
        assert y + bottom <= height


def test_several_screens_stand_side_by_side():
    both = Scene((Pane(picture("left")), Pane(picture("right"))))
    assert words(parsed(svg(both, LOOK))) == ["left", "right"]


def test_a_busy_screen_is_small():
    pens = [PEN._replace(color=f"#{number:06x}") for number in range(20)]
    letters = (string.ascii_letters * 2)[:100]
    row = tuple(
        run._replace(text=letters[at : at + 10], cells=10, pen=pens[at // 10 + 5])
        for at, run in enumerate([picture("x").rows[0][0]] * 100)
        if at % 10 == 0
    )
    assert len(svg(scene(*[row] * 26), LOOK).encode()) < 40_000
