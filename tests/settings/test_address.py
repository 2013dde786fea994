import pytest

from client_tui.settings import Wrong
from client_tui.settings.address import Url, host, joined, path, url


@pytest.mark.parametrize(
    "value",
    [
        "ws://host",
        "wss://host:8443/path?query=1&x=%20",
        "ws://[::1]:8000/",
        "WS://HOST/",
        "ws://bücher.example/ü",
        "ws://127.0.0.1:1/",
        "ws://host/user@home",
    ],
)
def test_a_url_stays_as_it_was_typed(value):
    assert url(value) == Url(value)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("http://host:80/a", "say ws://host:80/a"),
        ("https://host/", "say wss://host/"),
        ("localhost:8000/x", "say ws://localhost:8000/x"),
        ("//host/x", "say ws://host/x"),
        ("ftp://host/", "must begin with ws:// or wss://"),
        ("", "such as ws://127.0.0.1:8000/"),
        ("ws://", "there is no host"),
        ("ws:///path", "there is no host"),
        ("ws://host/#part", "leave out #part"),
        ("ws://host/#", "leave out #"),
        ("ws://host:99999/", "out of range"),
        ("ws://host:x/", "'x'"),
        ("ws://host:0/", "from 1 to 65535"),
        ("ws://[::1/", "IPv6"),
        ("ws://a..b/", "is not a host"),
        (f"ws://{'a' * 64}/", "is not a host"),
        ("ws://host/a b", "%20"),
        ("ws://host/\nHeader: x", "control character"),
        ("ws://ho\tst/", "control character"),
        ("ws://host/\udcff", "control character"),
        (8000, "such as ws://127.0.0.1:8000/"),
    ],
)
def test_a_wrong_url_gets_its_remedy(value, remedy):
    wrong = url(value)
    assert isinstance(wrong, Wrong)
    assert remedy in wrong.reason


@pytest.mark.parametrize(
    ("value", "bare", "credentials"),
    [
        (
            "ws://Aladdin:open%20sesame@host/x?y",
            "ws://host/x?y",
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),  # RFC 7617 §2
        ("wss://name@host", "wss://host", "bmFtZTo="),
        ("ws://a%40b:c@[::1]:80/@", "ws://[::1]:80/@", "YUBiOmM="),
    ],
)
def test_a_users_name_and_password_go_into_a_header(value, bare, credentials):
    assert url(value) == Url(bare, f"Basic {credentials}")


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("example.org", "example.org"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("é.org", "é.org"),
    ],
)
def test_hosts(value, named):
    assert host(value) == named


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("", "name one"),
        (None, "name one"),
        ("ws://host/", "without --host"),
        ("host:80", "a port goes into --port"),
        ("host/path", "is not a host"),
        ("user@host", "is not a host"),
        ("a b", "is not a host"),
        ("[host]", "is not a host"),
        ("a..b", "is not a host"),
    ],
)
def test_a_wrong_host_gets_its_remedy(value, remedy):
    wrong = host(value)
    assert isinstance(wrong, Wrong)
    assert remedy in wrong.reason


@pytest.mark.parametrize(("value", "opened"), [("/a/", "/a/"), ("a?b=c", "/a?b=c"), ("", "/"), ("/ü", "/ü")])
def test_a_path_may_come_without_its_slash(value, opened):
    assert path(value) == opened


@pytest.mark.parametrize("value", ["/a#b", "/a b", "/a\r\nHost: x", 7])
def test_what_is_no_path(value):
    assert isinstance(path(value), Wrong)


def test_a_url_of_parts():
    assert joined(tls=False, named="::1", port=8000, opened="/") == "ws://[::1]:8000/"
    assert joined(tls=True, named="host", port=443, opened="/x?y") == "wss://host:443/x?y"
