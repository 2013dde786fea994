from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from client_tui.picture.glyphs import Glyph
from client_tui.picture.look import mixed
from client_tui.picture.palette import CLEAR, Palette

WHITE, BLACK = "#ffffff", "#000000"
COLORS = st.binary(min_size=3, max_size=3).map(lambda color: "#" + color.hex())
USES = st.dictionaries(st.tuples(COLORS, COLORS), st.integers(1, 1000), min_size=1, max_size=300)
SHADES = Glyph(Image.frombytes("L", (256, 1), bytes(range(256))), 0, 0)


def color_of(palette, number):
    """Return the colour that a number stands for."""
    return "#" + palette.table[3 * number : 3 * number + 3].hex()


def far(color, other):
    """Return how far two colours are apart."""
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(other[1:]), strict=True)
    return max(abs(one - two) for one, two in pairs)


def stamped(palette, color, background):
    """Return the numbers of all strengths of a colour."""
    image = Image.new(palette.mode, (256, 1), palette.ink(background))
    palette.stamp(image, SHADES, (0, 0), color, background)
    return image.tobytes()


@given(USES)
def test_it_is_the_same_whatever_order_its_colours_come_in(uses):
    palette, turned = Palette(uses), Palette(dict(reversed(uses.items())))
    assert palette.table == turned.table
    assert len(palette.table) == 3 * 256


@given(USES)
def test_plain_colours_are_exact_while_there_is_room_and_near_ones_beyond(uses):
    palette = Palette(uses)
    plain = {color for pair in uses for color in pair}
    exact = {color for color in plain if color_of(palette, palette.ink(color)) == color}
    assert len(exact) >= min(len(plain), 192)
    assert all(palette.ink(color) != CLEAR for color in plain)


def test_the_shades_between_two_colours_are_even_and_end_in_them():
    palette = Palette({(WHITE, BLACK): 1})
    greys = [int(color_of(palette, number)[1:3], 16) for number in stamped(palette, WHITE, BLACK)]
    assert (greys[0], greys[255]) == (0, 255)
    assert greys == sorted(greys)
    assert all(abs(grey - strength) <= 8 for strength, grey in enumerate(greys))


def test_each_of_many_pairs_has_its_shades():
    colors = [f"#{number:02x}{255 - number:02x}80" for number in range(0, 250, 10)]
    palette = Palette({(color, BLACK): 1 for color in colors})
    for color in colors:
        for strength, number in enumerate(stamped(palette, color, BLACK)):
            assert far(color_of(palette, number), mixed(color, BLACK, strength / 255)) <= 24


def test_the_most_used_colours_have_the_finest_shades():
    rare = {(f"#{number:02x}ff{number:02x}", BLACK): 1 for number in range(100)}
    palette = Palette({("#ff0000", BLACK): 1000, **rare})
    for strength, number in enumerate(stamped(palette, "#ff0000", BLACK)):
        assert far(color_of(palette, number), mixed("#ff0000", BLACK, strength / 255)) <= 8


def test_over_nothing_a_colour_is_there_or_it_is_not():
    palette = Palette({(WHITE, BLACK): 1})
    assert stamped(palette, WHITE, None) == bytes(128 * [CLEAR] + 128 * [palette.ink(WHITE)])


def test_where_a_stamp_has_nothing_it_leaves_what_is_there():
    palette = Palette({(WHITE, BLACK): 1, ("#ff0000", BLACK): 1})
    image = Image.new(palette.mode, (256, 1), palette.ink("#ff0000"))
    palette.stamp(image, SHADES, (0, 0), WHITE, BLACK)
    assert image.getpixel((0, 0)) == palette.ink("#ff0000")


def test_a_colour_that_is_not_there_is_the_nearest():
    palette = Palette({(WHITE, BLACK): 1})
    assert palette.ink("#fffffe") == palette.ink(WHITE)
    assert palette.ink("#010000") == palette.ink(BLACK)
    assert palette.ink(None) == CLEAR
