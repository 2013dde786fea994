import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.query import Part, spans
from client_tui.core.query.pieces import Shape, pieces

LINES = st.text(alphabet='ab-./"\\[]:<>= \tdirszejq1k#\n\u3000é', max_size=40)


def shapes(text: str) -> list[tuple[Shape, str, str]]:
    """Return the pieces of a line as what they are, all of their text and what is inside."""
    return [
        (piece.shape, text[piece.start : piece.end], text[piece.inner : piece.inner_end])
        for piece in pieces(text)
    ]


@given(LINES)
def test_every_character_but_blanks_is_in_one_piece(text):
    end = 0
    for piece in pieces(text):
        assert text[end : piece.start].strip() == ""
        assert piece.start < piece.end
        assert piece.start <= piece.inner <= piece.inner_end <= piece.end
        end = piece.end
    assert text[end:].strip() == ""


@given(LINES)
def test_spans_ascend_and_leave_out_only_blanks(text):
    end = 0
    for start, stop, _ in spans(text):
        assert text[end:start].strip() == ""
        assert start < stop
        end = stop
    assert text[end:].strip() == ""


def test_words_stand_between_blanks():
    assert shapes(" one\ttwo  ") == [(Shape.WORD, "one", "one"), (Shape.WORD, "two", "two")]


@pytest.mark.parametrize(
    ("text", "inner"),
    [('"a b"', "a b"), (r'"a \" b"', r"a \" b"), ('""', ""), (r'"\\"', r"\\"), (r'"c:\t"', r"c:\t")],
)
def test_a_quoted_text(text, inner):
    assert shapes(text) == [(Shape.QUOTED, text, inner)]


@pytest.mark.parametrize("text", ['"', '"a b', r'"a\"', '"a\\'])
def test_a_quoted_text_that_is_not_closed(text):
    assert [(piece.is_closed, piece.end) for piece in pieces(text)] == [(False, len(text))]


@pytest.mark.parametrize("text", ['"type":"tick"', '{"x":1}', '"a b"c', 'x"y'])
def test_json_is_taken_as_it_stands(text):
    assert shapes(text) == [(Shape.WORD, text, text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [("/a b/", "a b"), ("/a/i", "a"), (r"/a\/b/", r"a\/b"), ("/[/]/", "[/]"), ("/[]/]/", "[]/]"), ("//", "")],
)
def test_a_regular_expression(text, inner):
    assert shapes(text) == [(Shape.REGEX, text, inner)]


@pytest.mark.parametrize("text", ["/", "/ab", "/a[b/", "/a\\/", "/a b"])
def test_a_regular_expression_that_is_not_closed(text):
    assert [(piece.is_closed, piece.end) for piece in pieces(text)] == [(False, len(text))]


def test_a_long_row_of_brackets_takes_no_time():
    text = "/" + "[" * 200_000
    assert shapes(text) == [(Shape.REGEX, text, text[1:])]


@pytest.mark.parametrize("text", ["dir:sent", "is:", "is:json", "dir:x:y"])
def test_settings(text):
    assert shapes(text) == [(Shape.SETTING, text, text.partition(":")[2])]


@pytest.mark.parametrize("text", ["size>1k", "size >= 1k", "size<1k", "size=1k", "size:1k", "size!=1k"])
def test_sizes(text):
    assert shapes(text) == [(Shape.SIZE, text, "1k")]


@pytest.mark.parametrize("text", ["size", "sizes>1", "direction:sent", "type:tick", "http://x/"])
def test_words_that_only_look_alike(text):
    assert shapes(text) == [(Shape.WORD, text, text)]


def test_jq_goes_up_to_the_end():
    text = 'dir:sent  .type == "tick" and  .price > 100  '
    assert shapes(text)[1:] == [(Shape.JQ, text[10:-2], text[10:-2])]


def test_jq_behind_its_key():
    assert shapes("a jq: length > 2 ") == [(Shape.WORD, "a", "a"), (Shape.JQ, "jq: length > 2", "length > 2")]
    assert shapes("jq:") == [(Shape.JQ, "jq:", "")]


def test_a_minus_sign_negates():
    text = '-a -"b c" -/d/ -dir:sent -size>1 -'
    assert [piece.is_negated for piece in pieces(text)] == [True] * 6
    assert [shape for shape, _, _ in shapes(text)] == [
        *(Shape.WORD, Shape.QUOTED, Shape.REGEX, Shape.SETTING, Shape.SIZE, Shape.NOTHING),
    ]


def test_a_line_in_colour():
    text = 'one "two" -/three/i -dir:sent size>1k jq: .a'
    assert [(text[start:end], part) for start, end, part in spans(text)] == [
        ("one", Part.WORD),
        ('"two"', Part.WORD),
        ("-", Part.NEGATION),
        ("/three/i", Part.REGEX),
        ("-", Part.NEGATION),
        ("dir:", Part.KEY),
        ("sent", Part.VALUE),
        ("size>", Part.KEY),
        ("1k", Part.VALUE),
        ("jq: ", Part.KEY),
        (".a", Part.JQ),
    ]
