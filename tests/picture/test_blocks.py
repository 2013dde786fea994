from itertools import product

import pytest

from client_tui.picture.blocks import Arc, shapes
from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH

SCALES = (1, 2, 3)
DIAGONALS = "╱╲╳"
DRAWN = [chr(code) for code in range(0x2500, 0x25A0) if chr(code) not in DIAGONALS]
LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"


def pixels(char, scale):
    """Return which pixels of the cell are filled."""
    found = set()
    for shape in shapes(char, scale):
        if isinstance(shape, Arc):
            found |= {at for at in product(range(9 * scale), range(20 * scale)) if _on(shape, *at)}
        else:
            across, down = range(shape.x, shape.x + shape.width), range(shape.y, shape.y + shape.height)
            found |= set(product(across, down))
    return found


def _on(arc, x, y):
    across, down = x + 0.5 - arc.x, y + 0.5 - arc.y
    beside = across * arc.right > 0 and down * arc.down > 0
    return beside and arc.inner**2 <= across**2 + down**2 <= arc.outer**2


def edge(char, side, scale=1):
    """Return where the character leaves its cell."""
    width, height = CELL_WIDTH * scale, CELL_HEIGHT * scale
    filled = pixels(char, scale)
    if side in (LEFT, RIGHT):
        return {y for x, y in filled if x == (0 if side == LEFT else width - 1)}
    return {x for x, y in filled if y == (0 if side == UP else height - 1)}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("char", DRAWN)
def test_everything_stays_within_its_cell(char, scale):
    filled = pixels(char, scale)
    assert filled
    assert all(0 <= x < CELL_WIDTH * scale and 0 <= y < CELL_HEIGHT * scale for x, y in filled)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("line", ["┌─┐│└┘├┤┬┴┼╭╮╰╯", "┏━┓┃┗┛┣┫┳┻╋", "╔═╗║╚╝╠╣╦╩╬"])
def test_lines_of_one_weight_join_without_a_seam(line, scale):
    lying, standing = edge(line[1], LEFT, scale), edge(line[3], UP, scale)
    for char in line:
        assert edge(char, LEFT, scale) in (set(), lying)
        assert edge(char, RIGHT, scale) in (set(), lying)
        assert edge(char, UP, scale) in (set(), standing)
        assert edge(char, DOWN, scale) in (set(), standing)


@pytest.mark.parametrize("char", [char for char in DRAWN if "─" <= char < "═" and char not in "┄┅┆┇┈┉┊┋╌╍╎╏"])
def test_a_drawing_is_in_one_piece(char):
    left = pixels(char, 1)
    reached = [left.pop()]
    while reached:
        x, y = reached.pop()
        near = left & {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
        left -= near
        reached += near
    assert left == set()


@pytest.mark.parametrize(
    ("char", "sides"),
    [
        ("╭", {RIGHT, DOWN}),
        ("╯", {LEFT, UP}),
        ("┽", {LEFT, RIGHT, UP, DOWN}),
        ("╟", {UP, DOWN, RIGHT}),
        ("╼", {LEFT, RIGHT}),
    ],
)
def test_a_drawing_leaves_on_its_sides(char, sides):
    assert {side for side in (LEFT, RIGHT, UP, DOWN) if edge(char, side)} == sides


def test_each_arm_has_its_own_weight():
    assert edge("┽", LEFT) == edge("━", LEFT)
    assert edge("┽", RIGHT) == edge("─", RIGHT)
    assert edge("╪", RIGHT) == edge("═", RIGHT)
    assert edge("╪", UP) == edge("│", UP)


def test_the_corner_of_a_double_line_is_hollow():
    corner = pixels("╔", 1)
    assert {(2, 7), (6, 11), (8, 7), (8, 11)} <= corner
    assert (4, 9) not in corner
    assert not {(x, y) for x, y in corner if x < 2 or y < 7}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("pair", ["▀▄", "▌▐", "▚▞", "▙▝", "▛▗", "▜▖", "▟▘"])
def test_blocks_that_complete_one_another_fill_the_cell(pair, scale):
    filled = set().union(*(pixels(char, scale) for char in pair))
    assert filled == pixels("█", scale)
    assert not pixels(pair[0], scale) & pixels(pair[1], scale)


@pytest.mark.parametrize("scale", SCALES)
def test_each_eighth_is_more_than_the_one_before(scale):
    for row in ("▁▂▃▄▅▆▇█", "▏▎▍▌▋▊▉█"):
        sizes = [len(pixels(char, scale)) for char in row]
        assert sizes == sorted(set(sizes))


def test_shades_are_rectangles_seen_through():
    assert [shapes(char)[0].alpha for char in "░▒▓"] == [0.25, 0.5, 0.75]


@pytest.mark.parametrize("char", ["╱", "a", "", "──", "■", "\u24ff"])
def test_the_rest_is_left_to_the_font(char):
    assert shapes(char) is None
