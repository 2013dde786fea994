"""Tapes played from their first word to their last: the real client, a real server, and the tape's time."""

import base64
import hashlib
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from client_tui.demo.player import play
from client_tui.demo.take import Take
from client_tui.picture.picture import Note
from tests.demo.conftest import halt_of, rows, screens_of, take_of, tape_of

NOBODY = "ws://127.0.0.1:9/"

ALL_WORDS = """
    Output all.gif
    Output all.svg
    Set Width 90
    Set Height 20
    Set TypingSpeed 20ms
    Set Latency 5ms
    Set Density pretty
    Set Title "One client"
    Require sh
    Env NO_PROXY "*"
    Redact .password
    Serve lab
    Wait open
    Screenshot first.txt
    Type '{"x": 1,}'
    Left
    Backspace
    End
    Enter
    Wait received 1
    Expect .x == 1
    Wait sent 1
    Hide
    Type@1s "[2"
    Show
    Sleep 300ms
    Copy "]"
    Paste
    Ctrl+J
    Screenshot typed.png
    F7
    Delete
    Send {"password": "hunter2"}
    Wait /password/
    Wait+Line /type JSON/
    Annotate "covered" at /password/
    Annotate "the first row" at 1
    Screenshot covered.html
    Theme jsonws-light
    Screenshot light.svg
    F6
    Type ".x == 1"
    Wait settled
    Screenshot filtered.svg
    Escape
    Serve stop
    Wait closed
    Sleep 2s
    Screenshot gone.txt
    Serve lab
    Wait open
    Screenshot back.txt
    Client ben
    Connect /lab/ticker/?hz=500&n=20
    Wait received 20
    Screenshot both.svg
"""
STREAMED = """
    Output stream.gif
    Set Interval 10ms
    Serve lab
    Connect /lab/flood/?n=120
    Wait /"seq":20,/
    F6
    Type ".seq % 2 == 0"
    Screenshot filtered.txt
    Sleep 300ms
    Screenshot later.txt
"""


def play_twice_apart(text):
    """Play a tape in two other processes at once, each in the other's way."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(take_of, [text, text]))


# ---------------------------------------------------------------------- the same each time


@pytest.mark.parametrize("text", [ALL_WORDS, STREAMED], ids=["every word", "a stream"])
def test_a_tape_gives_the_same_each_time_also_beside_others(text):
    first, second = play_twice_apart(text)
    assert first.seconds == second.seconds
    assert screens_of(first) == screens_of(second)
    assert first == second


def test_nothing_of_the_users_taste_changes_a_picture(monkeypatch, tmp_path):
    text = f"""
        Connect {NOBODY}
        Type "[1"
        Screenshot a.txt
    """
    plain = take_of(text)
    config = tmp_path / "jsonws-tui"
    config.mkdir()
    (config / "config.toml").write_text('theme = "nord"\ndensity = "pretty"\n', "utf-8")
    taste = {
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "JSONWS_TUI_THEME": "nord",
        "JSONWS_TUI_URL": "ws://elsewhere.invalid/",
        "XDG_CONFIG_HOME": str(tmp_path),
        "TEXTUAL_ANIMATIONS": "full",
        "TERM": "dumb",
        "COLORTERM": "",
        "COLUMNS": "33",
        "LINES": "7",
    }
    for name, value in taste.items():
        monkeypatch.setenv(name, value)
    before = dict(os.environ)
    assert take_of(text) == plain
    assert dict(os.environ) == before


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = dict(os.environ), threading.active_count(), children(), Path.cwd()
    take_of("""
        Serve
        Wait open
        Send {"x": 1}
        Expect .x
        F6
        Type ".x"
        Wait settled
    """)
    assert list(folder.iterdir()) == []
    assert (dict(os.environ), threading.active_count(), children(), Path.cwd()) == before


def children():
    """Return the children of this process, those too that have ended and nobody asked for."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()


# ---------------------------------------------------------------------- its time


def test_time_is_what_is_typed_and_slept():
    take = take_of(f"""
        Connect {NOBODY}
        Set TypingSpeed 30ms
        Type "[1, 2]"
        Type@100ms "ab"
        Left 3
        Sleep 1s
        Copy "x"
        Paste
    """)
    assert take.seconds == pytest.approx(6 * 0.03 + 2 * 0.1 + 3 * 0.03 + 1.0 + 0.03)


def test_rows_have_the_tapes_time(lab):
    take = take_of(f"""
        Set Latency 250ms
        Connect {lab.url}
        Wait open
        Sleep 1s
        Type "[1]"
        Enter
        Sleep 1s
        Screenshot a.txt
    """)
    sent, received = rows(screens_of(take)["a.txt"], "[1]")
    assert sent.startswith("12:01:03.150 ▲")
    assert received.startswith("12:01:03.400 ▼")
    assert received.endswith("+250 ms")


def test_a_notification_goes_away_in_the_tapes_time(lab):
    screens = screens_of(
        take_of(f"""
            Connect {lab.url}
            Wait open
            F9
            Sleep 4.8s
            Screenshot before.txt
            Sleep 200ms
            Screenshot after.txt
        """)
    )
    assert rows(screens["before.txt"], "Ping sent")
    assert not rows(screens["after.txt"], "Ping sent")


def test_an_undo_takes_back_what_was_typed_before_a_pause():
    screens = screens_of(
        take_of(f"""
            Connect {NOBODY}
            Type "ab"
            Sleep 3s
            Type "cd"
            Ctrl+Z
            Screenshot a.txt
        """)
    )
    assert rows(screens["a.txt"], "│ ab") == ["│ ab │"]


def test_a_film_shows_each_key_and_what_was_hidden_not_at_all():
    take = take_of(f"""
        Output a.gif
        Output a.cast
        Connect {NOBODY}
        Type "[1"
        Hide
        Sleep 5s
        Type ", 2"
        Show
        Type "]"
    """)
    gif, cast = take.reels
    assert (gif.path, cast.path, gif.film) == ("a.gif", "a.cast", cast.film)
    typed = [rows(shot.scene.panes[0].picture.lines, "│")[0] for shot in gif.film.shots]
    assert [row.strip("│ ") for row in dict.fromkeys(typed)][-2:] == ["[1]", "[1, 2]"]
    assert gif.film.seconds < 5.0


def test_a_film_may_go_round():
    film = """
        Output a.gif
        Set LoopOffset {}
        Connect ws://127.0.0.1:9/
        Type "[1]"
        Sleep 1s
    """
    straight, turned = (take_of(film.format(offset)).reels[0].film for offset in ("0%", "50%"))
    assert turned.seconds == straight.seconds
    assert turned.shots[0].scene == [s.scene for s in straight.shots if s.at <= straight.seconds / 2][-1]


# ---------------------------------------------------------------------- the conversation


def test_a_server_goes_away_and_returns_and_nothing_is_lost():
    screens = screens_of(
        take_of("""
            Serve
            Wait open
            Send ["first"]
            Wait received 1
            Serve stop
            Wait closed
            Screenshot gone.txt
            Sleep 600ms
            Screenshot retried.txt
            Type '["typed meanwhile"]'
            Serve
            Wait open
            Screenshot back.txt
            Enter
            Wait received 2
            Screenshot answered.txt
        """)
    )
    assert "○ closed 1001 going away · retry 1 in 1 s" in screens["gone.txt"][0]
    assert "✗ refused · retry 2 in 1 s" in screens["retried.txt"][0]
    assert "● open ws://127.0.0.1:8000/" in " ".join(screens["back.txt"][0].split())
    assert rows(screens["back.txt"], "│ [") == ['│ ["typed meanwhile"] │']
    assert len(rows(screens["back.txt"], '"first"')) == 2
    assert [row.split()[1] for row in rows(screens["answered.txt"], '"typed meanwhile"')] == ["▲", "▼"]


def test_two_clients_see_each_other_in_an_order_that_is_the_same():
    take = take_of("""
        Set Width 70
        Set Title "The room"
        Serve
        Client ann
        Connect /rooms/lobby/
        Wait open
        Client ben
        Connect /rooms/lobby/
        Wait open
        Set Title "Benjamin"
        Send {"from": "ben"}
        Client ann
        Wait /ben/
        Send {"from": "ann"}
        Wait received 2
        Client ben
        Wait received 2
        Screenshot both.txt
    """)
    ann, ben = take.stills[0].scene.panes
    assert (ann.title, ben.title, take.stills[0].look.title) == ("ann", "Benjamin", "The room")
    said = [[row.split()[1:4] for row in rows(pane.picture.lines, '{"from"')] for pane in (ann, ben)]
    assert said == [
        [["▼", '{"from":', '"ben"}'], ["▲", '{"from":', '"ann"}'], ["▼", '{"from":', '"ann"}']],
        [["▲", '{"from":', '"ben"}'], ["▼", '{"from":', '"ben"}'], ["▼", '{"from":', '"ann"}']],
    ]


def test_a_client_can_go_elsewhere(lab):
    screens = screens_of(
        take_of(f"""
            Connect {NOBODY}
            Sleep 100ms
            Screenshot before.txt
            Connect {lab.url}
            Wait open
            Screenshot after.txt
        """)
    )
    assert "✗ refused" in screens["before.txt"][0]
    assert "● open" in screens["after.txt"][0]


def test_a_secret_is_in_no_picture(lab):
    take = take_of(f"""
        Output a.svg
        Set Height 30
        Redact .password
        Redact .users[].token
        Connect {lab.url}
        Wait open
        Type '{{"password": "hunter2", "users": [{{"token": 31337}}]}}'
        Enter
        Wait received 1
        Expect .password == "hunter2"
        Send {{"password": "hunter2"}}
        Wait received 2
        F2
        Screenshot pretty.txt
        Tab
        Up
        Enter
        Screenshot inspected.txt
        Escape
        Escape
        Up
        Screenshot again.txt
        Ctrl+F
        Type "password"
        Wait settled
        Screenshot searched.txt
    """)
    scenes = [still.scene for still in take.stills] + [shot.scene for shot in take.reels[0].film.shots]
    shown = "\n".join(line for scene in scenes for pane in scene.panes for line in pane.picture.lines)
    assert '"password": "*******"' in shown
    assert '"password": "•••••••"' in shown
    assert '"token": "***"' in shown
    for secret in ("hunter2", "hunte", '"h', "31337", "3133"):
        assert secret not in shown


def test_nor_is_it_in_the_words_of_an_expect(lab):
    halt = halt_of(f"""
        Redact .password
        Connect {lab.url}
        Wait open
        Send {{"password": "hunter2"}}
        Expect .password == "other"
    """)
    assert halt.words.endswith('does not hold: the newest frame is {"password": "*******"}')


def test_it_waits_for_exactly_so_many_frames(lab):
    screens = screens_of(
        take_of(f"""
            Set Interval 40ms
            Connect {lab.base}/lab/ticker/?hz=500
            Wait received 40
            Screenshot a.txt
            Sleep 400ms
            Screenshot b.txt
        """)
    )
    assert "▼ 40 " in screens["a.txt"][0]
    assert "▼ 50 " in screens["b.txt"][0]
    assert rows(screens["a.txt"], '"seq":40,')
    assert not rows(screens["a.txt"], '"seq":41,')


def test_a_stream_is_filtered_while_it_flows(lab):
    screens = screens_of(
        take_of(f"""
            Set Interval 10ms
            Connect {lab.base}/lab/flood/?n=400
            Wait received 100
            F6
            Type ".seq % 100 == 0"
            Wait received 400
            Wait settled
            Screenshot a.txt
        """)
    )
    assert [row.split('"seq":')[1][:3] for row in rows(screens["a.txt"], '"seq"')] == [
        "100",
        "200",
        "300",
        "400",
    ]
    assert "4 of 401" in screens["a.txt"][1]


# ---------------------------------------------------------------------- what stops a tape


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("Wait@100ms received 3", "waited 0.1 s for 3 received frames"),
        ("Wait@100ms sent 3", "waited 0.1 s for 3 sent frames"),
        ("Wait@100ms closed", "waited 0.1 s for the connection to be closed"),
        ("Wait@100ms /a.b/", "waited 0.1 s for /a.b/ in the screen"),
        ("Wait+Line@100ms /a.b/", "waited 0.1 s for /a.b/ in the line of the cursor"),
        ('Annotate "here" at /a.b/', "no row matches /a.b/"),
    ],
)
def test_it_says_what_it_waited_for_and_what_was_on_the_screen(lab, last, words):
    halt = halt_of(f"Connect {lab.url}\nWait open\nSend [17]\nWait received 1\n{last}")
    assert (halt.file, halt.line, halt.words) == ("some.tape", 5, words)
    assert "● open" in halt.screen[0]
    assert len(rows(halt.screen, "[17]")) == 2


def test_nobody_listens():
    halt = halt_of(f"Connect {NOBODY}\nWait@100ms open")
    assert halt.words == "waited 0.1 s for the connection to be open"
    assert "✗ refused · retry" in halt.screen[0]


def test_a_server_that_never_answers_the_handshake(lab):
    halt = halt_of(f"Connect {lab.base}/lab/slow/?handshake=15\nWait@100ms open")
    assert halt.words == "waited 0.1 s for the connection to be open"
    assert "◌ connecting" in halt.screen[0]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (".x == 2", 'Expect .x == 2 does not hold: the newest frame is {"x": 1, "who": "\\u001b[31m世界"}'),
        ("empty", 'Expect empty does not hold: the newest frame is {"x": 1, "who": "\\u001b[31m世界"}'),
    ],
)
def test_an_expect_that_does_not_hold_shows_the_document(lab, expression, words):
    halt = halt_of(f"""
        Connect {lab.url}
        Wait open
        Send {{"x": 1, "who": "\\u001b[31m世界"}}
        Expect .x == 1
        Expect {expression}
    """)
    assert (halt.line, halt.words, halt.screen) == (5, words, ())


def test_an_expect_takes_the_first_frame_that_fits(lab):
    take_of(f"Connect {lab.base}/lab/flood/\nExpect .seq == 7\nExpect .seq == 7\nExpect .seq == 25")


def test_an_expect_of_nothing(lab):
    assert (
        halt_of(f"Connect {lab.url}\nExpect true").words == "Expect true does not hold: no frame was received"
    )


def test_an_expect_that_never_ends_is_ended(lab):
    halt = halt_of(f"Connect {lab.url}\nWait open\nSend [1]\nExpect last(range(1e12))")
    assert halt.words == "Expect: the expression gave no answer within 5 s"


def test_an_expect_looks_at_what_is_no_text_too(lab):
    halt = halt_of(f"Connect {lab.base}/lab/binary/\nWait received 1\nExpect .x")
    assert halt.words.startswith("Expect .x does not hold: the newest frame is \\u0000\\u0001")


def test_a_long_document_is_cut(lab):
    halt = halt_of(f"Connect {lab.base}/lab/big/?bytes=100000\nWait received 1\nExpect .type == 1")
    assert halt.words.endswith("…")
    assert len(halt.words) < 500


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Wait\nRequire no-such-program", 2, "no-such-program is not installed, and the tape needs it"),
        ('Connect ws://127.0.0.1:9/\nAnnotate "x" at 27', 2, "there is no row 27: the screen has 26"),
        ("Connect ws://127.0.0.1:9/\nSend [1]", 2, "nothing can be sent: the connection is not open"),
        ('Connect ws://127.0.0.1:9/\nCtrl+Q\nType "x"', 3, "the client was left before"),
        ("Connect ws://127.0.0.1:9/\nCtrl+C\nScreenshot a.txt", 3, "the client was left before"),
    ],
)
def test_what_cannot_be_done_is_told(text, line, words):
    halt = halt_of(text)
    assert (halt.line, halt.words) == (line, words)


def test_a_client_may_be_left_in_the_end():
    assert take_of(f'Connect {NOBODY}\nType "[1"\nCtrl+Q').seconds == pytest.approx(0.15)


# ---------------------------------------------------------------------- servers that misbehave


def test_a_server_that_closes_at_once(lab):
    screens = screens_of(
        take_of(f"Connect {lab.base}/lab/close/?after=0&code=4001\nWait closed\nScreenshot a.txt\nSleep 1s")
    )
    assert "○ closed 4001" in screens["a.txt"][0]


def test_a_server_that_floods_is_left_all_the_same(lab):
    screens = screens_of(
        take_of(f"""
            Connect {lab.base}/lab/flood/
            Wait received 3
            Sleep 200ms
            Screenshot a.txt
            Ctrl+Q
        """)
    )
    assert "▼ 100 " in screens["a.txt"][0]


def test_a_server_that_never_closes_is_left_after_a_while():
    """It lets everybody in, and says nothing any more: not to a close frame either."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=let_in, args=(server,), daemon=True).start()
        take = take_of(f'Connect ws://127.0.0.1:{server.getsockname()[1]}/\nWait open\nType "[1"')
    assert take.seconds == pytest.approx(0.1)


def let_in(server):
    """Answer one handshake (RFC 6455 §4.2.2), and listen until the peer hangs up."""
    peer, _ = server.accept()
    with peer:
        head = peer.recv(65536).decode("ascii")
        key = next(line.split(": ")[1] for line in head.splitlines() if line.startswith("Sec-WebSocket-Key"))
        digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()  # noqa: S324  # the RFC's
        accept = base64.b64encode(digest).decode()
        peer.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        while peer.recv(65536):
            pass


def test_hostile_frames_are_shown_and_reach_no_picture_raw(lab):
    take = take_of(f"""
        Set Height 60
        Connect {lab.base}/lab/hostile/
        Wait settled
        Screenshot a.txt
    """)
    shown = "".join(screens_of(take)["a.txt"])
    assert "▼ 33 " in shown
    assert all(character.isprintable() for character in shown)


# ---------------------------------------------------------------------- what a user can open


def test_sheets_are_opened_and_closed(lab):
    screens = screens_of(
        take_of(f"""
            Connect {lab.url}
            Wait open
            F1
            Screenshot help.txt
            Escape
            Ctrl+P
            Type "export"
            Screenshot palette.txt
            Enter
            Screenshot export.txt
            Escape
            Send [17]
            Wait received 1
            Tab
            Up
            Enter
            Screenshot inspector.txt
        """)
    )
    assert "╭─ Keys" in screens["help.txt"][0]
    assert rows(screens["palette.txt"], "Export what is shown")
    assert rows(screens["export.txt"], "jsonws-2026-11-22-120102.jsonl")
    assert rows(screens["inspector.txt"], "17")


def test_neither_an_export_nor_an_editor_is_made(lab, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", f"touch {tmp_path / 'edited'}; true")
    screens = screens_of(
        take_of(f"""
            Connect {lab.url}
            Wait open
            Ctrl+E
            Screenshot editor.txt
            Ctrl+P
            Type "export"
            Enter
            Enter
            Wait settled
            Screenshot export.txt
        """)
    )
    assert rows(screens["editor.txt"], "The editor did not open")
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) not in "".join(screens["export.txt"])


def test_a_large_paste_is_sent_as_it_is(lab):
    text = '{"pad": "' + "x" * 90_000 + '"}'
    take = take_of(f"""
        Connect {lab.url}
        Wait open
        Copy '{text}'
        Paste
        Enter
        Wait received 1
        Expect (.pad | length) == 90000
        Screenshot a.txt
    """)
    assert "90.0 kB" in "".join(rows(screens_of(take)["a.txt"], "▼ {"))


# ---------------------------------------------------------------------- its pictures


def test_a_still_has_its_clients_remarks_once(lab):
    take = take_of(f"""
        Connect {lab.url}
        Wait open
        Annotate "connected" at /HTTP 101/
        Annotate "the header" at 1
        Screenshot a.svg
        Screenshot b.svg
    """)
    first, second = (still.scene.panes[0].notes for still in take.stills)
    assert first == (Note("connected", 1), Note("the header", 0))
    assert second == ()


def test_without_an_output_there_is_no_film():
    take = take_of(f"Connect {NOBODY}\nSleep 1s")
    assert (take.stills, take.reels) == ((), ())


def test_a_tape_that_does_nothing_is_played():
    assert take_of("Set Width 80\nOutput a.gif") == Take((), (), 0.0)


def test_one_after_the_other_in_one_process():
    """What a tape borrows of Textual and of the environment is given back."""
    tape = tape_of(f'Connect {NOBODY}\nType "[1]"\nScreenshot a.txt')
    assert play(tape) == play(tape) == play(tape)


def test_an_interrupt_leaves_nothing_running():
    program = (
        "import _thread, threading\n"
        "from client_tui.demo.player import play\n"
        "from client_tui.demo.tape import parse\n"
        "threading.Timer(0.3, _thread.interrupt_main).start()\n"
        f"play(parse('Connect {NOBODY}\\nWait@60s open', 'a.tape'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False
    )
    assert "KeyboardInterrupt" in done.stderr
    assert done.returncode != 0
