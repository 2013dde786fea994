"""Conversations on tapes: with servers that go away, that misbehave, and with one another."""

import base64
import hashlib
import socket
import threading

import pytest

from tests.demo.conftest import NOBODY, halt_of, rows, screens_of, take_of

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


def test_a_secret_of_a_url_is_in_no_picture_and_of_documents_only_what_is_redacted():
    take = take_of("""
        Output a.svg
        Serve
        Connect /websock-practice2/v1/?room=lobby&token=s3cr3t%2DT0ken-0f-n0body
        Wait open
        Type '{"password": "hunter2", "said": "s3cr3t-T0ken-0f-n0body", "url": "/?key=qwertyuiop"}'
        Enter
        Wait received 1
        Screenshot sent.txt
        F2
        Tab
        Screenshot laid-out.txt
        Enter
        Screenshot inspected.txt
        Escape
        F12
        Screenshot sheet.txt
    """)
    scenes = [still.scene for still in take.stills] + [shot.scene for shot in take.reels[0].film.shots]
    lines = [line for scene in scenes for pane in scene.panes for line in pane.picture.lines]
    shown = "\n".join(lines)
    assert '"password": "hunter2"' in shown
    assert "key=••••••••••" in shown
    secrets = ("s3cr3t-T0ken-0f-n0body", "s3cr3t%2DT0ken-0f-n0body", "qwertyuiop")
    parts = {secret[at : at + 8] for secret in secrets for at in range(len(secret) - 7)}
    assert not [part for part in parts if part in shown]  # while it is typed, fewer of its first may be seen


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


def test_a_secret_is_covered_wherever_else_it_stands():
    screens = screens_of(
        take_of("""
            Redact .password
            Serve
            Wait open
            Type '{"password": hunter77}'
            Screenshot verdict.txt
            F7
            Delete
            Type '{"password": "hunter22"}'
            F6
            Type "hunter22"
            Screenshot filter.txt
        """)
    )
    assert not any("hunter" in line for line in screens["verdict.txt"])
    assert not any("hunter" in line for line in screens["filter.txt"])


def test_the_servers_log_is_the_same_each_time():
    take = take_of("""
        Serve
        Wait open
        Ctrl+L
        Wait /connected/
        Screenshot log.txt
    """)
    (line,) = rows(screens_of(take)["log.txt"], " connected ")
    assert "… connected 127.0.0.1:… /websock-practice2/v1/" in line
