import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core import jsontext
from client_tui.core.printable import is_printable
from client_tui.ui.verdict import STYLES, verdict


@pytest.mark.parametrize(
    ("text", "words", "style"),
    [
        ("", "", "-empty"),
        ('{"a": 1}', "✓ object, 1 member · 8 B", "-valid"),
        ("[1, 2]", "✓ array, 2 items · 6 B", "-valid"),
        ('"世"', "✓ string · 5 B", "-valid"),
        ("[" + "1," * 1_999 + "1]", "✓ array, 2,000 items · 4.0 kB", "-valid"),
    ],
)
def test_a_verdict_in_words(text, words, style):
    assert verdict(jsontext.check(text)) == (words, style)


@pytest.mark.parametrize(
    ("text", "begins", "style"),
    [
        ("[1,,2]", "✗ line 1, column 4: ", "-invalid"),
        ("{\n  'a': 1}", "✗ line 2, column 3: ", "-invalid"),
        ('{"a": [1', "… array is open, 1 more around it · expects ", "-incomplete"),
        ('{\n\n"a": ', "… object from line 1 is open · expects ", "-incomplete"),
        ("tru", "… expects ", "-incomplete"),
        ("1e400", "⚠ number · 5 B · ", "-caution"),
    ],
)
def test_a_verdict_tells_where_and_why(text, begins, style):
    found = verdict(jsontext.check(text))
    assert found.words.startswith(begins)
    assert len(found.words) > len(begins)
    assert found.style == style


def test_more_than_one_caution_is_counted():
    assert verdict(jsontext.check("[1e400, 2e400, 3e400]")).words.endswith("(and 2 more)")


@given(st.text() | st.text("{}[]\",:'\x1b\u202e\x9b1a"))
def test_no_verdict_holds_what_a_terminal_must_not_be_given(text):
    words, style = verdict(jsontext.check(text))
    assert is_printable(words)
    assert style in STYLES
