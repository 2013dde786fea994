from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from client_tui.core.errors import ClientError
from client_tui.picture.frames import film_extent
from client_tui.picture.gif import gif
from client_tui.picture.inks import TrueColors
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Shot
from client_tui.picture.raster import Canvas
from tests.picture.screens import PEN, film, scene

LOOK = Look()
NEAR = 16  # how far a shade in the palette is from the one that was drawn, at most


def opened(shown, look=LOOK):
    """Return a film as Pillow reads it."""
    return Image.open(BytesIO(b"".join(gif(shown, look))))


def frames(image):
    """Return each frame as it is seen, and for how many milliseconds."""
    found = []
    for number in range(image.n_frames):
        image.seek(number)
        found.append((image.convert("RGBA"), image.info["duration"]))
    return found


def drawn(shown, number, look=LOOK):
    """Return what a scene of a film looks like in true colours."""
    canvas = Canvas(film_extent(shown, look), look, look.scale or 1, TrueColors())
    canvas.show(shown.shots[number].scene)
    return canvas.image


def farthest(image, other):
    """Return how far the colours of two images are apart, where both have any."""
    both = ImageChops.multiply(
        *(it.getchannel("A").point(lambda alpha: 255 * (alpha == 255)) for it in (image, other))
    )
    difference = ImageChops.difference(image.convert("RGB"), other.convert("RGB"))
    difference.paste(0, (0, 0, *difference.size), both.point(lambda alpha: 255 - alpha))
    return max(high for _, high in difference.getextrema())


def clear(image):
    return image.getchannel("A").point(lambda alpha: 255 * (alpha < 128)).tobytes()


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(st.sampled_from(["a", "bb", "", "世█"]), min_size=2, max_size=2), min_size=2, max_size=6
    )
)
def test_every_frame_is_what_was_drawn_but_for_the_palette(screens):
    different = [screens[0], *(now for was, now in pairwise(screens) if was != now)]
    shown = film(*different)
    seen = frames(opened(shown))
    assert len(seen) == len(different)
    for number, (image, _) in enumerate(seen):
        wanted = drawn(shown, number)
        assert image.size == wanted.size
        assert clear(image) == clear(wanted)
        assert farthest(image, wanted) <= NEAR


def test_plain_colours_are_exact():
    image, _ = frames(opened(film([scene("█").panes[0].picture.rows[0]])))[0]
    assert image.getpixel((20, 60)) == (0xD0, 0xD0, 0xD0, 255)
    assert image.getpixel((40, 60)) == (0x10, 0x10, 0x10, 255)


def test_it_plays_for_ever_and_in_its_time():
    image = opened(film(["a"], ["b"], ["c"], step=0.125))
    assert image.info["loop"] == 0
    assert [milliseconds for _, milliseconds in frames(image)] == [120, 130, 2000]


def test_the_same_film_is_the_same_bytes():
    shown = film(["a"], ["b"])
    assert b"".join(gif(shown, LOOK)) == b"".join(gif(shown, LOOK))


def test_a_row_that_changes_costs_little():
    still = [f"{number} " * 20 for number in range(30)]
    first = b"".join(gif(film(["a", *still], width=80), LOOK))
    both = b"".join(gif(film(["a", *still], ["b", *still], width=80), LOOK))
    assert len(both) - len(first) < 200


@pytest.mark.parametrize("scale", [1, 2])
def test_it_is_as_large_as_it_is_told(scale):
    shown = film(["a"])
    width, height = film_extent(shown, LOOK)
    assert opened(shown, Look(scale=scale)).size == (width * scale, height * scale)


def test_a_note_that_goes_away_is_gone():
    plain, noted = scene("hello", width=20), scene("hello", notes=[Note("look", 0)], width=20)
    shown = Film((Shot(0, noted), Shot(1, plain)), 2)
    first, second = (image for image, _ in frames(opened(shown)))
    filled = replace(LOOK, margin_fill=PEN.background)
    assert farthest(first, drawn(shown, 0, filled)) <= NEAR
    wanted = Canvas(film_extent(shown, LOOK), filled, 1, TrueColors())
    wanted.show(plain)
    assert farthest(second, wanted.image) <= NEAR


def test_a_scene_that_is_shown_for_hours_is_shown_for_minutes():
    assert [milliseconds for _, milliseconds in frames(opened(film(["a"], ["b"], step=10_000)))] == [
        655_350
    ] * 2


def test_a_film_that_is_too_wide_for_a_gif_is_told_of():
    wide = Film((Shot(0.0, scene("x", width=16_000)),), 1.0)
    with pytest.raises(ClientError, match="take a smaller scale"):
        b"".join(gif(wide, Look(scale=1)))
