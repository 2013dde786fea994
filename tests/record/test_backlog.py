import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.record.backlog import CHUNK_BYTES, CHUNK_ENTRIES, Backlog


def frame(number, size=10):
    return Frame(float(number), Direction.RECEIVED, Opcode.TEXT, b"x" * size)


def notice(number, detail=""):
    return Notice(float(number), NoticeKind.INFO, "it happened", detail)


def test_what_comes_first_goes_first():
    backlog = Backlog()
    backlog.extend([frame(1), notice(2)])
    backlog.extend([frame(3)])
    assert backlog.chunk() == [frame(1), notice(2), frame(3)]
    backlog.drop(2)
    assert backlog.chunk() == [backlog[0]] == [frame(3)]
    backlog.drop(1)
    assert (backlog.chunk(), len(backlog), backlog.bytes) == ([], 0, 0)


def test_a_chunk_is_bounded_in_entries_and_in_bytes():
    backlog = Backlog()
    backlog.extend([frame(0, 3 * CHUNK_BYTES), *(frame(number) for number in range(1, 1000))])
    assert backlog.chunk() == [frame(0, 3 * CHUNK_BYTES)]  # one at least, however large
    backlog.drop(1)
    assert len(backlog.chunk()) == CHUNK_ENTRIES


@given(st.lists(st.integers(1, 9000) | st.integers(-9000, -1), max_size=12))
def test_it_is_a_queue_whatever_is_put_in_and_taken_out(steps):
    backlog, model, number = Backlog(), [], 0
    for step in steps:
        if step > 0:
            added = [frame(number + each, each % 7) for each in range(step)]
            number += step
            backlog.extend(added)
            model += added
        else:
            count = min(-step, len(model))
            backlog.drop(count)
            del model[:count]
        assert len(backlog) == len(model)
        assert backlog.chunk() == model[: len(backlog.chunk())]
        for place in {0, len(model) // 2, len(model) - 1} if model else ():
            assert backlog[place] == model[place]
        assert backlog.bytes == sum(200 + len(each.payload) for each in model)
    with pytest.raises(IndexError):
        backlog[len(model)]


def test_the_oldest_frames_are_given_up_first():
    backlog = Backlog()
    backlog.extend([frame(1, 1000), notice(2), frame(3, 1000), frame(4, 1000)])
    backlog.give_up(2 * 1200)
    lost = Notice(1.0, NoticeKind.WARNING, "a frame was here: it could be kept nowhere")
    assert [backlog[place] for place in range(4)] == [
        lost,
        notice(2),
        Notice(3.0, lost.kind, lost.text),
        frame(4, 1000),
    ]
    assert backlog.chunk() == [backlog[place] for place in range(4)]
    assert backlog.bytes <= 2 * 1200
    backlog.drop(4)
    assert backlog.bytes == 0


def test_a_notice_gives_up_its_detail_only():
    backlog = Backlog()
    backlog.extend([notice(1, "d" * 1000), frame(2)])
    backlog.give_up(500)
    assert backlog.chunk() == [notice(1), frame(2)]


def test_memory_is_bounded_however_much_is_given_up():
    backlog = Backlog()
    bound = 100_000
    for number in range(300):
        backlog.extend([frame(number, 900)] * 100)
        backlog.give_up(bound)
        assert backlog.bytes <= bound
    assert len(backlog) == 30_000
    assert backlog[29_999] == frame(299, 900)
    kept = sum(isinstance(backlog[place], Frame) for place in range(30_000))
    assert kept == bound // 1100
    while backlog:
        backlog.drop(len(backlog.chunk()))
    assert backlog.bytes == 0


def test_what_is_dropped_is_let_go_of_at_once():
    backlog = Backlog()
    held = frame(1)
    before = sys.getrefcount(held)
    backlog.extend([held, *(frame(number) for number in range(100))])
    backlog.drop(1)
    assert sys.getrefcount(held) == before


def test_what_is_dropped_between_is_not_given_up_twice():
    backlog = Backlog()
    backlog.extend([frame(number, 1000) for number in range(10)])
    backlog.give_up(6 * 1200)
    backlog.drop(5)
    assert backlog.chunk() == [frame(number, 1000) for number in range(5, 10)]
    backlog.give_up(2 * 1200)
    assert [isinstance(entry, Frame) for entry in backlog.chunk()] == [False, False, False, True, True]
