from xml.etree import ElementTree as ET

import pytest

from client_tui.picture.picture import Pen, Run
from client_tui.picture.svg_ink import Ink, backgrounds, drawings, escaped, texts
from tests.picture.screens import PEN

RED = PEN._replace(background="#ff0000")


def elements(*runs, y=0):
    """Return the text of a row: for each element its content, its places, and its width."""
    found = [ET.fromstring(text) for text in texts(runs, y, Ink("j"))]  # noqa: S314  # our own
    return [
        (
            "".join(it.itertext()),
            " ".join(filter(None, (part.get("x") for part in it.iter()))),
            it.get("textLength"),
        )
        for it in found
    ]


def run(text, cells=None, pen=PEN):
    return Run(text, cells or len(text), pen)


def test_a_run_is_one_element_as_wide_as_its_cells():
    assert elements(run("  hello you  "), run("!", pen=RED)) == [
        ("hello you", "18", "81"),
        ("!", "117", None),
    ]


def test_its_baseline_is_within_its_row():
    (text,) = texts([run("a")], 40, Ink("j"))
    assert 'y="55"' in text


def test_blanks_that_a_viewer_may_not_keep_are_left_to_the_places():
    assert elements(run("a b  c")) == [("a b", "0", "27"), ("c", "45", None)]


def test_what_may_come_from_another_font_stands_in_the_middle_of_its_own_cells():
    assert elements(run("a世界b", 6)) == [("a", "0", None), ("世界", "18 36", None), ("b", "45", None)]
    assert elements(run("▲▼")) == [("▲▼", "4.5 13.5", None)]


def test_characters_of_several_codes_stand_in_their_cells_too():
    text = "▲👩🏽e\u0301\u0302𝄞"
    assert elements(run(text, 5)) == [(text, "4.5 18 31.5 40.5", None)]


def test_no_place_is_a_list_which_librsvg_would_not_read():
    (text,) = texts([run("世界", 4)], 0, Ink("j"))
    assert '<tspan x="9">世</tspan><tspan x="27">界</tspan>' in text


def test_text_written_to_the_left_keeps_its_columns():
    assert elements(run("שלום")) == [("שלום", "4.5 13.5 22.5 31.5", None)]


def test_borders_are_no_text():
    assert elements(run("╭─ a ─╮")) == [("a", "27", None)]


def test_each_colour_and_face_has_one_class():
    ink = Ink("j")
    pens = [PEN, PEN._replace(bold=True), PEN._replace(italic=True), PEN, PEN._replace(underline=True)]
    names = [
        text.split('class="')[1].split('"')[0] for pen in pens for text in texts([run("a", pen=pen)], 0, ink)
    ]
    assert names == ["j0", "j1", "j2", "j0", "j0"]
    assert ".j1{fill:#d0d0d0;font-weight:700}" in ink.style
    assert ".j2{fill:#d0d0d0;font-style:italic}" in ink.style


def test_no_rule_needs_what_is_around_its_element():
    ink = Ink("j")
    list(texts([run("a")], 0, ink))
    assert [rule.split("{")[0] for rule in ink.style.split("}")] == [".j", ".j0", ""]


def test_neighbours_of_one_background_are_one_rectangle():
    rows = [(run("ab", pen=RED), run("c", pen=RED._replace(bold=True)))] * 2
    assert backgrounds(rows, PEN.background) == (
        '<path shape-rendering="crispEdges" fill="#ff0000" d="M0 0h27v40h-27z"/>'
    )


def test_the_ground_is_not_painted_again():
    assert backgrounds([(run("ab"),)], PEN.background) == ""


def test_a_line_over_cells_is_one_rectangle():
    assert drawings([(run("───"),)]).endswith(' d="M0 9h27v1h-27z"/>')
    assert drawings([(run("│"),), (run("│"),)]).endswith(' d="M4 0h1v40h-1z"/>')


def test_a_round_corner_is_an_arc_that_meets_its_lines():
    line, arc = drawings([(run("╭─"),)]).split("/>")[:2]
    assert line.endswith('d="M4 14h1v6h-1zM9 9h9v1h-9z"')
    assert arc == '<path fill="#d0d0d0" d="M4 14A5 5 0 0 1 9 9V10A4 4 0 0 0 5 14z"'


def test_a_shade_is_seen_through():
    assert 'fill-opacity="0.25"' in drawings([(run("░"),)])


@pytest.mark.parametrize(("pen", "y"), [(PEN._replace(underline=True), 17), (PEN._replace(strike=True), 10)])
def test_the_lines_below_and_through_a_text_go_over_its_blanks_too(pen, y):
    assert f'd="M0 {y}h27v1h-27z"' in drawings([(run("a b", pen=pen),)])


def test_foreign_text_is_escaped():
    assert escaped("</a>&\"']]>") == "&lt;/a&gt;&amp;&quot;']]&gt;"


def test_an_underline_has_the_colour_of_its_text():
    pen = Pen("#ff0000", "#000000", underline=True)
    assert 'fill="#ff0000"' in drawings([(run("a", pen=pen),)])
