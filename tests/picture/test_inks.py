from PIL import Image

from client_tui.picture.glyphs import Glyph
from client_tui.picture.inks import TrueColors

INKS = TrueColors()
HALF = Glyph(Image.new("L", (1, 1), 128), 1, 2)


def test_a_colour_is_its_pixel():
    assert INKS.ink("#102030") == (16, 32, 48, 255)
    assert INKS.ink(None) == (0, 0, 0, 0)


def test_a_stamp_blends_with_what_is_there():
    image = Image.new(INKS.mode, (4, 4), INKS.ink("#000000"))
    INKS.stamp(image, HALF, (1, 1), "#ffffff", "#000000")
    assert image.getpixel((2, 3)) == (128, 128, 128, 255)
    assert image.getpixel((1, 1)) == (0, 0, 0, 255)


def test_over_nothing_a_stamp_keeps_its_colour_and_is_half_there():
    image = Image.new(INKS.mode, (4, 4))
    INKS.stamp(image, HALF, (1, 1), "#ff8040", None)
    assert image.getpixel((2, 3)) == (255, 128, 64, 128)
