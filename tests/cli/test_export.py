"""`jsonws-tui export`, as a process: what it writes where, and what it says when it cannot."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.recordings import URL, a_bit_of_everything, lines_of, ticks, written
from tests.support.terminal import Terminal

COMMAND = [sys.executable, "-m", "client_tui", "export"]
HOSTILE = "\x9b2J\u202e\x1b]0;x\x07"


def run(*argv, **options):
    return subprocess.run([*COMMAND, *argv], capture_output=True, check=False, **options)


@pytest.fixture
def recording(tmp_path):
    return str(written(tmp_path / "r.jsonl", a_bit_of_everything()))


def test_ndjson_is_a_recording_again(recording):
    done = run(recording, "--to", "ndjson")
    assert (done.returncode, done.stdout, done.stderr) == (0, lines_of(a_bit_of_everything()), b"")


def test_json_is_one_document(recording):
    document = json.loads(run(recording, "--to", "json").stdout)
    assert document["recording"]["url"] == URL
    assert len(document["entries"]) == 5


def test_har_has_the_messages(recording):
    (entry,) = json.loads(run(recording, "--to", "har").stdout)["log"]["entries"]
    assert [message["type"] for message in entry["_webSocketMessages"]] == ["send", "receive", "receive"]


def test_markdown_can_be_read(recording):
    assert b'"error": "no such op"' in run(recording, "--to", "markdown").stdout


@pytest.mark.parametrize(
    ("expression", "payloads"),
    [
        ("is:error", ['{"error": "no such op"}']),
        ("dir:sent", ['{"op": "hello"}']),
        ('.op == "hello"', ['{"op": "hello"}']),
        ("-is:json -is:notice -is:control", [None]),
        ("nothing like it", []),
    ],
)
def test_a_filter_lets_through_what_matches(recording, expression, payloads):
    done = run(recording, "--to", "json", f"--filter={expression}")
    assert [entry.get("payload") for entry in json.loads(done.stdout)["entries"]] == payloads
    assert done.returncode == 0


def test_a_pipe_in_and_a_pipe_out():
    data = lines_of(ticks(5_000))
    assert run("-", "--to", "ndjson", input=data).stdout == data


def test_a_new_file_is_written_for_its_owner_alone_and_told(recording, tmp_path):
    out = tmp_path / "out.har"
    done = run(recording, "--to", "har", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().startswith(f"jsonws-tui: {out}: 5 entries, ")
    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(out.read_bytes())


def test_nothing_is_overwritten(recording, tmp_path):
    out = tmp_path / "out.har"
    out.write_text("precious")
    done = run(recording, "--to", "har", "--out", str(out))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"jsonws-tui: Nothing was exported: there is a file {out} already: name another\n"
    )
    assert out.read_text() == "precious"


def test_where_it_breaks_off_is_told(tmp_path):
    path = tmp_path / "torn.jsonl"
    path.write_bytes(lines_of(ticks(2))[:-5])
    done = run(str(path), "--to", "ndjson")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert f"jsonws-tui: {path}: line 3 breaks off" in done.stderr.decode()


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["no-such", "--to", "har"], "Cannot open: no-such: No such file or directory"),
        (["RECORDING", "--to", "har", "--filter", "dir:x"], "--filter: column 5: "),
        (["RECORDING", "--to", "har", "--filter", ".a =="], "--filter: column "),
        (
            ["RECORDING", "--to", "har", "--out", "no/such/folder"],
            "Nothing was exported: no/such/folder: No such",
        ),
    ],
)
def test_wrong_use_is_one_line_and_status_2(recording, argv, line):
    done = run(*[recording if word == "RECORDING" else word for word in argv])
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said.startswith(f"jsonws-tui: {line}")
    assert said.count("\n") == 1


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    path = written(tmp_path / "long.jsonl", ticks(50_000))
    command = ["sh", "-c", '"$@" --to ndjson | head -n 1', "sh", *COMMAND, str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("redirection", "line"),
    [(">&-", "standard output: it is closed"), (">/dev/full", "standard output: No space left on device")],
)
def test_an_output_that_takes_nothing_is_told(recording, redirection, line):
    command = ["sh", "-c", f'"$@" {redirection}', "sh", *COMMAND, recording, "--to", "json"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, f"jsonws-tui: {line}\n")


def test_a_terminal_gets_nothing_that_it_would_obey(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(
        lines_of(ticks(1)).replace(b"tick", HOSTILE[:2].encode() + b"\\u001b" + "\u202e".encode())
    )
    with Terminal([*COMMAND, str(path), "--to", "json"], os.environ) as terminal:
        assert terminal.wait() == 0
        assert "\x9b".encode() not in terminal.raw
        assert "\u202e".encode() not in terminal.raw
        assert r"\u009b2\u001b\u202e" in terminal.text()


def test_from_the_terminal_nothing_is_read():
    with Terminal([*COMMAND, "-", "--to", "json"], os.environ) as terminal:
        assert terminal.wait() == 2
        assert "standard input is the terminal: pipe a recording into it, or name its file" in terminal.text()
