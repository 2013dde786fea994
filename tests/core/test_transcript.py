import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.transcript import Transcript
from tests.support.hostile import entries

SENT = Frame(1.0, Direction.SENT, Opcode.TEXT, b"1")
RECEIVED = Frame(1.5, Direction.RECEIVED, Opcode.TEXT, b"1")
PING = Frame(1.2, Direction.SENT, Opcode.PING, b"")
PONG = Frame(1.3, Direction.RECEIVED, Opcode.PONG, b"")
NOTICE = Notice(1.4, NoticeKind.INFO, "connected")


def data_frames(log, direction):
    return [
        entry
        for entry in log
        if isinstance(entry, Frame) and not entry.opcode.is_control and entry.direction is direction
    ]


@given(st.lists(st.lists(entries, max_size=5), max_size=5))
def test_it_keeps_everything_in_its_order(batches):
    transcript = Transcript()
    for batch in batches:
        transcript.extend(iter(batch))
    log = [entry for batch in batches for entry in batch]
    assert list(transcript) == [transcript[index] for index in range(len(transcript))] == log
    assert transcript.sent == len(data_frames(log, Direction.SENT))
    assert transcript.received == len(data_frames(log, Direction.RECEIVED))


@given(st.lists(entries, max_size=10))
def test_a_received_frame_knows_how_long_after_the_last_sent_one_it_came(log):
    transcript = Transcript(log)
    for index, entry in enumerate(log):
        before = data_frames(log[:index], Direction.SENT)
        expected = entry.at - before[-1].at if before and data_frames([entry], Direction.RECEIVED) else None
        assert transcript.since_sent(index) == expected


@pytest.mark.parametrize(
    ("log", "seconds"),
    [
        ([SENT, RECEIVED], 0.5),
        ([SENT, PING, PONG, NOTICE, RECEIVED], 0.5),
        ([RECEIVED], None),
        ([SENT, PONG], None),
        ([SENT, SENT], None),
        ([SENT, NOTICE], None),
    ],
)
def test_control_frames_and_notices_do_not_count(log, seconds):
    assert Transcript(log).since_sent(len(log) - 1) == seconds
