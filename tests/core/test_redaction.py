from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext import is_json
from client_tui.core.redaction import Each, covered_text, redacted, spellings

PASSWORD = (("password",),)


@pytest.mark.parametrize(
    ("text", "paths", "shown"),
    [
        ('{"password": "hunter2"}', PASSWORD, '{"password": "•••••••"}'),
        ('{"user": {"password": "a"}}', PASSWORD, '{"user": {"password": "a"}}'),
        ('{"user": {"password": "a"}}', [("user", "password")], '{"user": {"password": "•"}}'),
        ('[{"k": 1}, {"k": 2, "l": 3}]', [(Each.ELEMENT, "k")], '[{"k": •}, {"k": •, "l": 3}]'),
        ('{"a": {"b": [1, "x"]}, "c": 2}', [("a",)], '{"a": {"b": [•, "•"]}, "c": 2}'),
        ('{"pass\\u0077ord": "s"}', PASSWORD, '{"pass\\u0077ord": "•"}'),
        ('{"a": 1, "password": true}', PASSWORD, '{"a": 1, "password": ••••}'),
        ('{"x": "password", "y": "hunter2"}', PASSWORD, '{"x": "password", "y": "hunter2"}'),
        ('"s"', [()], '"•"'),
        (
            '{"a": {"k": 1}, "k": [2], "b": [{"k": 3}]}',
            [(Each.DEPTH, "k")],
            '{"a": {"k": •}, "k": [•], "b": [{"k": •}]}',
        ),
        ('{"op": "x" "password": "s"}', PASSWORD, '{"op": "x" "password": "•"}'),
        ('{"op": "x"; "password": "s"}', PASSWORD, '{"op": "x"; "password": "•"}'),
        ('{{"password": "s"}}', PASSWORD, '{{"password": "•"}}'),
        ("{password: abc}", PASSWORD, "{password: •••}"),
        ("{'password': 'abc'}", PASSWORD, "{'password': •••••}"),
    ],
)
def test_what_is_at_a_path_is_covered_and_nothing_else(text, paths, shown):
    assert covered_text(text, tuple(paths)) == shown


@pytest.mark.parametrize(
    "typed", ['{"password": "hun', '{"password": "hun\\', '{"password":"hun\n', '{"password"\n:"hun']
)
def test_a_secret_that_is_being_typed_is_covered(typed):
    covered = covered_text(typed, PASSWORD)
    assert "h" not in covered
    assert [len(line) for line in covered.split("\n")] == [len(line) for line in typed.split("\n")]


@pytest.mark.parametrize(
    ("payload", "covered"),
    [
        (b'{"password": "hunter2"}', b'{"password": "*******"}'),
        (b'{"password": 1234}', b'{"password": "**"}'),
        (b'{"password": 7}', b'{"password": 0}'),
        (b'{"password": 42}', b'{"password": ""}'),
        (b'{"password": null}', b'{"password": "**"}'),
        ('{"password": "pässwörd"}'.encode(), b'{"password": "**********"}'),
        (b'{"password": "\xff"}', b'{"password": "\xff"}'),
    ],
)
def test_a_covered_document_is_as_long_and_still_json(payload, covered):
    assert redacted(payload, PASSWORD).payload == covered
    assert len(covered) == len(payload)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["password", "a", "b"]) | st.text(), inner)
    ),
    max_leaves=20,
)


@given(values)
def test_a_covered_document_stays_json_of_the_same_size_without_the_secret(value):
    payload = json.dumps({"x": value, "password": value}, ensure_ascii=False).encode("utf-8", "replace")
    covered = redacted(payload, PASSWORD).payload
    assert len(covered) == len(payload)
    assert is_json(covered)
    assert json.loads(covered)["x"] == json.loads(payload)["x"]


@given(st.text())
def test_whatever_text_has_as_many_characters_when_it_is_covered(text):
    assert len(covered_text(text, PASSWORD)) == len(text)


def test_what_was_covered_is_told_as_it_was_written():
    assert redacted(b'{"password": ["a\\u0062", 12], "x": 3}', PASSWORD).secrets == ('"a\\u0062"', "12")
    assert redacted(b'{"password": "\xffabc"}', PASSWORD) == (b'{"password": "\xffabc"}', ('"\ufffdabc"',))
    assert redacted(b'{"x": 1}', PASSWORD) == (b'{"x": 1}', ())


@pytest.mark.parametrize(
    ("secret", "texts"),
    [
        ('"abc"', {"abc"}),
        ('"abc', {"abc"}),
        ("12", {"12"}),
        ('"a\\u0062\\n"', {"a\\u0062\\n", "ab\n"}),
        ('"a\\x"', {"a\\x"}),
        ('"', {""}),
        ("'a'", {"'a'"}),
    ],
)
def test_a_secret_may_stand_elsewhere_as_it_was_written_and_as_it_is_read(secret, texts):
    assert spellings(secret) == texts
