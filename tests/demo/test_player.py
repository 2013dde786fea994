"""Tapes played from their first word to their last: the real client, a real server, and the tape's time."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from client_tui.demo.player import play
from client_tui.demo.take import Take
from client_tui.picture.film import seconds
from client_tui.picture.picture import Note
from tests.demo.conftest import NOBODY, halt_of, rows, screens_of, take_of, tape_of

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


def test_where_there_is_no_folder_for_what_is_temporary_it_is_told(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/no/where")
    assert str(halt_of("Serve")) == "some.tape:1: it cannot be played here: No such file or directory"


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
    whole = seconds(straight)  # with the pause at its end
    assert turned.seconds == pytest.approx(whole)
    assert turned.shots[0].scene == [s.scene for s in straight.shots if s.at <= whole / 2][-1]


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


def test_a_setting_behind_what_is_redacted_holds_from_the_beginning():
    film = take_of("""
        Redact .password
        Set Framerate 1
        Output a.gif
        Connect ws://127.0.0.1:9/
        Type "[1, 2, 3, 4, 5, 6, 7]"
    """)
    assert len(film.reels[0].film.shots) <= 3
