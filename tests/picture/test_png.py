from io import BytesIO

import pytest
from PIL import Image

from client_tui.picture.inks import TrueColors
from client_tui.picture.look import Bar, Look
from client_tui.picture.png import png
from client_tui.picture.raster import Canvas, extent
from tests.picture.screens import scene


def opened(shown, look):
    return Image.open(BytesIO(png(shown, look)))


def chunks(data):
    """Return the kinds of a PNG's chunks."""
    kinds, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kinds.append(data[at + 4 : at + 8])
        at += 12 + length
    return set(kinds)


@pytest.mark.parametrize(("scale", "times"), [(None, 2), (1, 1), (3, 3)])
def test_it_is_twice_as_large_as_its_layout_or_as_it_is_told(scale, times):
    look = Look(scale=scale)
    assert opened(scene("hello"), look).size == tuple(times * side for side in extent(scene("hello"), look))


def test_its_pixels_are_those_that_were_drawn():
    look = Look(scale=1, title="hello")
    canvas = Canvas(extent(scene("hello you", width=40), look), look, 1, TrueColors())
    canvas.show(scene("hello you", width=40))
    assert opened(scene("hello you", width=40), look).tobytes() == canvas.image.tobytes()


def test_it_is_clear_only_where_something_is():
    assert opened(scene("hello"), Look()).mode == "RGBA"
    assert opened(scene("hello"), Look(margin_fill="#123456")).mode == "RGB"
    assert opened(scene("hello"), Look(radius=0, bar=Bar.NONE)).mode == "RGB"


def test_there_is_nothing_in_it_but_pixels_and_they_are_the_same_each_time():
    data = png(scene("hello"), Look())
    assert data == png(scene("hello"), Look())
    assert chunks(data) == {b"IHDR", b"IDAT", b"IEND"}
