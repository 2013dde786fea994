from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from client_tui.core.errors import ClientError
from client_tui.picture import raster
from client_tui.picture.inks import TrueColors
from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH, Box, lay_out
from client_tui.picture.look import BUTTON_COLORS, Bar, Look, frame_colors
from client_tui.picture.picture import Note, Scene
from client_tui.picture.raster import Canvas, extent, frame_pairs
from tests.picture.screens import PEN, ROWS, TEXTS, picture, scene

LOOK = Look()
PLAIN = Look(padding=0, radius=0, bar=Bar.NONE)
scenes = st.builds(
    lambda rows, title, note: scene(*rows, title=title, notes=[Note(note, 0)] if note else []),
    st.lists(ROWS, min_size=2, max_size=2),
    TEXTS,
    st.sampled_from(["", "look here"]),
)
looks = st.builds(
    Look, padding=st.sampled_from([0, 2, 16]), radius=st.sampled_from([0, 8]), bar=st.sampled_from(Bar)
)


def drawn(shown, look=LOOK, scale=1):
    """Return the image of a scene."""
    canvas = Canvas(extent(shown, look), look, scale, TrueColors())
    canvas.show(shown)
    return canvas.image


def color_at(image, x, y):
    """Return a pixel's colour, or None where it is clear."""
    *color, alpha = image.getpixel((x, y))
    return "#" + bytes(color).hex() if alpha == 255 else None if alpha == 0 else (color, alpha)


@settings(max_examples=40)
@given(scenes, scenes, looks)
def test_what_is_painted_over_another_scene_is_the_scene(first, second, look):
    width, height = map(max, zip(extent(first, look), extent(second, look), strict=True))
    canvas = Canvas(raster.Extent(width, height), look, 1, TrueColors())
    canvas.show(first)
    before = canvas.image.copy()
    box = canvas.show(second)
    once = Canvas(raster.Extent(width, height), look, 1, TrueColors())
    once.show(second)
    assert canvas.image.tobytes() == once.image.tobytes()
    if box:
        before.paste(canvas.image.crop((box.x, box.y, box.right, box.bottom)), (box.x, box.y))
    assert ImageChops.difference(before, canvas.image).getbbox(alpha_only=False) is None


def shown(rows, title=""):
    """Return a scene with a letter in each row."""
    return scene(*rows, title=title, width=40)


def test_only_the_rows_that_changed_are_painted():
    size, cells = extent(shown("abcd"), LOOK), lay_out(shown("abcd"), LOOK).panes[0].cells
    canvas = Canvas(size, LOOK, 2, TrueColors())
    canvas.show(shown("abcd"))
    x, y, width = 2 * cells.x, 2 * cells.y, 2 * cells.width
    assert canvas.show(shown("abcd")) is None
    assert canvas.show(shown("aBcd")) == Box(x, y + 40, width, 40)
    assert canvas.show(shown("abCd")) == Box(x, y + 40, width, 80)
    assert canvas.show(shown("abCd", title="new")) == Box(0, 0, *canvas.image.size)


def test_rows_that_are_kept_to_be_shown_again_are_not_kept_for_ever(monkeypatch):
    monkeypatch.setattr(raster, "_KEPT", 3 * CELL_WIDTH * CELL_HEIGHT)
    canvas = Canvas(extent(scene("a"), PLAIN), PLAIN, 1, TrueColors())
    for char in "abcdefgh":
        canvas.show(scene(char))
    assert len(canvas._rows) == 3


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_picture_is_as_large_as_its_layout(scale):
    layout = lay_out(scene("hello"), LOOK)
    assert drawn(scene("hello"), scale=scale).size == (layout.width * scale, layout.height * scale)


def test_colours_are_exact():
    row = (replace_run("█", "#0a0b0c"), replace_run(" ", "#0a0b0c", "#fedcba"))
    image = drawn(scene(row), PLAIN, scale=2)
    assert {color for _, color in image.crop((2, 2, 17, 38)).getcolors()} == {(0x0A, 0x0B, 0x0C, 255)}
    assert {color for _, color in image.crop((19, 2, 34, 38)).getcolors()} == {(0xFE, 0xDC, 0xBA, 255)}


def replace_run(text, color, background="#101010"):
    """Return a cell of a row."""
    return (
        scene(text)
        .panes[0]
        .picture.rows[0][0]
        ._replace(text=text, pen=PEN._replace(color=color, background=background))
    )


def test_a_window_has_its_bar_its_buttons_and_its_edge():
    shown = scene("x" * 40, title="hello")
    image, pane = drawn(shown), lay_out(shown, LOOK).panes[0]
    colors = frame_colors(shown.panes[0].picture)
    assert color_at(image, 100, pane.bar.bottom - 3) == colors.bar
    assert color_at(image, 5, pane.bar.bottom + 3) == colors.fill
    assert color_at(image, 0, 60) == color_at(image, image.width - 1, 60) == colors.edge
    assert color_at(image, 100, 0) == color_at(image, 100, image.height - 1) == colors.edge
    assert [color_at(image, *button.middle) for button in pane.buttons] == list(BUTTON_COLORS)
    title = image.crop(
        (pane.title.corner.x, pane.title.corner.y, pane.title.corner.x + 45, pane.title.corner.y + 20)
    )
    assert len(title.getcolors()) > 5


def test_the_buttons_of_rings_are_hollow():
    shown, look = scene("x" * 40), Look(bar=Bar.RINGS_RIGHT)
    pane = lay_out(shown, look).panes[0]
    middle = pane.buttons[0].middle
    image = drawn(shown, look)
    assert color_at(image, *middle) == frame_colors(shown.panes[0].picture).bar
    assert color_at(image, middle.x + 4, middle.y) == BUTTON_COLORS[0]


def test_outside_of_its_round_corners_a_window_is_clear_or_on_its_margin():
    corners = [(0, 0), (-1, 0), (0, -1), (-1, -1)]
    for look, outside in ((LOOK, None), (Look(margin_fill="#ff00ff"), "#ff00ff")):
        image = drawn(scene("hello"), look)
        for x, y in corners:
            assert color_at(image, x % image.width, y % image.height) == outside
        assert color_at(image, image.width // 2, image.height // 2) is not None


def test_the_edge_of_a_clear_corner_has_the_windows_own_colour():
    image = drawn(scene("hello"))
    edge = bytes.fromhex(frame_colors(scene("hello").panes[0].picture).edge[1:])
    corner = [color for _, color in image.crop((0, 0, 4, 4)).getcolors() if 0 < color[3] < 255]
    assert corner
    assert {bytes(color[:3]) for color in corner} == {edge}


def test_a_margin_is_around_the_windows():
    look = Look(margin=10, margin_fill="#ff00ff", radius=0)
    image = drawn(scene("hello"), look)
    assert color_at(image, 9, 50) == color_at(image, image.width - 10, 50) == "#ff00ff"
    assert color_at(image, 10, 50) != "#ff00ff"


def test_without_padding_no_cell_loses_a_corner_and_the_edge_is_whole():
    look = Look(padding=0, bar=Bar.NONE, radius=8)
    shown = scene((replace_run("█", "#ff0000"),))
    image = drawn(shown, look)
    edge = frame_colors(shown.panes[0].picture).edge
    assert color_at(image, 0, 0) == color_at(image, 8, 19) == edge
    assert color_at(image, 1, 1) == color_at(image, 7, 18) == "#ff0000"


def test_a_note_is_a_card_beside_its_row_in_the_accents_colour():
    shown = scene("first", "second", notes=[Note("look here", 1)])
    image, pane = drawn(shown), lay_out(shown, LOOK).panes[0]
    (note,) = pane.notes
    accent = shown.panes[0].picture.accent
    assert color_at(image, note.leader[0].x, note.leader[0].y) == accent
    assert color_at(image, pane.window.right + 3, note.leader[0].y) == accent
    assert color_at(image, note.card.x, note.card.y + 10) == accent
    assert color_at(image, note.card.x + 2, note.card.y + 10) == PEN.background


@pytest.mark.parametrize("padding", range(8))
def test_a_note_is_whole_however_near_its_row_is(padding):
    look = Look(padding=padding)
    first, second = (scene(text, notes=[Note("look", 0)], width=9) for text in ("█" * 9, "▒" * 9))
    canvas = Canvas(extent(first, look), look, 1, TrueColors())
    canvas.show(first)
    canvas.show(second)
    assert canvas.image.tobytes() == drawn(second, look).tobytes()
    dot = lay_out(second, look).panes[0].notes[0].leader[0]
    accent = second.panes[0].picture.accent
    assert {color_at(canvas.image, dot.x + side, dot.y) for side in (-2, -1, 0, 1)} == {accent}


def test_screens_stand_side_by_side():
    two = Scene((scene("one").panes[0], scene("two").panes[0]))
    image, layout = drawn(two), lay_out(two, LOOK)
    first, second = (pane.window for pane in layout.panes)
    assert color_at(image, first.x + 30, 44) == color_at(image, second.x + 30, 44) == PEN.background
    assert color_at(image, (first.right + second.x) // 2, 44) is None


def test_all_colours_around_a_screen_are_told():
    looks = [Look(margin=4, margin_fill="#ff00ff"), Look(bar=Bar.NONE), Look(bar=Bar.RINGS)]
    for look in looks:
        shown = replace_scene_notes(scene("hello", title="hello"))
        told = {color for pair in frame_pairs(shown.panes[0].picture, look) for color in pair}
        asked = set()

        class Asked(TrueColors):
            def ink(self, color, asked=asked):
                asked |= {color}
                return super().ink(color)

        Canvas(extent(shown, look), look, 1, Asked()).show(shown)
        assert asked - {None} <= told


def replace_scene_notes(shown):
    return replace(shown, panes=(replace(shown.panes[0], notes=(Note("look", 0),)),))


def test_a_picture_that_readers_would_refuse_is_refused(monkeypatch):
    monkeypatch.setattr(raster, "MOST_PIXELS", CELL_WIDTH * CELL_HEIGHT)
    assert drawn(scene("a"), PLAIN)
    with pytest.raises(ClientError, match="18×40 pixels: take a smaller scale"):
        drawn(scene("a"), PLAIN, scale=2)


def test_a_huge_screen_of_marks_is_drawn():
    row = (scene("x").panes[0].picture.rows[0][0]._replace(text="e\u0301\u0316" * 400, cells=400),)
    image = drawn(Scene((replace(scene("x").panes[0], picture=picture(*[row] * 150)),)), PLAIN)
    assert image.size == (400 * CELL_WIDTH, 150 * CELL_HEIGHT)
    assert isinstance(image, Image.Image)
