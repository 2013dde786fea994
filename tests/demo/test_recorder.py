"""What somebody does by hand, as a tape: fact by fact, and always one that can be read."""

import itertools
import os
import re
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.demo import tape as words
from client_tui.demo.player import play
from client_tui.demo.recorder import MOST_COLUMNS, MOST_ROWS, Opening, Recorder
from client_tui.demo.take import Take
from client_tui.demo.tape.keys import character_of
from client_tui.demo.tape_file import TapeFile
from tests.support.terminal import Terminal

ROOT = Path(__file__).parents[2]

BEGINNING = ["Set Width 100", "Set Height 30", "Set Theme jsonws-dark"]


class Hand:
    """Somebody's hand on the keyboard, a clock beside it, and the tape that is written of it."""

    def __init__(self, path, **opening):
        self.path = path
        self.now = 0.0
        given = {"width": 100, "height": 30, "theme": "jsonws-dark"} | opening
        self.file = TapeFile(path)
        self.recorder = Recorder(self.file, Opening(**given), clock=lambda: self.now)

    def press(self, *keys, after=0.0, received=0):
        """Press keys, the first one after some seconds in which so many frames have come."""
        self.now += after
        for key in keys:
            self.recorder.counted(received)
            self.recorder.themed("jsonws-dark")
            self.recorder.pressed(key, character_of(key))

    @property
    def lines(self):
        """The lines of the tape, behind its beginning."""
        first, *lines = self.path.read_text("utf-8").splitlines()
        assert first.startswith("# Recorded by hand")
        assert isinstance(self.read(), words.Tape)
        return lines[len(BEGINNING) :] if lines[: len(BEGINNING)] == BEGINNING else lines

    def read(self):
        return words.parse(self.path.read_text("utf-8"), "mine.tape")


@pytest.fixture
def hand(tmp_path):
    hand = Hand(tmp_path / "mine.tape")
    yield hand
    hand.file.close()


# ---------------------------------------------------------------------- how it begins


def test_it_begins_with_the_screen_and_what_the_client_talks_to(tmp_path):
    serve = Hand(tmp_path / "1.tape", serve=words.Serve(lab=True), density="pretty", times="start")
    assert serve.lines == ["Set Density pretty", "Set Times start", "Serve lab"]
    connect = Hand(tmp_path / "2.tape", url="wss://example.org/v1/?a=b", has_headers=True, has_own_keys=True)
    headers, keys, url = connect.lines
    assert headers.startswith("# the handshake had headers")
    assert keys.startswith("# the settings had keys")
    assert url == "Connect wss://example.org/v1/?a=b"


@pytest.mark.parametrize(
    ("width", "height", "has_words"),
    [(20, 8, False), (400, 150, False), (19, 30, True), (401, 30, True), (100, 7, True), (100, 151, True)],
)
def test_a_screen_that_no_tape_can_have_is_as_near_to_it_as_can_be(tmp_path, width, height, has_words):
    hand = Hand(tmp_path / "mine.tape", width=width, height=height)
    assert any("no tape can have" in line for line in hand.lines) == has_words
    sizes = {each.name: each.value for each in hand.read().commands if isinstance(each, words.SetTo)}
    assert sizes["Width"] in MOST_COLUMNS
    assert sizes["Height"] in MOST_ROWS


# ---------------------------------------------------------------------- keys


def test_what_is_typed_is_one_text_and_a_key_pressed_again_is_counted(hand):
    hand.press(*"hello ", "enter", "up", "up", "up", "ctrl+r", "A", "left_curly_bracket", "f5")
    assert hand.lines == ['Type "hello "', "Enter", "Up 3", "Ctrl+R", 'Type "A{"', "F5"]


def test_each_key_is_in_the_file_as_soon_as_it_was_pressed(hand):
    for number, character in enumerate("abc", start=1):
        hand.press(character)
        assert hand.lines == [f'Type "{"abc"[:number]}"']


def test_a_long_text_is_typed_in_several_lines(hand):
    hand.press(*"x" * 1_000)
    assert len(hand.lines) == 5
    assert sum(len(each.text) for each in hand.read().commands if isinstance(each, words.TypeText)) == 1_000


def test_a_key_that_was_clicked_types_its_character_too(hand):
    hand.recorder.pressed("c", None)
    hand.recorder.pressed("f2", None)
    assert hand.lines == ['Type "c"', "F2"]


def test_characters_of_any_script_are_typed(hand):
    for character in "世ñ–😀'\"`":
        hand.recorder.pressed("some_name", character)
    typed = [each.text for each in hand.read().commands if isinstance(each, words.TypeText)]
    assert "".join(typed) == "世ñ–😀'\"`"


def test_a_key_without_a_word_is_told_in_a_comment(hand):
    hand.press("ctrl+\r", "enter")
    assert hand.lines == [r"# no tape has a word for the key 'ctrl+\r'", "Enter"]


def test_the_key_that_leads_out_is_taken_back(hand):
    hand.press(*"ab")
    hand.press("ctrl+q")
    hand.recorder.retracted()
    assert hand.lines == ['Type "ab"']
    hand.recorder.retracted()  # there is no key in between
    assert hand.lines == ['Type "ab"']
    hand.press("up", "up")
    hand.recorder.retracted()
    assert hand.lines == ['Type "ab"', "Up"]
    hand.press("c", "d")
    hand.recorder.retracted()
    assert hand.lines == ['Type "ab"', "Up", 'Type "c"']


# ---------------------------------------------------------------------- time, and what came meanwhile


@pytest.mark.parametrize(
    ("pause", "lines"),
    [
        (0.0, ['Type "ab"']),
        (0.3, ['Type "ab"']),
        (0.34, ['Type "a"', "Sleep 300ms", 'Type "b"']),
        (1.26, ['Type "a"', "Sleep 1.3s", 'Type "b"']),
        (3600, ['Type "a"', "Sleep 5s", 'Type "b"']),
    ],
)
def test_pauses_are_kept_the_longer_ones_shortened(hand, pause, lines):
    hand.press("a")
    hand.press("b", after=pause)
    assert hand.lines == lines


def test_frames_that_came_are_waited_for_before_the_next_key(hand):
    hand.press("a", received=2)
    hand.press("b", received=2)
    hand.press("enter", received=3, after=1.0)
    hand.press("c", received=3)
    assert hand.lines == [
        *("Wait received 2", 'Type "ab"'),
        *("Wait received 3", "Sleep 1s", "Enter"),
        'Type "c"',
    ]


def test_more_frames_than_a_tape_can_wait_for_are_not_waited_for(hand):
    hand.press("a", received=5_000_000)
    hand.press("b", received=6_000_000)
    assert hand.lines == ["Wait received 1000000", 'Type "ab"']


# ---------------------------------------------------------------------- all else


def test_a_paste_is_a_copy_and_a_paste(hand):
    hand.recorder.pasted('{"x": 1}')
    hand.recorder.pasted("two\nlines \"'`\x1b")
    copied = [each.text for each in hand.read().commands if isinstance(each, words.Copy)]
    assert copied == ['{"x": 1}', "two\nlines \"'`\x1b"]
    assert hand.lines.count("Paste") == 2


def test_a_paste_that_no_line_holds_is_told_in_a_comment(hand):
    hand.recorder.pasted("x" * 200_000)
    assert hand.lines == ["# a text of 200,000 characters was pasted, which no line of a tape holds"]


def test_the_mouse_is_told_once_for_each_spot(hand):
    for how, column in [
        ("click", 10),
        ("click", 10),
        ("click", 11),
        ("turn of the wheel", 10),
        ("click", 10),
    ]:
        hand.recorder.pointed(how, column, 5)
    assert hand.lines == [
        "# a click at column 10, row 5 is not in a tape: use keys",
        "# a click at column 11, row 5 is not in a tape: use keys",
        "# a turn of the wheel at column 10, row 5 is not in a tape: use keys",
    ]


def test_another_size_is_told_in_a_comment(hand):
    hand.recorder.resized(100, 30)
    assert hand.lines == []
    hand.recorder.resized(90, 30)
    hand.recorder.resized(90, 30)
    assert hand.lines == ["# the screen has 90 columns and 30 rows from here on: a tape has one size"]


def test_other_colours_are_a_theme(hand):
    for name in ("jsonws-dark", "jsonws-light", "jsonws-light", "jsonws-dark"):
        hand.recorder.themed(name)
    assert hand.lines == ["Theme jsonws-light", "Theme jsonws-dark"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("shot.svg", "shot.svg"),
        ("shot.txt", "shot.svg"),
        ("My shot: the 2nd\x1b[2J.svg", "My-shot-the-2nd-2J.svg"),
        ("..", "...svg"),
        ("\x07", "-.svg"),
    ],
)
def test_a_picture_has_a_name_that_a_tape_can_have(hand, name, path):
    hand.recorder.saved(name, "svg")
    (picture,) = [each for each in hand.read().commands if isinstance(each, words.Screenshot)]
    assert picture.path == path


def test_no_two_pictures_have_one_name(hand):
    for _ in range(3):
        hand.recorder.saved("a.svg", "svg")
    assert hand.lines == ["Screenshot a.svg", "Screenshot a-2.svg", "Screenshot a-3.svg"]


TEXTS = st.text(max_size=20)
FACTS = st.one_of(
    st.tuples(st.just("pressed"), TEXTS, st.none() | st.characters()),
    st.tuples(
        st.just("pressed"), st.sampled_from(["up", "enter", "ctrl+c", "alt+x", "shift+tab"]), st.none()
    ),
    st.tuples(st.just("pasted"), TEXTS),
    st.tuples(st.just("saved"), TEXTS, st.sampled_from(["svg", "png", "txt", "html"])),
    st.tuples(st.just("counted"), st.integers(0, 10**9)),
    st.tuples(st.just("themed"), st.sampled_from(["jsonws-dark", "ansi-dark", "my theme"])),
    st.tuples(st.just("resized"), st.integers(0, 999), st.integers(0, 999)),
    st.tuples(st.just("pointed"), st.just("click"), st.integers(1, 99), st.integers(1, 99)),
    st.tuples(st.just("retracted")),
)
NUMBERS = itertools.count()


@given(facts=st.lists(FACTS, max_size=30))
def test_whatever_happens_the_tape_can_be_read(tmp_path_factory, facts):
    hand = Hand(tmp_path_factory.getbasetemp() / f"any-{next(NUMBERS)}.tape")
    for name, *given_facts in facts:
        hand.now += 0.2
        getattr(hand.recorder, name)(*given_facts)
    hand.file.close()
    read = hand.read()
    assert isinstance(read, words.Tape), str(read)


# ---------------------------------------------------------------------- by hand, and played

# What is the machine's, or the moment's: times, how long things took, the port; and the pings, of which a
# tape has none, in the numbers of the entries.
MEASURED = re.compile(r"\d\d:\d\d:\d\d\.\d+|(rtt |\+)?\d+(\.\d+)? (µs|ms|s)\b|:\d{4,5}/|#\d+")


def seen(lines):
    """Return rows of a screen without what was measured, how wide that was, and the scrollbar's estimate."""
    rows = [re.sub(r"[ ─▀-▟]+", " ", MEASURED.sub("", line)).strip() for line in lines]
    return list(filter(None, rows))


@contextmanager
def at_the_client(tmp_path, monkeypatch):
    """Open a client in a terminal, with a recorder beside it; yield the terminal, and the tape's path."""
    (tmp_path / "by-hand").mkdir()
    monkeypatch.chdir(tmp_path / "by-hand")
    ours = {"PYTHONPATH": str(ROOT), "JSONWS_TUI_STATE_DIR": str(tmp_path / "state")}
    looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    tape = tmp_path / "mine.tape"
    argv = [sys.executable, "-m", "client_tui", "demo", "--record", str(tape), "--serve"]
    with Terminal(argv, os.environ | ours | looks) as terminal:
        terminal.wait_for("● open")
        yield terminal, tape


def work(terminal):
    """Send two documents, filter the history, open a frame in full, and take a picture of that."""
    terminal.type('{"user": {"name": "ada", "tags": [1, 2]}}')
    terminal.wait_for("✓ object")
    terminal.type("\r")
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.paste('{"items": [1, 2, 3]}')
    terminal.wait_for("✓ object")
    terminal.type("\r")
    terminal.wait_for("▲ 2  ▼ 2")
    terminal.type("\x1bOQ")  # F2
    terminal.wait_for('  "items": [')
    terminal.type("\x1b[17~")  # F6
    terminal.wait_for("⏎ keep")
    terminal.type("dir:received ada")
    terminal.wait_for("1 of ")
    terminal.type("\r")
    terminal.wait_for("⏎ inspect")
    terminal.type("\r")
    terminal.wait_for("line 1 of")


def save_picture(terminal, name):
    """Save the screen's text under this name."""
    terminal.type("\x1b[24~")  # F12
    terminal.wait_for("Save a picture")
    terminal.type("\x1b[B\x1b[B")
    terminal.wait_for("▸ txt")
    terminal.type("\x15")  # Ctrl+U empties the line
    terminal.type(f"{name}\r")
    terminal.wait_for(lambda: "Save a picture" not in terminal.text())


def test_what_was_done_by_hand_shows_the_same_when_it_is_played(tmp_path, monkeypatch):
    with at_the_client(tmp_path, monkeypatch) as (terminal, path):
        work(terminal)
        save_picture(terminal, "mine.txt")
        terminal.type("\x11")
        assert terminal.wait() == 0
    tape = words.parse(path.read_text("utf-8"), "mine.tape")
    assert isinstance(tape, words.Tape)
    take = play(tape)
    assert isinstance(take, Take), str(take)
    (still,) = take.stills
    assert still.path == "mine.txt"
    by_hand = (tmp_path / "by-hand" / "mine.txt").read_text("utf-8").split("\n")
    assert seen(still.scene.panes[0].picture.lines) == seen(by_hand)
    assert any('"name": "ada"' in line for line in by_hand)


def test_a_client_that_is_killed_leaves_a_tape_that_can_be_played(tmp_path, monkeypatch):
    with at_the_client(tmp_path, monkeypatch) as (terminal, path):
        terminal.type("[1, 2")
        terminal.wait_for("array is open")
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.wait()
    tape = words.parse(path.read_text("utf-8"), "mine.tape")
    assert isinstance(tape, words.Tape)
    assert tape.commands[-1] == words.TypeText("[1, 2")
    assert isinstance(play(tape), Take)
