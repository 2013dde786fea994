import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client_tui.core import jsontext
from client_tui.ui.line_window import columns_between, tokens_between, width

lines = st.text('{}[],:"\\ 12tea世\u0301\t', max_size=80)
places = st.integers(0, 90)


@given(lines, places, places)
def test_a_part_is_coloured_as_it_is_in_the_whole_line(line, first, second):
    start, end = sorted((min(first, len(line)), min(second, len(line))))
    whole = [kind for kind, *place in jsontext.tokens(line) for _ in range(*place)]
    part = {at: kind for kind, *place in tokens_between(line, start, end) for at in range(*place)}
    assert [part.get(at) for at in range(start, end)] == whole[start:end]


@given(lines.map(lambda line: line.replace("\t", "")), places, places)
def test_all_that_is_shown_between_two_cells_is_between_the_columns(line, first, second):
    left, right = sorted((first, second))
    start, end = columns_between(line, left, right)
    expanded = [cell_len(line[:at]) for at in range(len(line) + 1)]
    assert expanded[start] <= left or start == 0
    assert end == len(line) or expanded[end] >= right


def test_tabs_are_taken_for_as_many_cells_as_they_may_have():
    line = "\t" * 1_000
    start, end = columns_between(line, 300, 400)
    assert start <= 150
    assert end >= 400


@given(st.text(max_size=300).map(lambda text: re.sub("\u200d", "", text)))
def test_the_width_is_that_which_rich_measures(text):
    assert width(text) == (len(text) if text.isascii() else cell_len(text))


def test_what_widens_a_character_is_measured_with_it():
    text = "❤\ufe0f" * 500
    assert width(text) == cell_len(text) == 1_000
