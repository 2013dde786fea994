import re

from client_tui.picture.layout import lay_out
from client_tui.picture.look import Bar, Look
from client_tui.picture.picture import Note
from client_tui.picture.svg_frame import before, behind, clipped, document, prefix_of, said
from client_tui.picture.svg_ink import Ink
from tests.picture.screens import SVG, parsed, scene, words


def drawn(part, *rows, look=None, **more):
    """Return the root of an SVG with a part of a frame only."""
    look = look or Look()
    shown = scene(*(rows or ("hello" * 10,)), **more)
    layout, ink = lay_out(shown, look), Ink("j")
    args = (layout.panes[0], shown.panes[0].picture)
    body = part(*args, ink) if part is before else part(*args, look, ink)
    return parsed(document((layout.width, layout.height), look, ink, ("", ""), body))


def test_names_follow_the_content():
    assert prefix_of("a", 1) == prefix_of("a", 1) != prefix_of("a", 2)
    assert re.fullmatch(r"j[0-9a-f]{6}-", prefix_of("\ud800"))


def test_buttons_are_filled_or_rings():
    filled = drawn(behind).findall(f"{SVG}circle")
    rings = drawn(behind, look=Look(bar=Bar.RINGS)).findall(f"{SVG}circle")
    assert (
        [it.get("fill") for it in filled]
        == [it.get("stroke") for it in rings]
        == ["#ff5f57", "#febc2e", "#28c840"]
    )
    assert {it.get("fill") for it in rings} == {"none"}


def test_the_title_stands_in_the_bar():
    assert words(drawn(behind, title="hello")) == ["hello"]
    assert words(drawn(behind, look=Look(bar=Bar.NONE, title="hello"))) == []


def test_a_note_is_its_card_and_the_line_that_leads_there():
    root = drawn(before, notes=[Note("look </here>", 0)])
    assert words(root) == ["look </here>"]
    line = root.find(f"{SVG}path")
    assert line.get("stroke") == "#8080ff"
    assert root.find(f"{SVG}circle").get("cx") == re.match(r"M(\d+)", line.get("d"))[1]


def test_a_title_and_notes_of_any_script_keep_their_widths():
    assert words(drawn(behind, title="a世b")) == ["a", "世", "b"]


def test_the_margin_is_filled_only_if_it_is_to_be():
    body = document((10, 20), Look(margin_fill="#123456"), Ink("j"), ("", ""), "")
    assert '<path fill="#123456" d="M0 0h10v20h-10z"/>' in body
    assert "<path" not in document((10, 20), Look(), Ink("j"), ("", ""), "")


def test_a_screen_is_drawn_in_its_place_and_within_its_window():
    shown, look = scene("hello"), Look()
    (pane,) = lay_out(shown, look).panes
    root = parsed(document((1, 1), look, Ink("j"), ("", ""), clipped(pane, "w0", "<g/>")))
    outline = root.find(f"{SVG}clipPath")
    assert outline.get("id") == "w0"
    assert outline[0].get("rx") == str(look.radius)
    group = root.find(f"{SVG}g")
    assert group.get("clip-path") == "url(#w0)"
    assert group[0].get("transform") == f"translate({pane.cells.x} {pane.cells.y})"


def test_square_windows_have_no_radius():
    assert drawn(behind, look=Look(radius=0)).find(f"{SVG}rect").get("rx") is None


def test_who_sees_no_picture_is_told_its_text_without_the_borders():
    shown = scene("╭─ JSON ──╮", "│ {}   1  │", "╰─────────╯", title="hello", notes=[Note("look", 1)])
    assert said(shown, Look()) == ("hello", "JSON\n{} 1\nlook")
    assert said(scene(" "), Look()) == ("A terminal", "")
