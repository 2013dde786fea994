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
    assert given("demo", "a.tape", "b", "--out", "o", "--check") == {
        "files": ["a.tape", "b"],
        "out": "o",
        "check": True,
    }
    assert given("demo", "a.tape", "--update") == {"files": ["a.tape"], "update": True}


def test_a_list_of_tapes_needs_no_file():
    assert given("demo", "--list") == {"files": [], "list": True}


@pytest.mark.parametrize("argv", [["--record", "a.tape"], ["--record=a.tape"]])
def test_a_tape_is_recorded_of_a_client_with_flags_of_its_own(argv):
    flags = given("demo", *argv, "--serve", "--lab", "--theme", "t", "-H", "A: b")
    assert flags == {"tape": "a.tape", "serve": True, "lab": True, "theme": "t", "headers": ["A: b"]}
    assert given("demo", "ws://h/", *argv) == {"tape": "a.tape", "url": "ws://h/"}


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
        ("demo", ["--list", "x"], "--list: it lists all tapes: give no other"),
        (
            "demo",
            ["x", "--check", "--update"],
            "--check: cannot stand beside --update: give one or the other",
        ),
        ("demo", [], "demo: the FILE is missing: jsonws-tui demo FILE.tape … [options]"),
        ("demo", ["--check"], "demo: the FILE is missing: jsonws-tui demo FILE.tape … [options]"),
        ("demo", ["a", "--chekc"], "--chekc: there is no such flag: did you mean --check?"),
        ("demo", ["a", "--check=b"], "--check: takes no value: ignored explicit argument 'b'"),
        (
            "demo",
            ["a", "--out"],
            "--out: needs a value; one that begins with a hyphen is written --out=VALUE",
        ),
        (
            "demo",
            ["--record"],
            "--record: needs a value; one that begins with a hyphen is written --record=VALUE",
        ),
        ("demo", ["--record", "a", "--prot", "9"], "--prot: there is no such flag: did you mean --port?"),
        ("demo", ["--record", "a", "ws://a/", "ws://b/"], "ws://b/: there is a URL already: give one only"),
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
    reads = SUBCOMMANDS[name].reads_settings
    assert ("/c/jsonws-tui/config.toml" in text) is ("--config" in text) is reads
    assert ("/s/jsonws-tui\n" in text) is reads
