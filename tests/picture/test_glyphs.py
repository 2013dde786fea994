import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from client_tui.picture import fonts, glyphs
from client_tui.picture.glyphs import disc, glyph
from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH

LETTERS = [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x391, 0x3CF), *range(0x400, 0x460), 0x219, 0x21B]
STYLES = [(False, False), (True, False), (False, True), (True, True)]


def rows(text, cells=1, scale=1, **style):
    """Return the strength of each pixel of a character in its cells, row by row."""
    shape = glyph(text, cells, scale, **style)
    width, height = cells * CELL_WIDTH * scale, CELL_HEIGHT * scale
    found = [[0] * width for _ in range(height)]
    for y in range(shape.mask.height if shape else 0):
        for x in range(shape.mask.width):
            if 0 <= x + shape.left < width:
                found[y + shape.top][x + shape.left] = shape.mask.getpixel((x, y))
    return found


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize(("bold", "italic"), STYLES)
def test_no_letter_is_cut_off(scale, bold, italic):
    for char in map(chr, LETTERS):
        face = fonts.face(char, bold=bold, italic=italic)
        if char == "\xad" or face is None:
            continue
        sheet = Image.new("L", (40 * scale, 60 * scale))
        font = fonts.font(face.path, 15 * scale)
        ImageDraw.Draw(sheet).text((15 * scale, 40 * scale), char, fill=255, font=font, anchor="ls")
        whole = sheet.crop(sheet.getbbox())
        assert glyph(char, 1, scale, bold=bold, italic=italic).mask.tobytes() == whole.tobytes(), char


def test_a_blank_is_nothing():
    assert glyph(" ", 1, 1) is None
    assert glyph("\u3000", 2, 1) is None


def test_a_flag_is_the_letters_of_its_country_each_in_its_cell():
    both = zip(rows("D"), rows("E"), strict=True)
    assert rows("🇩🇪", 2) == [left + right for left, right in both]


def test_letters_of_one_font_stand_on_one_line():
    bottoms = {glyph(char, 1, 2).top + glyph(char, 1, 2).mask.height for char in "ABDEFHIKLMNPRTXZ"}
    assert len(bottoms) == 1


def test_a_line_joins_the_next_one_at_each_side():
    for scale in (1, 2, 3):
        cross = rows("┼", scale=scale)
        assert 255 in cross[0]
        assert cross[0] == cross[-1]
        column = [row[0] for row in cross]
        assert 255 in column
        assert column == [row[-1] for row in cross]


def test_a_rounded_corner_meets_straight_lines_in_the_same_pixels():
    for scale in (1, 2, 3):
        corner, lying, standing = (rows(char, scale=scale) for char in "╭─│")
        assert corner[-1] == standing[-1]
        # The bend begins within the pixel: it may be a shade lighter there.
        assert all(abs(row[-1] - other[-1]) < 32 for row, other in zip(corner, lying, strict=True))


def test_a_full_block_fills_its_cell_and_a_shade_all_of_it_in_part():
    assert rows("█", scale=2) == [[255] * 18] * 40
    assert rows("▒") == [[128] * 9] * 20


def test_a_mark_is_drawn_over_its_letter():
    plain, marked = rows("q", scale=2), rows("q̈", scale=2)
    above = [y for y, row in enumerate(marked) if any(row) and not any(plain[y])]
    assert above
    assert max(above) < min(y for y, row in enumerate(plain) if any(row))


def test_a_letter_with_its_mark_is_the_letter_that_unicode_has_for_both():
    assert rows("e\u0301") == rows("é")


def test_however_many_marks_a_letter_has_few_are_drawn():
    assert rows("a" + "\u0301\u0316" * 5000) == rows("a" + "\u0301\u0316" * 4)


def test_what_only_chooses_how_a_character_looks_is_not_drawn():
    assert rows("✓\ufe0f", 2) == rows("✓", 2)


def test_a_box_stands_for_what_no_font_has(monkeypatch):
    monkeypatch.setattr(fonts, "face", lambda *_, **__: None)
    glyph.cache_clear()
    box = rows("世", 2, 1)
    glyph.cache_clear()
    assert len(box[0]) == 18
    assert {strength for row in box for strength in row} == {0, glyphs._QUIET}
    assert [any(row[9:]) for row in box] == [any(row[:9]) for row in box]


def test_a_letter_that_is_wider_than_its_cells_is_made_narrower():
    wide = glyph("世", 1, 2)
    assert wide is None or wide.mask.width <= 2 * CELL_WIDTH


def test_a_disc_is_round_and_has_its_hole():
    whole, ring = disc(6), disc(6, 4)
    assert (whole.left, whole.top, whole.mask.size) == (-6, -6, (12, 12))
    assert whole.mask.getpixel((6, 6)) == 255
    assert whole.mask.getpixel((0, 5)) > 240
    assert whole.mask.getpixel((0, 0)) == ring.mask.getpixel((6, 6)) == 0
    assert ring.mask.getpixel((6, 1)) == 255


@given(st.text(min_size=1, max_size=6), st.integers(1, 2), st.integers(1, 2), st.booleans(), st.booleans())
def test_anything_is_drawn_somehow(text, cells, scale, bold, italic):
    shape = glyph(text, cells, scale, bold=bold, italic=italic)
    if shape:
        assert shape.top >= 0
        assert shape.top + shape.mask.height <= CELL_HEIGHT * scale
        assert -CELL_WIDTH * scale <= shape.left
        assert shape.left + shape.mask.width <= (cells + 1) * CELL_WIDTH * scale
