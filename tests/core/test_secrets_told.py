"""Secrets in any stretch of a text: what is found under which name, and what is left alone."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.secrets_told import Secret, in_document, in_urls

VALUE = "s3cr3t/T0ken+"
FORMS = {VALUE, quote(VALUE, safe="")}


def texts(words):
    return {secret.text for secret in in_urls(words)}


def told(text):
    """Return what is told in a document: the secrets, without what stands before the short ones."""
    return {secret.text for each in in_document(text) for secret in each.secrets}


# ---------------------------------------------------------------------- URLs


@pytest.mark.parametrize("value", [VALUE, quote(VALUE, safe="")])
@pytest.mark.parametrize(
    "words",
    [
        "ws://127.0.0.1:8000/?token={}",
        "ws://h/?room=lobby&access_token={}&x=1",
        "GET /path?token={} HTTP/1.1\r\nHost: h",
        "ws://h/?access%5Ftoken={}",
        "refused: ws://h/?key={}",
        "(ws://h/?sig={})",
        '{{"url": "ws://h/?a=1\\u0026ticket={}\\u0026b=2"}}',
        "https://h/#access_token={}&state=1",
        "│ ws://h/?session={} │",
    ],
)
def test_a_parameter_is_found_wherever_a_url_stands_percent_encoded_and_not(words, value):
    assert texts(words.format(value)) >= FORMS


def test_one_url_may_stand_in_the_query_of_another():
    assert "s3cr3t" in texts("/login?next=ws%3A%2F%2Fh%2F%3Ftoken%3Ds3cr3t%26x%3D1")
    assert not any("x" in text for text in texts("/login?next=ws%3A%2F%2Fh%2F%3Ftoken%3Ds3cr3t%26x%3D1"))


def test_what_ends_a_sentence_may_be_part_of_a_url_or_not():
    assert {"abcdef", "abcdef:"} <= texts("cannot open ws://h/?token=abcdef: refused")


def test_a_short_value_is_told_by_its_name():
    assert in_urls("/?pin=12&x=3") == {Secret("12", "pin=")}


@pytest.mark.parametrize(
    "words", ["", "/?room=lobby&page=2", "token=abcdef", "/?token=&x=1", "/?token", "code=1006", "a & b = c"]
)
def test_other_words_are_no_secrets_of_urls(words):
    assert in_urls(words) == set()


# ---------------------------------------------------------------------- documents


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ('{"password": "hunter2", "n": 1}', {"hunter2"}),
        ('{"a": [{"access_token": "abcd"}, {"refreshToken": 12345}]}', {"abcd", "12345"}),
        (
            '{"credentials": {"user": "alice", "keys": [1234, "b}]cd"]}, "x": "open"}',
            {"alice", "1234", "b}]cd"},
        ),
        ('{"password": "a\\u0062cd\\"e"}', {'abcd"e', 'a\\u0062cd\\"e'}),
        ('{"pass\\u0077ord": "abcd"}', {"abcd"}),
        ('{\n  "api_key" :\n "abcd"\n}', {"abcd"}),
        ("{password: abcd, 'token': 'efgh'}", {"abcd", "efgh"}),
        ("{'passwords': ['a]b', 'tail1234']}", {"a]b", "tail1234"}),
        ('{"user\'s password": "hunter2"}', {"hunter2"}),
        (r'{"body": "{\"password\":\"abcd\\\"efgh\",\"n\":\"plain\"}"}', {r"abcd\\\"efgh"}),
        (r'{"body": "{\"password\":\"abcd\\\\\",\"n\":\"plain\"}"}', {r"abcd\\\\"}),
        ('.password == "hunter2"', {"hunter2"}),
        ("grant_type=password&password=abcd&x=1", {"abcd"}),
        # stretches
        ('r2", "password": "hunter2", "a": 1', {"hunter2"}),
        ('"password": "hun', {"hun"}),
        ('"secrets": [\n    "abcd",\n    "efgh"', {"abcd", "efgh"}),
        ('["abcd"], "token": "efgh"}]}]', {"efgh"}),
        # one in another
        (r'{"body": "{\"token\": \"abcd\", \"n\": 1}"}', {"abcd"}),
        (r'{"body": "{\"secrets\": {\"a\": 12345}}"}', {"12345"}),
        # what is seen of them
        ('{"password": "a\x1b[2Jb"}', {"a\\u001b[2Jb"}),
        ('{"password": "\u0301abc"}', {"\u0301abc"}),
        ('{"password": "one\ntwo2"}', {"one\\u000atwo2", "one", "two2"}),
    ],
)
def test_what_stands_under_a_secret_name_is_found(text, secrets):
    assert told(text) == secrets


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", '{"token"', '{"token":', '{"token": [', '{"token": null, "auth": true, "password": ""}'),
        *('{"tokens": 4096, "token_type": "bearer", "key": "Enter", "code": 1006}', '["password", "token"]'),
        *('{"password": "•••••", "secret": "*****"}', '"password", "hunter2"', "12:01:02 · connected"),
    ],
)
def test_what_tells_nothing_is_left_alone(text):
    assert told(text) == set()


def test_a_short_value_is_told_by_what_stands_before_it_in_its_line():
    (first, second) = in_document('{"n": 12, "pin": 12, "credentials": [\n  7]}')
    assert (first.name, first.secrets) == ("pin", (Secret("12", '"pin": '),))
    assert second.secrets == ()


values = st.recursive(
    st.integers(10_000) | st.text("abcdxyz\\\"'{}[]:,•é", min_size=1),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "token", "x y"]), inner),
    max_leaves=8,
)


@given(values, st.booleans())
def test_every_leaf_is_found_however_it_is_laid_out(value, is_pretty):
    text = json.dumps({"x": 1, "password": value, "y": "later"}, indent=2 if is_pretty else None)
    found = [text[each.start : each.end] for each in in_document(text)]
    assert [json.loads(each) for each in found] == list(leaves(value))


def leaves(value):
    match value:
        case dict():
            for inner in value.values():
                yield from leaves(inner)
        case list():
            for inner in value:
                yield from leaves(inner)
        case _:
            yield value


@given(st.text() | st.text(st.sampled_from("\"'{}[]:,=?&\\ token%3D\n")))
def test_any_text_is_read(text):
    for each in in_document(text):
        assert text[each.start : each.end]
        assert all(secret.text for secret in each.secrets)
    assert all(secret.text for secret in in_urls(text))


@pytest.mark.parametrize(
    "text",
    [
        *('"token":{' * 30_000, '"token":{},' * 30_000, '"' * 200_000, "\\" * 200_000, '\\"' * 100_000),
        *("?" * 200_000, "?token" * 40_000, "token" * 40_000, '"\\' * 100_000, " " * 200_000),
        *('"token"' + " " * 200_000, '"token": {"a":' + " " * 200_000, "?a" * 100_000, '{"a":' * 40_000),
    ],
    ids=lambda text: repr(text[:14]),
)
def test_no_text_takes_longer_than_its_length(text):
    # Each takes some milliseconds; with one step too many in the expressions it would be hours.
    assert not told(text)
    assert not in_urls(text)
