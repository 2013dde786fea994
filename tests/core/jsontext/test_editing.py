"""A caret is written as |."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext.editing import Edit, between_pair, inside_string, line_break, typed

from .strategies import documents


def after(edit: Edit, line: str, column: int) -> str:
    """The line as it is after an edit, with its caret."""
    caret = column + edit.caret
    edited = line[:column] + edit.insert + line[column + edit.over :]
    return f"{edited[:caret]}|{edited[caret:]}"


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ('|"a"', False),
        ('"|a"', True),
        ('"a|"', True),
        ('"a"|', False),
        (r'"a\"|b"', True),
        (r'"a\|"b"', True),
        (r'"a\\"|', False),
        ('{"a": "b|', True),
        ('"\\|', True),
        ("|", False),
    ],
)
def test_a_caret_knows_whether_it_is_in_a_string(line: str, inside: bool) -> None:
    before, behind = line.split("|")
    assert inside_string(before + behind, len(before)) is inside


@given(st.text('"\\a[', max_size=12))
def test_inside_is_what_a_reader_by_character_finds(line: str) -> None:
    inside = escaped = False
    for column, char in enumerate(line):
        assert inside_string(line, column) is inside
        if escaped:
            escaped = False
        elif char == '"':
            inside = not inside
        else:
            escaped = inside and char == "\\"
    assert inside_string(line, len(line)) is inside


@pytest.mark.parametrize(
    ("char", "line", "edited"),
    [
        ("{", "|", "{|}"),
        ("[", '{"a": |}', '{"a": [|]}'),
        ("{", "[|, 1]", "[{|}, 1]"),
        ("{", "|1]", None),
        ("[", '|"a"', None),
        ("{", '"a|', None),
        ("}", "{|}", "{}|"),
        ("]", "[[|]]", "[[]|]"),
        ("]", "[|}", None),
        ("}", '"|}', None),
        ('"', "{|}", '{"|"}'),
        ('"', "[1, |", '[1, "|"'),
        ('"', "{|: 1}", '{"|": 1}'),
        ('"', '"abc|"', '"abc"|'),
        ('"', r'"abc\|"', None),
        ('"', '"abc|', None),
        ('"', '"a|b"', None),
        ('"', '"a"|', None),
        ('"', "12|", None),
        ('"', "|a", None),
        ("1", "[|]", None),
        (":", '"a"|', None),
    ],
)
def test_typing_pairs_and_steps_over(char: str, line: str, edited: str | None) -> None:
    before, behind = line.split("|")
    edit = typed(char, before + behind, len(before))
    assert (edit and after(edit, before + behind, len(before))) == edited


@given(documents.map(lambda text: "".join(text.split("\n"))))
def test_typing_a_document_in_order_gives_that_document(text: str) -> None:
    line, column = "", 0
    for char in text:
        edit = typed(char, line, column) or Edit(char, 1)
        line = line[:column] + edit.insert + line[column + edit.over :]
        column += edit.caret
    assert line[:column] == text
    assert line[column:].strip('}]"') == ""


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("{|}", True),
        ("[|]", True),
        ('"|"', True),
        ("{|]", False),
        ("|{}", False),
        ('"{|}"', False),
        ('"a"|"b"', False),
    ],
)
def test_an_empty_pair_is_seen(line: str, pair: bool) -> None:
    before, behind = line.split("|")
    assert between_pair(before + behind, len(before)) is pair


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("{|", "{\n  |"),
        ("{|}", "{\n  |\n}"),
        ('  "a": [|]', '  "a": [\n    |\n  ]'),
        ('  "a": [|],', '  "a": [\n    |\n  ],'),
        ('  "a": 1,|', '  "a": 1,\n  |'),
        ('  "a": 1|}', '  "a": 1\n|}'),
        ('{"a": 1|}', '{"a": 1\n|}'),
        ('{"a": 1,| "b": 2}', '{"a": 1,\n  | "b": 2}'),
        ('    "a": [1]}|', '    "a": [1]}\n  |'),
        ("  },|", "  },\n  |"),
        ("  }, {|", "  }, {\n    |"),
        ("[[|]]", "[[\n  |\n]]"),
        ('  "a {|', '  "a {\n|'),
        ('  "a{": 1,|', '  "a{": 1,\n  |'),
        ("|}", "\n|}"),
        ("\t{|", "\t{\n\t  |"),
        ("|", "\n|"),
    ],
)
def test_a_new_line_is_indented(line: str, broken: str) -> None:
    before, behind = line.split("|")
    assert after(line_break(before + behind, len(before)), before + behind, len(before)) == broken


def test_the_indent_is_given() -> None:
    assert line_break("[]", 1, indent=4) == Edit("\n    \n", 5)


@pytest.mark.parametrize("line", ['"' + '\\"' * 500_000, "[" * 500_000, " " * 1_000_000, '"a"' * 300_000])
def test_a_long_line_is_read_in_one_walk(line: str) -> None:
    assert line_break(line, len(line)).insert.startswith("\n")
    assert typed("{", line, len(line)) in (None, Edit("{}", 1))
