import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction
from client_tui.core.query import (
    Comparison,
    Is,
    Jq,
    Kind,
    Mistake,
    Pattern,
    Query,
    Size,
    Term,
    Way,
    Word,
    literal,
    names_control_frames,
    parse,
)


def asked(text: str) -> list[object]:
    query = parse(text)
    assert isinstance(query, Query), query
    return [term.asked for term in query.terms]


def mistake(text: str) -> tuple[str, str]:
    """Return what is underlined of a wrong line, and the words."""
    found = parse(text)
    assert isinstance(found, Mistake)
    return text[found.start : found.end], found.reason


@pytest.mark.parametrize("text", ["", " ", "\t \u3000"])
def test_a_blank_line_asks_for_nothing(text):
    assert parse(text) == Query()


def test_words():
    assert asked('tick "two words" {"x":1} "a\\"b"') == [
        Word("tick"),
        Word("two words"),
        Word('{"x":1}'),
        Word('a"b'),
    ]


def test_only_quotes_and_backslashes_are_escaped_between_quotes():
    assert asked(r'"c:\temp" "a\\b"') == [Word(r"c:\temp"), Word(r"a\b")]


@given(st.text(min_size=1))
def test_a_literal_finds_its_text(text):
    assert asked(literal(text)) == [Word(text)]


def test_regular_expressions():
    assert asked(r"/a.b/ /c d/i /\//") == [Pattern("a.b"), Pattern("c d", ignores_case=True), Pattern(r"\/")]


@pytest.mark.filterwarnings("error")
def test_a_regular_expression_that_python_warns_of_is_none_the_less_one():
    assert asked("/[[a]/") == [Pattern("[[a]")]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        *(("dir:sent", Direction.SENT), ("dir:out", Direction.SENT)),
        *(("dir:received", Direction.RECEIVED), ("dir:in", Direction.RECEIVED)),
    ],
)
def test_directions(text, direction):
    assert asked(text) == [Way(direction)]


@pytest.mark.parametrize("kind", Kind)
def test_kinds(kind):
    assert asked(f"is:{kind.value}") == [Is(kind)]


@pytest.mark.parametrize(
    ("text", "comparison", "count"),
    [
        ("size>1k", Comparison.MORE, 1000),
        ("size>=64KiB", Comparison.AT_LEAST, 65536),
        ("size<5", Comparison.LESS, 5),
        ("size<=5", Comparison.AT_MOST, 5),
        ("size=0", Comparison.EQUAL, 0),
        ("size > 1M", Comparison.MORE, 1_000_000),
    ],
)
def test_sizes(text, comparison, count):
    assert asked(text) == [Size(comparison, count)]


def test_jq_and_its_place():
    assert asked('dir:in .type == "tick"') == [Way(Direction.RECEIVED), Jq('.type == "tick"', 7)]
    assert asked("jq:  length > 2 ") == [Jq("length > 2", 5)]


def test_what_must_not_be_so():
    assert parse("-tick -dir:sent -size>1k") == Query(
        (
            Term(Word("tick"), is_negated=True),
            Term(Way(Direction.SENT), is_negated=True),
            Term(Size(Comparison.MORE, 1000), is_negated=True),
        )
    )


@pytest.mark.parametrize(
    ("text", "underlined", "words"),
    [
        ("dir:", "dir:", "dir: takes sent, out, received, in"),
        ("a dir:recieved", "recieved", "there is no dir:recieved: did you mean dir:received?"),
        ("dir:sideways", "sideways", "there is no dir:sideways: dir: takes sent, out, received, in"),
        ("-is:", "is:", "is: takes json, text,"),
        ("is:JSON", "JSON", "did you mean is:json?"),
        ("size>", "size>", "a number of bytes is missing: size>500"),
        ("size:1k", ":", "a size is compared with <, <=, =, >= or >"),
        ("size!=1k", "!=", "a size is compared with"),
        ("size>1x", "1x", "1x is no number of bytes: write one like 500, 1k or 64KiB"),
        ("size>1.5k", "1.5k", "1.5k is no number of bytes"),
        ('a "two words', '"two words', 'the closing " is missing'),
        ('""', '""', "nothing stands between the quotes"),
        ("/ab", "/ab", 'no / at its end; to find it as text, put it in quotes: "/ab"'),
        ("//", "//", "nothing stands between the slashes"),
        ("/api/v1/x", "v1/x", 'only an i may follow; to find it as text, put it in quotes: "/api/v1/x"'),
        ("/a/I", "I", "only an i may follow"),
        ("/a(b/", "(", "the regular expression: missing ), unterminated subpattern"),
        ("x /a**/", "*", "the regular expression: multiple repeat"),
        ("/(?P<a>/", "(", "the regular expression: missing )"),
        ("/a{99999999999}/", "a{99999999999}", "the regular expression is too deep, or too large"),
        ("/" + "(" * 50_000 + "/", "(" * 50_000, "the regular expression is too deep, or too large"),
        ("a - b", "-", "what must not be there is missing"),
        ("-.type", "-", "a jq expression is negated at its end: | not"),
        ("-jq: .a", "-", "a jq expression is negated at its end: | not"),
        ("a jq:", "jq:", "a jq expression is missing"),
        ('"a dir:x', '"a dir:x', 'the closing " is missing'),
    ],
)
def test_mistakes(text, underlined, words):
    place, reason = mistake(text)
    assert place == underlined
    assert words in reason


@given(st.text(alphabet='ab-./"\\[](){}*+?^$|:<>= \tdirszejq1kK#\n\u3000é\x00\ud800', max_size=30))
def test_whatever_is_typed_gets_an_answer(text):
    found = parse(text)
    if isinstance(found, Mistake):
        assert 0 <= found.start < found.end <= len(text)
        assert found.reason
    else:
        assert all(re.compile(term.asked.regex) for term in found.terms if isinstance(term.asked, Pattern))


@given(st.text(alphabet='abdirsze:>1k/".= [(', max_size=20))
def test_a_line_that_is_being_typed_gets_an_answer_at_each_key(text):
    for end in range(len(text)):
        assert isinstance(parse(text[:end]), Query | Mistake)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is:ping", True),
        ("tick is:control", True),
        ("-is:close", False),
        ("-is:close is:control", True),
        ("is:pong", True),
        ("is:json", False),
        ("ping", False),
        ("is:ping dir:", False),
        ("", False),
    ],
)
def test_whether_control_frames_are_asked_for(text, names):
    assert names_control_frames(text) is names
