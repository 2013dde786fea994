import pytest

from client_tui.finding.jq_program import fault


def wrong(expression: str) -> tuple[str, str]:
    """Return what is underlined of a wrong expression, and the words."""
    line = "é dir:in " + expression
    mistake = fault(expression, 9)
    assert mistake is not None
    return line[mistake.start : mistake.end], mistake.reason


@pytest.mark.parametrize(
    ("expression", "underlined", "words"),
    [
        (".type ==", "==", "the expression ends too early"),
        (".a |", "|", "the expression ends too early"),
        (".[", "[", "the expression ends too early"),
        ("if .a then 1", "1", "the expression ends too early"),
        ("def f: 1;", "def f: 1;", "the expression ends too early"),
        ("# nothing", "# nothing", "the expression ends too early"),
        ('.type == "tick', "tick", 'the closing " of a string is missing'),
        ('"\\(1', "1", 'the closing " of a string is missing'),
        (".foo bar", "bar", "bar is not expected here; to find the line as text, put it in quotes"),
        ("...", ".", "the expression ends too early"),
        (". ..", "..", ".. is not expected here"),
        (".a === 1", "=", "= changes a value; == compares two"),
        ('.type = "tick"', "=", "= changes a value; == compares two"),
        (".a ==\n  bogus", "bogus", "jq has no function bogus"),
        ('"世界" + bogus', "bogus", 'a string stands in double quotes: "bogus"'),
        ("foo(1)", "foo", "jq has no function foo with 1 argument"),
        ("foo(1; 2)", "foo", "jq has no function foo with 2 arguments"),
        ("$foo", "$foo", "there is no variable $foo"),
        ("$__prog_args", "$__prog_args", "there is no variable $__prog_args"),
        ("break $x", "break $x", "there is no label $x"),
        (".a && .b", "&", "jq writes and, not &&"),
        (".a || .b", "|", "jq writes or, not ||"),
        ("!.a", "!", "jq writes | not behind it, or !="),
        (".a == 'x'", "'", 'a string stands in double quotes: "tick"'),
        ("é", "é", "é means nothing here"),
        ("1) | (2", ")", ") means nothing here"),
        ('.a == "x" dir:sent', "dir", "a jq expression goes up to the line's end: dir belongs before it"),
        ('import "x" as x; .', "import", "import reads other files"),
        (' # hm\n include "x"; .', "include", "include reads other files"),
        ("module {}; .", "module", "module reads other files"),
        (".a\0", "\0", "NUL is no character for jq"),
        ('"\ud800"', "\ud800", "half of a character is none for jq"),
        ('"\\x"', "\\x", "Invalid escape"),
        ("-" * 50_000, "-", "the expression is nested too deep"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_mistakes(expression, underlined, words):
    place, reason = wrong(expression)
    assert place == underlined
    assert words in reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    "expression",
    [
        '.type == "tick" and .price > 100',
        ".a != 1 and .b <= 2 or .c >= 3",
        "(.a = 1) | .a",
        "{a: 1} | .a == 1",
        '.a == "="',
        ".a |= 1",
        ".a += 1",
        '.a // "x" | test("=")',
        ". # = \n",
        ".import",
        "[.[] | select(. == 1)] | length == 1",
        ". as {a: $x} | $x",
    ],
)
def test_expressions_without_one(expression):
    assert fault(expression, 0) is None


def test_every_beginning_of_an_expression_gets_an_answer():
    expression = '. as {a: [$x, "é\\(1 + 2)"]} ?// [$x] | if $x == 1 then .["b"] // "c" else @base64 "d" end'
    for end in range(1, len(expression)):
        mistake = fault(expression[:end], 3)
        if mistake is not None:
            assert 3 <= mistake.start < mistake.end <= 3 + end
            assert mistake.reason
