import pytest

from client_tui.settings import Wrong
from client_tui.settings.handshake import headers, merged, subprotocols


def test_header_lines():
    lines = ["X-Token: a:b", "Empty:", "Spaced: \t x y "]
    assert headers(lines) == (("X-Token", "a:b"), ("Empty", ""), ("Spaced", "x y"))


def test_a_table_of_headers():
    assert headers({"Cookie": ["a=1", "b=2"], "X": " y "}) == (
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("X", "y"),
    )


def test_latin_1_is_what_a_header_can_carry():
    assert headers(["X: Füße"]) == (("X", "Füße"),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Authorization", "write it as 'Name: value'"),
        (": x", "not a header's name"),
        ("a b: x", "not a header's name"),
        ("Ünder: x", "not a header's name"),
        ("X: a\r\nInjected: b", "line break"),
        ("X: a\x1bb", "control character"),
        ("X: 世", "Latin-1"),
        ("X: \udcff", "Latin-1"),
        ("sec-websocket-protocol: x", "--subprotocol NAME"),
        ("Sec-WebSocket-Key: x", "handshake's own"),
        ("Upgrade: x", "handshake's own"),
    ],
)
def test_what_is_no_header(line, why):
    wrong = headers([line])
    assert isinstance(wrong, Wrong)
    assert why in wrong.reason


@pytest.mark.parametrize("value", [1, [1], {"X": 1}, {"X": {"y": "z"}}])
def test_headers_are_text(value):
    assert isinstance(headers(value), Wrong)


def test_a_name_that_is_given_again_replaces_what_stood_below():
    low = (("Authorization", "old"), ("X", "1"))
    assert merged(low, (("authorization", "new"),)) == (("X", "1"), ("authorization", "new"))


def test_subprotocols_keep_their_order():
    assert subprotocols(["v2.example", "v1"]) == ("v2.example", "v1")
    assert subprotocols("v1") == ("v1",)


@pytest.mark.parametrize("name", ["", "a b", "a,b", "a/b", "a\n", "é", 'a"b'])
def test_a_subprotocol_is_a_token(name):
    assert isinstance(subprotocols([name]), Wrong)


def test_a_subprotocol_is_offered_once():
    assert subprotocols(["a", "b", "a"]) == Wrong("a is offered twice: name it once")
