import argparse

import pytest

from client_tui.settings.parsing import in_our_words, parser, places, surplus


@pytest.fixture
def made():
    made = parser("jsonws-tui FILE", "It does something.")
    made.add_argument("--to")
    made.add_argument("--force", action="store_true")
    return made


def test_the_usage_is_ours_and_nothing_exits(made):
    assert made.format_help().startswith("usage: jsonws-tui FILE\n\nIt does something.\n")


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["--to"], "--to: needs a value; one that begins with a hyphen is written --to=VALUE"),
        (["--to", "--force"], "--to: needs a value; one that begins with a hyphen is written --to=VALUE"),
        (["--force=1"], "--force: takes no value: ignored explicit argument '1'"),
    ],
)
def test_what_argparse_finds_wrong_is_told_in_our_words(made, argv, line):
    with pytest.raises(argparse.ArgumentError) as raised:
        made.parse_args(argv)
    assert str(in_our_words(raised.value)) == line


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("other", "other: one only"),
        ("-", "-: one only"),
        ("--too", "--too: there is no such flag: did you mean --to?"),
        ("--forse=x", "--forse: there is no such flag: did you mean --force?"),
        ("-x", "-x: there is no such flag: see --help"),
    ],
)
def test_what_is_too_much_is_told_with_its_remedy(made, argument, line):
    assert str(surplus(made, argument, "one only")) == line


def test_the_places_are_told_and_harmless(monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c\x1b")
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    assert places() == (
        "settings file:\n  /c\\u001b/jsonws-tui/config.toml\nkept between runs:\n  /s/jsonws-tui"
    )
