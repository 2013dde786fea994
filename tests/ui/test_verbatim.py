from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.document._wrapped_document import WrappedDocument

from client_tui.core.printable import is_printable
from client_tui.ui.verbatim import VerbatimDocument, WrappedLines, shown

AWKWARD = (
    "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\r\n\t\x00\x1b\x7f\x9b\u202e\u2066\u200d\ufeff\xa0\u3000\ufe0f\u0301"
)
texts = st.text(st.one_of(st.sampled_from(AWKWARD + '世{}[]",: 1a'), st.characters()), max_size=30)


def location(text, index):
    """Return the row and column of an index, where a line ends at LF only."""
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


@st.composite
def edits(draw):
    """A text, and edits of it as a plain string knows them: from, to, and what comes there."""
    text = before = draw(texts)
    steps = []
    for _ in range(draw(st.integers(1, 5))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        insert = draw(texts)
        steps.append((start, end, insert))
        text = text[:start] + insert + text[end:]
    return before, steps


@given(texts)
def test_a_text_comes_back_to_the_last_character(text):
    document = VerbatimDocument(text)
    assert document.text == text
    assert document.line_count == text.count("\n") + 1
    assert document.end == location(text, len(text))
    assert [document.verbatim_line(row) for row in range(document.line_count)] == text.split("\n")


@given(edits())
def test_edits_do_what_they_do_to_a_string(case):
    text, steps = case
    document = VerbatimDocument(text)
    for start, end, insert in steps:
        first, last = location(text, start), location(text, end)
        assert document.get_text_range(first, last) == text[start:end]
        result = document.replace_range(last, first, insert)
        assert result.replaced_text == text[start:end]
        text = text[:start] + insert + text[end:]
        assert result.end_location == location(text, start + len(insert))
        assert document.text == text
        assert document.lines == [shown(line) for line in text.split("\n")]


def test_a_range_may_end_on_the_row_behind_the_last_one():
    document = VerbatimDocument("[1,\n2]")
    assert document.replace_range((1, 0), (2, 0), "").replaced_text == "2]"
    assert document.text == "[1,\n"


@given(texts.map(lambda text: text.replace("\n", "")))
def test_a_line_is_shown_by_printable_characters_one_for_one(line):
    stands = shown(line)
    assert len(stands) == len(line)
    assert is_printable(stands.replace("\t", " "))


def test_stand_ins_picture_what_they_stand_for():
    assert shown("a\x1b[0m\r\x7f\x9b\u202eb\tc") == "a␛[0m␍␡��b\tc"


def test_a_mark_stays_on_its_character_and_on_no_other():
    assert shown("e\u0301") == "e\u0301"
    assert shown("\u0301e") == "\ufffde"
    assert shown("\x1b\u0301") == "␛\ufffd"
    assert shown("❤\ufe0f\ufe0f") == "❤\ufe0f\ufffd"


@given(st.lists(st.text("ab 世\u0301\t,{", max_size=40), min_size=1, max_size=5), st.integers(0, 12))
def test_rows_are_counted_and_found_as_textual_does(lines, width):
    document = VerbatimDocument("\n".join(lines))
    ours, theirs = WrappedLines(document, width, 2), WrappedDocument(document, width, 2)
    assert ours.height == theirs.height
    for row, line in enumerate(document.lines):
        for column in range(len(line) + 1):
            assert ours.location_to_offset((row, column)) == theirs.location_to_offset((row, column))


def test_the_size_is_that_of_the_widest_line():
    document = VerbatimDocument("世界世界\nabcde\n\t\tab")
    assert document.get_size(2) == (8, 3)
    assert cell_len(document.lines[0]) == 8
