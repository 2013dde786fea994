from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from client_tui.core.errors import ClientError
from client_tui.picture.frames import film_extent
from client_tui.picture.inks import TrueColors
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Shot
from client_tui.picture.raster import Canvas
from client_tui.picture.webp import webp
from tests.picture.screens import film, scene

LOOK = Look()


def frames(data):
    """Return each frame as Pillow reads it, and for how many milliseconds it is shown."""
    image = Image.open(BytesIO(data), formats=["WEBP"])
    found = []
    for number in range(image.n_frames):
        image.seek(number)
        found.append((image.convert("RGBA"), image.info["duration"]))
    return found


def visible(image):
    """Return an image's pixels, without the colours of what is not seen."""
    image = image.copy()
    image.paste((0, 0, 0, 0), (0, 0), image.getchannel("A").point(lambda alpha: 255 * (alpha == 0)))
    return image.tobytes()


def drawn(shown, number):
    """Return what a scene of a film looks like."""
    canvas = Canvas(film_extent(shown, LOOK), LOOK, 1, TrueColors())
    canvas.show(shown.shots[number].scene)
    return canvas.image


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(st.sampled_from(["a", "bb", "", "世█"]), min_size=2, max_size=2), min_size=2, max_size=6
    )
)
def test_every_frame_is_exactly_what_was_drawn(screens):
    different = [screens[0], *(now for was, now in pairwise(screens) if was != now), ["one", "more"]]
    shown = film(*different)
    seen = frames(webp(shown, LOOK))
    assert len(seen) == len(different)
    for number, (image, _) in enumerate(seen):
        assert visible(image) == visible(drawn(shown, number))


def test_a_note_that_goes_away_is_gone():
    shown = Film((Shot(0, scene("hello", notes=[Note("look", 0)])), Shot(1, scene("hello"))), 2)
    (_, _), (last, _) = frames(webp(shown, LOOK))
    assert last.getchannel("A").crop((last.width - 20, 0, last.width, last.height)).getextrema() == (0, 0)


def test_it_plays_for_ever_and_in_its_time():
    data = webp(film(["a"], ["b"], ["c"], step=0.125), LOOK)
    assert Image.open(BytesIO(data)).info["loop"] == 0
    assert [milliseconds for _, milliseconds in frames(data)] == [125, 125, 2000]


def test_a_film_of_one_scene_is_one_frame():
    (only,) = frames(webp(film(["a"]), LOOK))
    assert visible(only[0]) == visible(drawn(film(["a"]), 0))


def test_the_same_film_is_the_same_bytes():
    assert webp(film(["a"], ["b"]), LOOK) == webp(film(["a"], ["b"]), LOOK)


def test_what_is_wider_than_the_format_can_be_is_refused():
    with pytest.raises(ClientError, match=r"too large.*19172×"):
        webp(film(["a"], width=2000), Look(padding=586))


def test_it_is_as_large_as_it_is_told():
    width, height = film_extent(film(["a"]), LOOK)
    assert frames(webp(film(["a"]), Look(scale=2)))[0][0].size == (2 * width, 2 * height)
