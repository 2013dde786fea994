import pytest

from client_tui.settings import Wrong
from client_tui.settings.subcommands import FORMATS, SUBCOMMANDS, parse_subcommand, subcommand_help


def given(name, *argv):
    return {flag: value for flag, value in parse_subcommand(name, argv).items() if value is not None}


def test_each_flag():
    assert given("sessions", "--config", "c") == {"config": "c"}
    assert given("open", "f", "--theme", "t") == {"file": "f", "theme": "t"}
    argv = ["f", "--to", "har", "--filter", "-is:error", "--out", "o"]
    assert given("export", *argv[:3], "--filter=-is:error", *argv[5:]) == {
        "file": "f",
        "to": "har",
        "filter": "-is:error",
        "out": "o",
    }


@pytest.mark.parametrize("name", ["open", "export"])
def test_a_hyphen_is_the_standard_input(name):
    assert given(name, "-", *(["--to", "json"] if name == "export" else []))["file"] == "-"


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_is_taken(wanted):
    assert given("export", "f", "--to", wanted)["to"] == wanted


@pytest.mark.parametrize(
    ("name", "argv", "line"),
    [
        ("open", [], "open: the FILE is missing: jsonws-tui open FILE [options]"),
        ("export", [], "export: the FILE is missing: jsonws-tui export FILE --to FORMAT [options]"),
        ("export", ["f"], "export: --to FORMAT is missing: jsonws-tui export FILE --to FORMAT [options]"),
        ("export", ["f", "--to", "jsno"], "--to: there is no format jsno: did you mean json?"),
        (
            "export",
            ["f", "--to", "x"],
            "--to: there is no format x: choose from har, json, markdown, ndjson",
        ),
        ("open", ["a", "b"], "b: there is a file already: give one only"),
        ("open", ["a", "--teme", "x"], "--teme: there is no such flag: did you mean --theme?"),
        (
            "open",
            ["a", "--theme"],
            "--theme: needs a value; one that begins with a hyphen is written --theme=VALUE",
        ),
        ("sessions", ["x"], "x: it takes no arguments"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(name, argv, line):
    wrong = parse_subcommand(name, argv)
    assert isinstance(wrong, Wrong)
    assert str(wrong) == line


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_wins_over_a_mistake(name):
    assert parse_subcommand(name, ["--help", "--bogus"])["help"]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_fits_80_columns_and_says_where_things_are(monkeypatch, name):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    text = subcommand_help(name)
    assert text.startswith(f"usage: jsonws-tui {name} ")
    assert max(map(len, text.splitlines())) <= 80
    assert "/c/jsonws-tui/config.toml" in text
    assert "/s/jsonws-tui\n" in text
