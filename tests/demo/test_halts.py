"""What stops a tape, in words: where, why, and what was on the screen."""

import pytest

from tests.demo.conftest import NOBODY, halt_of, rows, take_of


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
        ('Connect ws://127.0.0.1:9/\nCtrl+Q\nType "x"', 3, "the client was left in line 2"),
        ("Connect ws://127.0.0.1:9/\nCtrl+C\nScreenshot a.txt", 3, "the client was left in line 2"),
    ],
)
def test_what_cannot_be_done_is_told(text, line, words):
    halt = halt_of(text)
    assert (halt.line, halt.words) == (line, words)


def test_a_client_may_be_left_in_the_end():
    assert take_of(f'Connect {NOBODY}\nType "[1"\nCtrl+Q').seconds == pytest.approx(0.15)
