import math

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


def holding(log):
    transcript = Transcript()
    transcript.extend(log)
    return transcript


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
        transcript.extend(batch)
    log = [entry for batch in batches for entry in batch]
    assert list(transcript) == [transcript[index] for index in range(len(transcript))] == log
    assert transcript.sent == len(data_frames(log, Direction.SENT))
    assert transcript.received == len(data_frames(log, Direction.RECEIVED))


class Numbers:
    """A store that makes each entry when it is asked for."""

    def append(self, entries):
        pass

    def __getitem__(self, index):
        return Frame(float(index), Direction.RECEIVED, Opcode.TEXT, b"%d" % index)


def test_entries_are_read_from_the_store_and_kept_nowhere_else():
    numbers = Numbers()
    transcript = Transcript(numbers)
    transcript.extend([numbers[0], numbers[1]])
    transcript.note([numbers[2]])
    assert [entry.payload for entry in transcript] == [b"0", b"1", b"2"]
    assert transcript[2] is not transcript[2]


@given(st.lists(entries, max_size=10))
def test_what_is_known_without_reading(log):
    transcript = holding(log)
    for index, entry in enumerate(log):
        assert transcript.is_notice(index) == isinstance(entry, Notice)
        assert transcript.size(index) == (len(entry.payload) if isinstance(entry, Frame) else 0)
        assert transcript.at(index) == entry.at
    is_control = [isinstance(entry, Frame) and entry.opcode.is_control for entry in log]
    for start in range(len(log) + 1):
        assert list(transcript.conversation(start, control_frames=True)) == list(range(start, len(log)))
        without = [index for index in range(start, len(log)) if not is_control[index]]
        assert list(transcript.conversation(start, control_frames=False)) == without


def test_a_notice_of_no_known_time_stands_at_that_of_the_entry_before_it():
    unknown = Notice(math.nan, NoticeKind.ERROR, "damaged")
    transcript = holding([unknown, RECEIVED, unknown])
    assert [transcript.at(index) for index in range(3)] == [0.0, RECEIVED.at, RECEIVED.at]


@pytest.mark.parametrize(("moment", "index"), [(0.0, 0), (1.0, 0), (1.1, 1), (1.2, 1), (2.0, 4)])
def test_a_moment_has_the_first_entry_at_or_after_it(moment, index):
    assert holding([SENT, PING, PONG, RECEIVED]).index_at(moment) == index


@given(st.lists(entries, max_size=10))
def test_a_received_frame_knows_how_long_after_the_last_sent_one_it_came(log):
    transcript = holding(log)
    for index, entry in enumerate(log):
        notices = [place for place, each in enumerate(log[:index]) if isinstance(each, Notice)]
        before = data_frames(log[notices[-1] if notices else 0 : index], Direction.SENT)
        expected = entry.at - before[-1].at if before and data_frames([entry], Direction.RECEIVED) else None
        assert transcript.since_sent(index) == expected


@pytest.mark.parametrize(
    ("log", "seconds"),
    [
        ([SENT, RECEIVED], 0.5),
        ([NOTICE, SENT, PING, PONG, RECEIVED], 0.5),
        ([SENT, NOTICE, RECEIVED], None),
        ([RECEIVED], None),
        ([SENT, PONG], None),
        ([SENT, SENT], None),
        ([SENT, NOTICE], None),
    ],
)
def test_control_frames_do_not_count_and_behind_a_notice_nothing_is_an_answer(log, seconds):
    assert holding(log).since_sent(len(log) - 1) == seconds
