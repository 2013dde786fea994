import re

import pytest

from client_tui.demo.tape.reader import LONGEST_REGEX, NotReadError, Reader, likely, shortened


def reader(line, word="Word", **known):
    """Return a reader that has just read `word`."""
    made = Reader(f"{word} {line}", **known)
    assert made.word() == word
    return made


def refused(line, read, **known):
    """Return the reason why a line is refused, and what of it."""
    made = reader(line, **known)
    with pytest.raises(NotReadError) as caught:
        read(made)
    return caught.value.reason, made.line[caught.value.start : caught.value.end]


@pytest.mark.parametrize("line", ["", "  \t ", "# all of this", "  #"])
def test_a_line_ends_at_its_end_or_at_a_comment(line):
    assert reader(line).ends()


def test_a_comment_does_not_begin_within_a_text_a_regular_expression_or_a_word():
    made = reader('"a # b" /c # d/ ws://h/?a#b # comment')
    assert (made.string("it"), made.regex().pattern, made.argument("it")) == ("a # b", "c # d", "ws://h/?a#b")
    assert made.ends()


@pytest.mark.parametrize("text", ['"it\'s `it`"', "'say \"it\"'", '`"it\'s" \\n`', '""'])
def test_a_text_stands_in_one_of_three_quotes_and_has_no_escapes(text):
    assert reader(text).string("a text") == text[1:-1]


def test_several_texts_are_joined_with_a_space():
    assert reader("\"a\"   'b'`c` Enter").strings("a text") == "a b c"


@pytest.mark.parametrize(
    ("line", "reason", "wrong"),
    [
        ("", "Word needs a text in quotes", ""),
        ("hello you", "Word needs a text in quotes, not hello", "hello"),
        ("# hello", "Word needs a text in quotes", ""),
        ('"abc', 'the closing " is missing: a text ends in the line that it begins in', '"abc'),
        ("'", "the closing ' is missing: a text ends in the line that it begins in", "'"),
    ],
)
def test_what_is_no_text(line, reason, wrong):
    assert refused(line, lambda made: made.strings("a text")) == (reason, wrong)


@pytest.mark.parametrize(
    ("line", "reason", "wrong"),
    [
        ("", "Word needs a name", ""),
        ('""', "a name is empty", '""'),
        ("Enter", "Word needs a name, and Enter is a word itself: in quotes it is none", "Enter"),
    ],
)
def test_what_is_no_argument(line, reason, wrong):
    assert refused(line, lambda made: made.argument("a name"), words={"Enter"}) == (reason, wrong)


def test_a_word_in_quotes_is_an_argument():
    assert reader("'Enter' x", words={"Enter"}).argument("a name") == "Enter"


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("500ms", 0.5),
        ("2s", 2),
        ("0.5", 0.5),
        (".5", 0.5),
        ("2.", 2),
        ("1m", 60),
        ("1.5m", 90),
        ("0", 0),
        ("60m", 3600),
        ("0.1ms", 0.0001),
    ],
)
def test_a_time(line, seconds):
    made = reader(f"{line} Enter")
    assert made.seconds("a time") == seconds
    assert made.word() == "Enter"


@pytest.mark.parametrize(
    "line", ["", "-1", "5h", "1s2", "1ss", "1_000", "1,5", "1e3", "ms", "١", "1.2.3", "50%"]
)
def test_what_is_no_time(line):
    reason, wrong = refused(line, lambda made: made.seconds("a time"))
    assert reason == "Word needs a time such as 500ms or 2s" + (f", not {line}" if line else "")
    assert wrong == line


@pytest.mark.parametrize("line", ["61m", "3600.1", "9" * 5000])
def test_no_time_is_longer_than_an_hour(line):
    reason, _ = refused(line, lambda made: made.seconds("a time"))
    assert reason == f"{shortened(line)} is too long: no time in a tape is longer than an hour"


@pytest.mark.parametrize(
    ("line", "speed"), [("@50ms 3", 0.05), ("@.5", 0.5), (" @ 1s", 1), ("3", None), ("", None)]
)
def test_a_speed_stands_behind_an_at_sign(line, speed):
    assert reader(line).speed() == speed


def test_a_number_has_bounds():
    assert reader("20 400").whole(20, 400, "a number") == 20
    for wrong in ("19", "401", "-20", "20.5", "20x", "9" * 5000, "٢٠", "x", ""):
        reason, _ = refused(wrong, lambda made: made.whole(20, 400, "a number"))
        assert reason.startswith("Word needs a number from 20 to 400")


@pytest.mark.parametrize(
    ("line", "pattern"), [("/a+b/ x", "a+b"), (r"/a\/b/", r"a\/b"), (r"/a\\/ b/", r"a\\"), ("/'\"/", "'\"")]
)
def test_a_regular_expression_ends_at_a_slash_that_is_not_escaped(line, pattern):
    assert reader(line).regex() == re.compile(pattern)


def test_an_escaped_slash_is_a_slash():
    assert reader(r"/^a\/b$/").regex().search("a/b")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "Word needs a regular expression between slashes"),
        ("abc", "Word needs a regular expression between slashes, not abc"),
        ("/abc", "the closing / is missing: a / within is written \\/"),
        (r"/abc\/", "the closing / is missing: a / within is written \\/"),
        ("/(/", "/(/ is no regular expression: missing ), unterminated subpattern at position 0"),
        ("//", f"a regular expression has from 1 to {LONGEST_REGEX} characters"),
        (f"/{'a' * 1001}/", f"a regular expression has from 1 to {LONGEST_REGEX} characters"),
        (
            f"/a{{{'9' * 30}}}/",
            "/a{999999999999999999999999999999}/ is no regular expression: it is too large",
        ),
    ],
)
def test_what_is_no_regular_expression(line, reason):
    assert refused(line, Reader.regex)[0] == reason


def test_a_regular_expression_of_which_python_warns_is_taken():
    assert reader("/[[a]/").regex().search("a")


def test_the_rest_is_verbatim():
    assert reader('  {"a":  1} # "x"  \t').rest("it") == '{"a":  1} # "x"'
    assert refused("# no", lambda made: made.rest("a document"))[0] == "Word needs a document"


def test_an_option_is_taken_only_where_it_is_one():
    made = reader("open Enter", words={"Enter"})
    assert made.option("closed") is None
    assert made.option("closed", "open") == "open"
    assert made.command_is_next()


@pytest.mark.parametrize(
    ("line", "is_next"), [("", True), ("# x", True), ("Enter", True), ("Etner", False), ("3", False)]
)
def test_another_command_is_next_or_not(line, is_next):
    assert reader(line, words={"Enter"}).command_is_next() is is_next


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Ctrl+R@1s", ["Ctrl", "R"]),
        ("Ctrl++ 3", ["Ctrl", "+"]),
        ("Ctrl+@@1s", ["Ctrl", "@"]),
        ("Up 3", ["Up"]),
    ],
)
def test_keys_are_joined_by_plus_signs(line, keys):
    made = Reader(line)
    made.word()
    assert made.keys() == keys


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("Etner", "did you mean Enter?"), ("ENTER", "did you mean Enter?"), ("xyz", "there are many")],
)
def test_an_unknown_name_has_a_remedy(name, remedy):
    assert likely(name, {"Enter", "Type"}, "there are many") == remedy


def test_a_long_text_is_not_quoted_whole():
    assert shortened("a" * 60) == "a" * 60
    assert shortened("a" * 61) == "a" * 60 + "…"
