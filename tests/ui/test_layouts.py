import json

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.needle import Needle
from client_tui.core.transcript import Transcript
from client_tui.render.rows import Shape
from client_tui.ui.layouts import LARGE, Layouts

FOLD = 4
SHORT, LONG, COMPACT, HUGE, REFUSED, PING = range(6)
TALL = json.dumps({f"key {number}": number for number in range(20)}).encode()


def text(payload):
    return Frame(0.0, Direction.RECEIVED, Opcode.TEXT, payload)


def layouts(*, pretty):
    log = [
        text(b"[]"),
        text(TALL),
        text(b'{"a":1}'),
        text(b"[" + b"1," * LARGE + b'"needle"]'),
        Notice(0.0, NoticeKind.INFO, "connected", "Server: x\r\nX-Needle: 1"),
        Frame(0.0, Direction.SENT, Opcode.PING, b"1"),
    ]
    transcript = Transcript()
    transcript.extend(log)
    return Layouts(transcript, pretty=pretty, fold=FOLD)


@pytest.mark.parametrize(
    ("pretty", "heights"), [(False, [1, 1, 1, 1, 1, 1]), (True, [1, FOLD + 1, 3, FOLD + 1, 1, 1])]
)
def test_heights(pretty, heights):
    made = layouts(pretty=pretty)
    assert [made.height(index) for index in range(6)] == heights
    assert [made.row(index).height for index in range(6)] == heights


def test_another_density_forgets_what_was_unfolded():
    made = layouts(pretty=False)
    made.reshape(LONG, Shape.FULL)
    assert made.height(LONG) == 22
    made.toggle_density()
    assert made.pretty
    assert made.height(LONG) == FOLD + 1
    made.toggle_density()
    assert made.height(LONG) == 1


@pytest.mark.parametrize(
    ("pretty", "index", "shape"),
    [
        (False, SHORT, Shape.FULL),
        (False, LONG, Shape.FULL),
        (True, LONG, Shape.FULL),
        (True, COMPACT, Shape.LINE),
        (False, REFUSED, Shape.FULL),
        (True, REFUSED, Shape.FULL),
    ],
)
def test_unfolding_shows_more_or_else_less_and_then_what_there_was(pretty, index, shape):
    made = layouts(pretty=pretty)
    before = made.height(index)
    assert made.next_shape(index) is shape
    made.reshape(index, shape)
    assert made.next_shape(index) is None
    made.reshape(index, None)
    assert made.height(index) == before


def test_what_is_large():
    made = layouts(pretty=True)
    assert [made.is_large(index) for index in range(6)] == [False, False, False, True, False, False]


@pytest.mark.parametrize(
    ("pretty", "index", "wanted", "line", "height"),
    [
        (False, LONG, "key 19", 0, 1),  # on its one line, which shows any stretch of it
        (True, LONG, "key 1", 2, FOLD + 1),  # above the fold
        (True, LONG, "KEY 19", 20, 22),
        (True, COMPACT, '"a"', 1, 3),
        (True, COMPACT, '"a":1', 0, 1),  # laid out, there is a space in it
        (True, HUGE, "needle", 0, 1),
        (False, REFUSED, "x-needle", 2, 3),
        (True, REFUSED, "x-needle", 2, 3),
        (True, PING, "1", 0, 1),
    ],
)
def test_what_was_found_is_unfolded_where_that_shows_it(pretty, index, wanted, line, height):
    made = layouts(pretty=pretty)
    before = made.height(index)
    assert made.reveal(index, Needle(wanted)) == line
    assert made.height(index) == height
    made.conceal()
    assert made.height(index) == before


def test_what_the_user_unfolded_stays_so():
    made = layouts(pretty=True)
    made.reshape(LONG, Shape.FULL)
    made.reveal(LONG, Needle("key 19"))
    made.conceal()
    assert made.height(LONG) == 22
    made.reshape(LONG, None)
    made.reveal(LONG, Needle("key 19"))
    made.reshape(LONG, Shape.LINE)
    made.conceal()
    assert made.height(LONG) == 1
