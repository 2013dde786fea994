import pytest
from PIL import Image

from client_tui.picture.brush import Brush
from client_tui.picture.inks import TrueColors
from client_tui.picture.layout import STRIKE, UNDERLINE, Box, Point
from client_tui.picture.picture import Pen, Run

INK, PAPER = "#ffffff", "#000000"
PEN = Pen(INK, PAPER)


def drawn(width, height, scale, draw):
    """Return the red of each pixel, row by row, of what `draw` does with a brush."""
    image = Image.new("RGBA", (width * scale, height * scale), PAPER)
    draw(Brush(image, TrueColors(), scale))
    red = image.getchannel("R").tobytes()
    return [list(red[start : start + image.width]) for start in range(0, len(red), image.width)]


def lit(rows):
    """Return the rows and the columns that have something in them."""
    height, width = len(rows), len(rows[0])
    return [y for y in range(height) if any(rows[y])], [
        x for x in range(width) if any(rows[y][x] for y in range(height))
    ]


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_rectangle_has_sharp_edges_at_each_scale(scale):
    rows = drawn(6, 6, scale, lambda brush: brush.fill(Box(1, 2, 3, 2), INK))
    assert lit(rows) == ([*range(2 * scale, 4 * scale)], [*range(scale, 4 * scale)])
    assert {value for row in rows for value in row} == {0, 255}


def test_a_rectangle_of_less_than_nothing_is_nothing():
    assert lit(drawn(4, 4, 1, lambda brush: brush.fill(Box(3, 3, -2, -2), INK))) == ([], [])


def test_a_panel_fills_its_box_but_for_its_round_corners():
    rows = drawn(24, 16, 1, lambda brush: brush.panel(Box(2, 2, 20, 12), 5, INK, PAPER))
    assert lit(rows) == ([*range(2, 14)], [*range(2, 22)])
    assert rows[2][2] == rows[2][21] == rows[13][2] == rows[13][21] == 0
    assert rows[2][12] == rows[8][2] == rows[13][12] == rows[8][21] == 255
    assert rows == rows[::-1]
    assert rows == [row[::-1] for row in rows]


def test_a_panel_that_is_smaller_than_its_corners_is_as_round_as_it_can_be():
    rows = drawn(8, 8, 1, lambda brush: brush.panel(Box(1, 1, 6, 4), 50, INK, PAPER))
    assert lit(rows) == ([1, 2, 3, 4], [1, 2, 3, 4, 5, 6])


def test_a_dot_lies_on_the_middle_of_its_line():
    rows = drawn(9, 9, 2, lambda brush: brush.dot(Point(4, 4), 3, INK, PAPER))
    assert lit(rows) == ([*range(3, 15)], [*range(3, 15)])


def test_a_ring_has_a_hole():
    rows = drawn(12, 12, 1, lambda brush: brush.disc(Point(6, 6), 6, INK, PAPER, inner=4))
    assert rows[6][6] == 0
    assert rows[6][1] == rows[1][6] == 255


def test_cells_lie_beside_one_another_with_their_backgrounds():
    row = (Run("██", 2, PEN), Run("   ", 3, Pen(INK, "#800000")), Run("█", 1, PEN))
    rows = drawn(54, 20, 1, lambda brush: brush.write(row, 0, 0))
    assert rows == [[255] * 18 + [0x80] * 27 + [255] * 9] * 20


def test_a_wide_character_takes_two_cells():
    row = (Run("世█", 3, PEN),)
    rows = drawn(27, 20, 1, lambda brush: brush.write(row, 0, 0))
    assert [row[18:] for row in rows] == [[255] * 9] * 20
    assert any(any(row[:18]) for row in rows)


def test_a_slanted_letter_reaches_over_the_next_cells_background():
    pens = Pen(INK, PAPER, bold=True, italic=True), Pen(INK, "#000000")
    both = drawn(18, 20, 2, lambda brush: brush.write((Run("ж", 1, pens[0]), Run(" ", 1, pens[1])), 0, 0))
    assert any(any(row[18:]) for row in both)


@pytest.mark.parametrize("scale", [1, 2])
def test_lines_below_and_through_text_go_through_its_blanks_too(scale):
    pen = Pen(INK, PAPER, underline=True, strike=True)
    rows = drawn(18, 20, scale, lambda brush: brush.write((Run("  ", 2, pen),), 0, 0))
    lines = [y * scale + part for y in (STRIKE, UNDERLINE) for part in range(scale)]
    assert lit(rows) == (lines, [*range(18 * scale)])
