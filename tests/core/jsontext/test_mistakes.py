r"""Each case is a text with its underlined part in ⟦ ⟧, and words that its reason has."""

from __future__ import annotations

import pytest

from client_tui.core.jsontext import Invalid, check

MISTAKES = [
    # commas
    ('{"type": "subscribe",⟦,⟧ }', "nothing stands between the two commas"),
    ("[1,⟦,⟧2]", "nothing stands between the two commas"),
    ("[1⟦,⟧ ]", "a trailing comma: nothing follows it before the ]"),
    ('{"a": 1⟦,⟧\n}', "a trailing comma: nothing follows it before the }"),
    ('{"a": [[[1⟦,⟧]]]}', "a trailing comma"),
    ("[⟦,⟧1]", "a value is missing before the comma"),
    ('{⟦,⟧"a":1}', "a key is missing before the comma"),
    ("⟦,⟧", "a value is missing before the comma"),
    ('{"a": 1 ⟦"b"⟧: 2}', "a comma is missing before this"),
    ("[1 ⟦-2.5⟧]", "a comma is missing"),
    ("[1 ⟦true⟧]", "a comma is missing"),
    ("[1 ⟦2_0⟧]", "a comma is missing"),
    ("[{} ⟦{⟧}]", "a comma is missing"),
    ('["a"⟦"b"⟧]', "a comma is missing"),
    ("[1⟦;⟧ 2]", "a comma belongs here, not a semicolon"),
    ('{"price": 1⟦,⟧000}', "no commas between its digits"),
    # colons
    ('{"a" ⟦1⟧}', 'a colon is missing after the key "a"'),
    ('{"a" ⟦"b"⟧}', 'a colon is missing after the key "a"'),
    ('{⟦"a"⟧}', 'the key "a" has no colon and no value'),
    (r'{⟦"\"a\\"⟧, "b": 1}', r'the key "\"a\\" has no colon and no value'),
    ('{"a" ⟦=⟧ 1}', "a colon belongs between key and value, not ="),
    ('{"a" ⟦=>⟧ 1}', "a colon belongs between key and value, not ="),
    ('{"a"⟦:⟧}', "a value is missing after the colon"),
    ('{"a"⟦:⟧ , "b": 1}', "a value is missing after the colon"),
    ('{"a":⟦:⟧ 1}', "one colon too many"),
    ("{⟦:⟧ 1}", "a key is missing before the colon"),
    ('["a"⟦:⟧ 1]', "an array's items have no keys"),
    ("[⟦:⟧ 1]", "a colon stands only behind a key"),
    ('{"a": "b"⟦:⟧ 1}', "a comma belongs here, not a colon"),
    ('"a"⟦:⟧ 1', "a key and its value stand inside { }"),
    # brackets
    ("[1⟦}⟧", "the [ on line 1, column 1 is still open: ] closes it, not }"),
    ('{"a": [\n  1⟦}⟧\n', "the [ on line 1, column 7 is still open"),
    ("[1,⟦}⟧", "is still open"),
    ('{"a"⟦]⟧', "is still open"),
    ("⟦]⟧", "the ] closes nothing"),
    ("{}⟦}⟧", "the } closes nothing"),
    ("[1]⟦]⟧]", "the ] closes nothing"),
    ("[⟦(⟧1, 2)]", "no parentheses"),
    ("⟦(⟧1, 2)", "no parentheses"),
    ("[1⟦)⟧", "no parentheses"),
    ("{⟦{⟧}}", "a key is a string in double quotes"),
    ('{⟦"a⟧\n": 1}', "not closed before its line ends"),
    # the end
    ('{"a": 1}\n⟦{⟧"a": 2}\n', "send each line of NDJSON as a message of its own"),
    ('1 ⟦"a"⟧', "a second document begins here: several values stand inside [ ]"),
    ("{} ⟦true⟧", "a second document begins"),
    ("{}⟦,⟧ {}", "several values stand inside [ ]"),
    ("{} ⟦thanks⟧", "nothing may follow it"),
    ("{}⟦;⟧", "nothing may follow it"),
    # keys and words
    ("{⟦a⟧: 1}", 'the key needs double quotes: "a"'),
    ("{⟦$set⟧: 1}", 'the key needs double quotes: "$set"'),
    ("{⟦größe⟧: 1}", 'the key needs double quotes: "größe"'),
    ("{⟦true⟧: 1}", "the key needs double quotes"),
    ("{⟦1⟧: 1}", "a key is a string in double quotes"),
    ("{⟦-1.5⟧: 1}", "a key is a string in double quotes"),
    ('{"a": ⟦NaN⟧}', "no NaN"),
    ("[⟦Infinity⟧]", "no Infinity"),
    ("[⟦-Infinity⟧]", "no Infinity"),
    ("[⟦+inf⟧]", "no Infinity"),
    ("⟦undefined⟧", "no undefined: write null"),
    ("[⟦None⟧]", "None is written null"),
    ("[⟦True⟧]", "True is written in lower case: true"),
    ("[⟦FALSE⟧]", "FALSE is written in lower case: false"),
    ("[⟦Null⟧]", "lower case: null"),
    ("[⟦truefalse⟧]", "truefalse is no JSON value"),
    ("[⟦hello⟧ world]", "hello is no JSON value: text stands in double quotes"),
    ("[⟦ObjectId(⟧1)]", "no calls"),
    ('[⟦b⟧"x"]', "a string has no b before its quote"),
    ("⟦tru⟧ ", "tru is no JSON value"),
    ("[⟦世界⟧]", "世界 is no JSON value"),
    # comments
    ('{"a": 1, ⟦// one⟧\r\n"b": 2}', "no comments"),
    ("⟦/* x\n */⟧ 1", "no comments"),
    ("1 ⟦# one⟧", "no comments"),
    ("[1⟦/* never closed]⟧", "no comments"),
    # strings
    ("{⟦'a'⟧: 1}", "double quotes, not in single ones"),
    (r"[⟦'it\'s'⟧]", "double quotes, not in single ones"),
    ("[⟦'a]⟧", "double quotes, not in single ones"),
    ("[⟦`a`⟧]", "backticks"),
    ("[⟦“a”⟧]", "typographic"),
    ("{⟦«a»⟧: 1}", "typographic"),
    ('{"a": ⟦"b⟧\n}', r"a line break inside a string is written \n"),
    ('{"a": ⟦"b⟧\r\n}', "not closed before its line ends"),
    ('["a⟦\t⟧b"]', r"a raw U+0009 (tab) stands inside the string: write \t"),
    ('["a⟦\0⟧b"]', r"a raw U+0000 (null) stands inside the string: write \u0000"),
    ('["a⟦\x1b⟧b"]', r"U+001B (escape) stands inside the string: write \u001b"),
    ('["a⟦\r⟧b"]', r"U+000D (carriage return) stands inside the string: write \r"),
    (r'["⟦\x⟧41"]', r"\x is no escape that JSON knows: write \x41 as \u0041"),
    (r'["it⟦\'⟧s"]', "an apostrophe needs no backslash"),
    (r'["C:⟦\p⟧"]', r"a backslash itself is written \\"),
    ('["a⟦\\⟧\nb"]', "cannot go on in the next line"),
    (r'["⟦\u12g⟧4"]', "exactly four hexadecimal digits"),
    (r'["⟦\u12⟧"]', "exactly four hexadecimal digits"),
    (r'["⟦\u{1F600}⟧"]', "exactly four hexadecimal digits"),
    (r'["⟦\U⟧0001F600"]', r"two \u escapes"),
    ('{"a": "say ⟦"⟧hi" there"}', r'the string "say " ends at this quote: inside a string it is written \"'),
    ('{"a": "5⟦"⟧ tall"}', "ends at this quote"),
    ('{"a⟦"⟧b": 1}', "ends at this quote"),
    ('"a⟦"⟧b"', "ends at this quote"),
    # numbers
    ("[⟦01⟧]", "no leading zeros"),
    ("[⟦-007.5⟧]", "no leading zeros"),
    ("[⟦+1⟧]", "no plus"),
    ("[⟦.5⟧]", "a digit must stand before the decimal point"),
    ("[⟦-.5e3⟧]", "a digit must stand before the decimal point"),
    ("[⟦5.⟧]", "a digit must follow the decimal point"),
    ("[⟦5.e3⟧]", "a digit must follow the decimal point"),
    ("[⟦1e⟧]", "a digit must follow the e"),
    ("[⟦1.5E+⟧]", "a digit must follow the e"),
    ("[⟦-⟧]", "a digit must follow the sign"),
    ("[⟦--1⟧]", "--1 is no number"),
    ("[⟦0x1F⟧]", "write 0x1F as 31"),
    ("[⟦-0b11⟧]", "write -0b11 as -3"),
    ("[⟦1_000⟧]", "no underscores"),
    ("[⟦12n⟧]", "no n behind it"),
    ("[⟦12px⟧]", "12px is no number: text stands in double quotes"),
    ("[⟦2026-11-22T07:00:00⟧]", "is no number: text stands in double quotes"),
    ("[⟦127.0.0.1⟧]", "127.0.0.1 is no number"),
    ("[⟦1.5.⟧]", "is no number"),
    # what cannot be seen, or looks like something else
    ('⟦\ufeff⟧{"a": 1}', "a byte order mark, U+FEFF, stands before the document"),
    ('{⟦\u00a0⟧"a": 1}', "U+00A0 (no-break space) stands between the tokens"),
    ("[1⟦\u200b⟧]", "U+200B (zero width space) stands between the tokens"),
    ("[1,⟦\ufeff⟧2]", "U+FEFF"),
    ('{"a"⟦\u3000⟧: 1}', "U+3000 (ideographic space)"),
    ("[1]⟦\v⟧", "U+000B (vertical tab) stands between the tokens"),
    ("[⟦\x00⟧]", "U+0000 (null) may not stand outside a string"),
    ("[⟦\x9b⟧]", "U+009B may not stand outside a string"),
    ("[1⟦，⟧2]", "U+FF0C (fullwidth comma) is not the character that it looks like"),
    ('{"a"⟦：⟧1}', "U+FF1A (fullwidth colon)"),
    (r'{⟦\⟧"a\": 1}', "escaped once too often"),
    ("[1, ⟦...⟧]", "left out"),
    ("[⟦😀⟧]", "😀 has no meaning here"),
    ("{⟦*⟧}", "* has no meaning here"),
    ("[1 ⟦*⟧ 2]", "* has no meaning here"),
    ("⟦<⟧html>", "< has no meaning here"),
]


@pytest.mark.parametrize(("marked", "words"), MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_underlined_and_explained(marked: str, words: str) -> None:
    before, underlined, after = marked.replace("⟧", "⟦").split("⟦")
    outcome = check(before + underlined + after)
    assert isinstance(outcome, Invalid)
    start = len(before)
    assert (outcome.place.start, outcome.place.end) == (start, start + len(underlined)), outcome.reason
    assert words in outcome.reason
    assert "\n" not in outcome.reason


def test_a_long_culprit_is_quoted_in_part() -> None:
    outcome = check("[" + "a" * 1000 + "]")
    assert isinstance(outcome, Invalid)
    assert outcome.place.end == 1001
    assert len(outcome.reason) < 100


@pytest.mark.parametrize(
    "text",
    [
        '["' + '\\"' * 300_000 + "x\n",
        '{"' + '\\"' * 300_000 + '" x}',
        "[" + "-" * 1_000_000,
        "[" + "1-" * 500_000,
        "[" + "0" * 1_000_000,
        "[" + "0" * 1_000_000 + "x]",
        "[-." + "0" * 1_000_000 + "x]",
        "[" + "1" * 1_000_000 + ".x]",
        "[" + "1_" * 500_000,
        "[" + "'" * 1_000_000,
        "[1 " + '"' * 1_000_001,
        '["a" ' + "b " * 500_000,
        "/*" * 500_000,
        "x" * 1_000_000,
        "“" * 1_000_000,
        '{"a": 1' + " " * 1_000_000 + "x}",
        '{"' + "\\\\" * 300_000 + '" x}',
    ],
    ids=lambda text: f"{text[:8]}…{len(text)}",
)
def test_a_hostile_text_is_explained_in_one_walk(text: str) -> None:
    outcome = check(text)
    assert isinstance(outcome, Invalid)
    assert len(outcome.reason) < 200
