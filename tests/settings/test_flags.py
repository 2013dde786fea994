import pytest

from client_tui.settings import Wrong
from client_tui.settings.flags import help_text, parse_flags


def given(*argv):
    return {name: value for name, value in parse_flags(argv).items() if value is not None}


def test_nothing_given():
    assert given() == {}


def test_each_flag():
    argv = [
        "--host",
        "h",
        "--port",
        "1",
        "--path",
        "/p",
        "--tls",
        "--serve",
        "-H",
        "A: b",
        "-HC: d",
        "--subprotocol",
    ]
    argv += [
        "s",
        "--max-size",
        "1k",
        "--insecure",
        "--send",
        "1",
        "--send",
        "-2",
        "--theme",
        "t",
        "--config",
        "c",
        "--record",
        "r",
        "--no-record",
        "--lab",
    ]
    assert given(*argv) == {
        "host": "h",
        "port": "1",
        "path": "/p",
        "tls": True,
        "serve": True,
        "headers": ["A: b", "C: d"],
        "subprotocols": ["s"],
        "max_size": "1k",
        "insecure": True,
        "send": ["1", "-2"],
        "theme": "t",
        "config": "c",
        "record_file": "r",
        "record": False,
        "lab": True,
    }


def test_a_url_and_a_value_that_begins_with_a_hyphen():
    assert given("--send=-1e3", "ws://h/") == {"url": "ws://h/", "send": ["-1e3"]}


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["--prot", "9"], "--prot: there is no such flag: did you mean --port?"),
        (["--prot=9"], "--prot: there is no such flag: did you mean --port?"),
        (["--serv"], "--serv: there is no such flag: did you mean --serve?"),
        (["-X"], "-X: there is no such flag: see --help"),
        (["--port"], "--port: needs a value; one that begins with a hyphen is written --port=VALUE"),
        (["--send", "-1e3"], "--send: needs a value; one that begins with a hyphen is written --send=VALUE"),
        (["ws://a/", "ws://b/"], "ws://b/: there is a URL already: give one only"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(argv, line):
    assert str(parse_flags(argv)) == line


def test_a_value_for_a_switch():
    wrong = parse_flags(["--serve=yes"])
    assert isinstance(wrong, Wrong)
    assert str(wrong).startswith("--serve: takes no value: ")


def test_help_wins_over_a_mistake():
    assert parse_flags(["--help", "--bogus"])["help"]


def test_help_fits_80_columns_and_says_where_things_are(monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    text = help_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "/c/jsonws-tui/config.toml" in text
    assert "/s/jsonws-tui\n" in text
    assert text.count("\n  jsonws-tui ") == 3
