"""What a user keeps and finds again: the recording, its opening, its export, a filter over it."""

import base64
import json
import os
import re
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import command
from tests.support.echo_server import EchoServer
from tests.support.output import faults
from tests.support.servers import BINARY, TEXT
from tests.support.servers import frame as wire_frame
from tests.support.terminal import Terminal

ENTER, CTRL_Q, ESC, F6, CTRL_F, UP, HOME = "\r", "\x11", "\x1b", "\x1b[17~", "\x06", "\x1b[A", "\x1b[1;5H"
COUNT = 20_000


def flood(*frames):
    """Serve a handshake, then these frames as fast as they are taken."""

    async def handle(peer):
        await peer.accept()
        for start in range(0, len(frames), 500):
            peer.write(b"".join(frames[start : start + 500]))
            await peer.writer.drain()
        await peer.until_gone()

    return handle


def numbered(count=COUNT):
    return [wire_frame(TEXT, b'{"type": "tick", "n": %d}' % number) for number in range(count)]


def recorded(file):
    """Return a recording's header, and its records."""
    header, *records = map(json.loads, Path(file).read_bytes().splitlines())
    assert [record["seq"] for record in records] == list(range(1, len(records) + 1))
    return header, records


def payloads(records):
    return [
        record["payload"]
        for record in records
        if record.get("direction") == "received" and "payload" in record
    ]


@pytest.fixture
def session(tmp_path):
    """Return what finds the one session that was recorded in the state folder."""

    def found():
        (file,) = (tmp_path / "state" / "sessions").iterdir()
        return file

    return found


def run_to_end(environ, *argv, **options):
    return subprocess.run([*command(), *argv], env=environ, capture_output=True, check=False, **options)


# ---------------------------------------------------------------------- recording


def test_a_session_is_recorded_listed_opened_and_exported(opened, run, echo, environ, session):
    terminal = opened(echo.url)
    document = '{"who": "世界", "price": 1.10, "price": 2}'
    terminal.paste(document)
    terminal.type(ENTER)
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.wait_for("● rec")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    file = session()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    header, records = recorded(file)
    assert header["url"] == echo.url
    assert [record["payload"] for record in records if record.get("opcode") == "text"] == [document] * 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", record["time"]) for record in records)
    assert str(file).encode() in run_to_end(environ, "sessions").stdout
    viewer = run("open", str(file))
    viewer.wait_for(lambda: f"▼ {document}" in viewer.text() and "connected · HTTP 101" in viewer.text())
    viewer.type("q")
    assert viewer.wait() == 0
    assert faults(viewer.raw) == []
    har = json.loads(run_to_end(environ, "export", str(file), "--to", "har").stdout)
    messages = har["log"]["entries"][0]["_webSocketMessages"]
    assert [(message["type"], message["data"]) for message in messages] == [
        ("send", document),
        ("receive", document),
    ]


def test_every_frame_of_a_flood_is_in_the_recording_to_the_last(opened, serving, session):
    terminal = opened(serving(flood(*numbered())))
    terminal.wait_for(f"▼ {COUNT:,}")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    _, records = recorded(session())
    assert payloads(records) == [f'{{"type": "tick", "n": {number}}}' for number in range(COUNT)]


def test_after_a_kill_what_was_seen_is_in_the_recording_and_opens(opened, run, serving, session, tmp_path):
    terminal = opened(serving(flood(*numbered(1000))))
    terminal.wait_for("▼ 1,000")
    terminal.wait_for(lambda: any((tmp_path / "state" / "sessions").glob("*.jsonl")))
    file = session()
    terminal.wait_for(lambda: b'\\"n\\": 999}' in file.read_bytes())
    terminal.process.kill()
    assert terminal.wait() == -signal.SIGKILL
    assert len(payloads(recorded(file)[1])) == 1000
    with file.open("ab") as damaged:
        damaged.write(b'{"seq":1004,"time":"2026-11-22T1')
    viewer = run("open", str(file))
    viewer.wait_for('"n": 999}')
    viewer.type("q")
    assert viewer.wait() == 0


def test_bytes_that_are_no_text_are_kept_as_they_were(opened, serving, session):
    oddities = [bytes(range(256)), b"\xff\xfe", b""]
    terminal = opened(serving(flood(*(wire_frame(BINARY, payload) for payload in oddities))))
    terminal.wait_for("▼ 3")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    frames = [record for record in recorded(session())[1] if record.get("opcode") == "binary"]
    kept = [
        base64.b64decode(f["payload_base64"]) if "payload_base64" in f else f["payload"].encode()
        for f in frames
    ]
    assert kept == oddities


def test_secrets_are_nowhere_in_the_state_folder(opened, serving, tmp_path):
    async def handle(peer):
        await peer.accept("Set-Cookie: sid=S3CRET-COOKIE", "X-Plain: seen")
        await peer.until_gone()

    flags = ("-H", "Authorization: Bearer S3CRET-TOKEN", "-H", "Cookie: id=S3CRET-ID")
    terminal = opened(serving(handle), *flags)
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    kept = b"".join(file.read_bytes() for file in (tmp_path / "state").rglob("*") if file.is_file())
    assert b"X-Plain: seen" in kept
    assert b"S3CRET" not in kept


def test_without_recording_nothing_is_kept(opened, echo, tmp_path):
    terminal = opened(echo.url, "--no-record")
    terminal.type("[1]" + ENTER)
    terminal.wait_for("▲ 1  ▼ 1")
    assert "● rec" not in terminal.text()
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    assert not (tmp_path / "state" / "sessions").exists()


def test_a_named_recording_is_never_overwritten(opened, run, echo, tmp_path):
    file = tmp_path / "mine.jsonl"
    terminal = opened(echo.url, "--record", str(file))
    terminal.type("[1]" + ENTER)
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
    before = file.read_bytes()
    second = run(echo.url, "--record", str(file), columns=300)
    assert second.wait() == 2
    (line,) = second.raw.decode().splitlines()
    assert line.startswith("jsonws-tui: --record: ")
    assert file.read_bytes() == before


# ---------------------------------------------------------------------- opening and exporting


@pytest.fixture
def file(tmp_path):
    """A recording of a thousand ticks, one frame in ten of which is an error."""
    lines = [
        {
            "recording": 1,
            "client": "0.1.0",
            "url": "ws://example.org/feed",
            "started": "2026-11-22T12:00:00.000000Z",
        }
    ]
    for number in range(1000):
        payload = {"type": "error" if number % 10 == 0 else "tick", "n": number}
        time = f"2026-11-22T12:00:{number // 20:02}.{number % 20 * 50_000:06}Z"
        frame = {"seq": number + 1, "time": time, "direction": "received", "opcode": "text"}
        lines.append(frame | {"payload": json.dumps(payload)})
    file = tmp_path / "recording.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def test_a_recording_that_is_piped_in_is_opened_and_the_keys_are_the_terminals(environ, file, tmp_path):
    script = tmp_path / "piped.sh"
    script.write_text(f'exec "$@" < {file}\n')
    with Terminal(["sh", str(script), *command(), "open", "-"], environ) as viewer:
        viewer.wait_for('"n": 999}')
        viewer.type(HOME)
        viewer.wait_for('"n": 0}')
        viewer.type("q")
        assert viewer.wait() == 0


def test_a_filter_narrows_a_recording_as_it_is_typed(run, file):
    viewer = run("open", str(file))
    viewer.wait_for('"n": 999}')
    viewer.type(F6 + '.type == "error" and .n > 500')
    viewer.wait_for("49 of 1,000")
    viewer.wait_for(lambda: '"n": 990}' in viewer.text() and '"tick"' not in viewer.text())
    viewer.type(" )")
    viewer.wait_for(lambda: "✗ " in viewer.text() and '"n": 990}' in viewer.text())
    viewer.type(ESC)
    viewer.wait_for('"n": 999}')


def test_a_search_goes_through_all_of_a_recording(run, file):
    viewer = run("open", str(file))
    viewer.wait_for('"n": 999}')
    viewer.type(CTRL_F + "ERROR")
    viewer.wait_for("100 of 100")
    viewer.type(UP)
    viewer.wait_for("99 of 100")
    viewer.wait_for('"n": 980}')


@pytest.mark.parametrize("to", ["ndjson", "json", "har", "markdown"])
def test_an_export_holds_what_the_filter_lets_through(environ, file, to):
    ended = run_to_end(environ, "export", str(file), "--to", to, "--filter", "is:error")
    assert ended.returncode == 0, ended.stderr
    text = ended.stdout.decode()
    assert len(re.findall(r'n\\?": ?\d+', text)) >= 100
    assert "tick" not in text
    if to != "markdown":
        json.loads(text.splitlines()[-1] if to == "ndjson" else text)


def test_an_export_can_be_opened_again(environ, run, file, tmp_path):
    for to in ("har", "ndjson"):
        again = tmp_path / f"again.{to}"
        assert run_to_end(environ, "export", str(file), "--to", to, "--out", str(again)).returncode == 0
        viewer = run("open", str(again))
        viewer.wait_for('"n": 999}')
        viewer.type("q")
        assert viewer.wait() == 0


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["open"], "open"),
        (["open", "/nowhere/x.jsonl"], "/nowhere/x.jsonl"),
        (["export", "/nowhere/x.jsonl", "--to", "har"], "/nowhere/x.jsonl"),
        (["export", "x", "--to", "pdf"], "--to"),
        (["--lab", "ws://a/"], "--lab"),
        (["--record", "/nowhere/x/y.jsonl", "ws://a/", "--no-record"], "record"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_line_and_status_2(run, argv, words):
    terminal = run(*argv, columns=300)
    assert terminal.wait() == 2
    (line,) = terminal.raw.decode().splitlines()
    assert line.startswith("jsonws-tui: ")
    assert words in line


@pytest.mark.parametrize("name", ["damaged", "binary", "empty"])
def test_a_file_that_is_damaged_or_none_is_told_of_in_words(run, file, tmp_path, name):
    odd = tmp_path / "odd.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    if name == "damaged":
        lines[500] = b'{"seq": \xff\x1b]0;owned\x07\n'
    odd.write_bytes(
        {"damaged": b"".join(lines), "binary": b"\x89PNG\r\n\x1a\n" + bytes(500), "empty": b""}[name]
    )
    viewer = run("open", str(odd), columns=300)
    if name == "damaged":
        viewer.wait_for('"n": 999}')
        viewer.type(F6 + "is:notice")
        viewer.wait_for("line 501")
        viewer.type(ESC + "q")
    else:
        assert viewer.wait() == 2
        assert viewer.raw.count(b"\n") == 1
    assert faults(viewer.raw) == []


# ---------------------------------------------------------------------- the lab


def test_the_lab_is_served_beside_the_client(opened):
    terminal = opened("--serve", "--lab", "--path", "/lab/flood/?n=500")
    terminal.wait_for("▼ 500")
    terminal.wait_for('"seq":500')


def test_a_lab_that_floods_is_left_at_once(opened):
    with EchoServer("--lab") as server:
        terminal = opened(f"{server.base}/lab/flood/?n=0&size=100")
        terminal.wait_for(lambda: re.search(r"▼ \d+,\d{3}", terminal.text()) is not None)
        terminal.type(CTRL_Q)
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    "argv", [["sessions"], ["--help"], ["export", "{file}", "--to", "json"]], ids=" ".join
)
def test_a_reader_that_has_seen_enough_is_no_failure(environ, file, tmp_path, argv):
    sessions = tmp_path / "state" / "sessions"
    sessions.mkdir(parents=True)
    (sessions / "20261122T120000.000000Z-host-1.jsonl").write_bytes(file.read_bytes())
    reading, writing = os.pipe()
    os.close(reading)
    arguments = [each.format(file=file) for each in argv]
    ended = subprocess.run(
        [*command(), *arguments], env=environ, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")
