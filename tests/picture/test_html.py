from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.picture.html import html
from client_tui.picture.look import Bar, Look
from client_tui.picture.picture import Note, Pane, Pen, Run, Scene
from tests.picture.screens import PEN, ROWS, TEXTS, picture, scene

LOOK = Look()
ALLOWED = {"html", "meta", "title", "style", "main", "section", "header", "div", "pre", "span", "b", "i", "p"}
VOID = {"meta"}


class Page(HTMLParser):
    """A page as a browser reads it: its elements, and the text in each kind of them."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.text = {}
        self.open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def handle_comment(self, data):
        raise AssertionError(data)


def page(shown, look=LOOK):
    """Return a page that is alone in the world and asks for nothing."""
    text = html(shown, look)
    found = Page(text)
    assert found.open == []
    assert {tag for tag, _ in found.elements} <= ALLOWED
    assert {name for _, attributes in found.elements for name in attributes} <= {
        "lang",
        "charset",
        "class",
        "style",
    }
    assert not [word for word in ("url(", "@import", "http", "//") if word in found.text["style"]]
    assert text.encode().decode() == text
    return found


@given(st.lists(ROWS, min_size=1, max_size=4), TEXTS, TEXTS)
def test_any_text_in_any_cell_gives_a_page_and_nothing_else(rows, title, remark):
    page(scene(*rows, title=title, notes=[Note(remark, 0)]))


def test_its_text_can_be_copied_row_by_row():
    assert page(scene("hello  you", "", "╭─╮", "a世b", width=12)).text["pre"] == "hello  you\n\n╭─╮\na世b\n"


def test_foreign_text_is_text_and_nothing_else():
    foreign = "</pre><script>alert(1)</script><!-- &amp; --"
    assert page(scene(foreign)).text["pre"] == f"{foreign}\n"


def test_a_pen_is_a_class():
    pen = Pen("#ff0000", "#101010", bold=True, italic=True, underline=True, strike=True)
    found = page(scene((Run("ab", 2, PEN), Run("cd", 2, pen))))
    assert found.text["span"] == "cd"
    rule = "color: #ff0000; background: #101010; font-weight: bold; font-style: italic;"
    assert f".p0 {{ {rule} text-decoration: underline line-through; }}" in found.text["style"]


def test_what_may_be_of_another_width_has_the_width_of_its_cells():
    found = page(scene("a世▲"))
    assert [attributes["style"] for tag, attributes in found.elements if tag == "b"] == [
        "width:2ch",
        "width:1ch",
    ]


def test_a_colour_behind_blanks_stays_to_the_end_of_its_row():
    found = page(scene((Run("a  ", 3, PEN._replace(background="#ff0000")), Run("  ", 2, PEN))))
    assert found.text["pre"] == "a  \n"


@pytest.mark.parametrize("bar", Bar)
def test_the_window_has_its_bar(bar):
    found = page(scene("x" * 40, title="hello"), Look(bar=bar))
    assert found.text.get("header", "").strip() == ("" if bar is Bar.NONE else "hello")
    buttons = [attributes["style"] for tag, attributes in found.elements if tag == "i"]
    assert len(buttons) == (0 if bar is Bar.NONE else 3)
    assert all(("background" in style) != bar.hollow for style in buttons)


def test_a_note_stands_at_its_row_whatever_the_font():
    found = page(scene("a", "b", "c", notes=[Note("look here", 2)]), Look(bar=Bar.NONE))
    assert found.text["p"] == "look here"
    (card,) = [attributes["style"] for tag, attributes in found.elements if tag == "p"]
    assert card.endswith("top:calc(2 * 1lh + -5px)")
    dot, line = [attributes["style"] for tag, attributes in found.elements if tag == "i"]
    assert "top:calc(2.5 * 1lh + -3px)" in dot
    assert "top:calc(2.5 * 1lh + 0px)" in line


def test_the_page_is_named_after_its_windows():
    both = Scene((Pane(picture("a"), "one"), Pane(picture("b"), "two")))
    assert page(both).text["title"] == "one, two"
    assert page(scene("a")).text["title"] == "A terminal"


def test_a_margin_is_filled_only_if_it_is_to_be():
    assert "background: #123456" in page(scene("a"), Look(margin_fill="#123456")).text["style"]
    assert "padding: 40px" in page(scene("a"), Look(margin=40)).text["style"]


def test_the_same_scene_is_the_same_bytes():
    assert html(scene("a", "b"), LOOK) == html(scene("a", "b"), LOOK)


def test_around_its_windows_a_page_is_as_dark_as_its_reader_likes_it():
    assert ":root { color-scheme: light dark; }" in html(scene("a"), LOOK)
    assert "body { background: #123456; }" in html(scene("a"), Look(margin_fill="#123456"))
