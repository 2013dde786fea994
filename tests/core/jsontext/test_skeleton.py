import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from client_tui.core.jsontext import is_shallow, skeleton
from client_tui.core.jsontext.grammar import STRING
from tests.core.jsontext.strategies import documents

LONG = 256 * 1024  # a stretch


@given(documents)
@example(r'["\\\"", "\\", "a\\\\"]')
def test_strings_are_gone_and_nothing_else(document):
    assert skeleton(document.encode()) == re.sub(STRING, "0", document).encode()


@given(st.integers(-6, 6), st.sampled_from(["\\\\", '\\"', "x", "世"]), st.booleans())
def test_a_string_may_lie_across_stretches(offset, piece, closes_there):
    fill = piece * ((LONG + offset) // len(piece.encode()))
    document = f'["{fill}",[1]]' if closes_there else f'["{fill * 3}",{{"a":"{piece}"}}]'
    assert skeleton(document.encode()) == re.sub(STRING, "0", document).encode()


@pytest.mark.parametrize(
    ("document", "levels", "shallow"),
    [
        ("1", 0, True),
        ("[]", 0, False),
        ("[]", 1, True),
        ('[{"a":[1]},{}]', 2, False),
        ('[{"a":[1]},{}]', 3, True),
        ("[" * 1000 + "]" * 1000, 999, False),
        ("[" * 1000 + "]" * 1000, 1000, True),
        ('["[[[[[["]', 1, True),
    ],
)
def test_how_deep_a_document_goes(document, levels, shallow):
    assert is_shallow(skeleton(document.encode()), levels) is shallow
