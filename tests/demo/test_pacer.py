"""What comes over a wire, at the tape's time: this entry, that time."""

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.redaction import Each
from client_tui.core.states import Closed, ClosedBy, Closing, Connecting, Handshake, Open, Retry
from client_tui.demo.pacer import LEAST_APART, MOST_WAITING, REPLY_PATIENCE, Pacer, Tape, WireClock
from tests.support.ear import Ear

START = 1_000.0
OPEN = Open(1, Handshake(101, "daphne", "", 0.002))
CLOSING = Closing(1, 1000, "", ClosedBy.THEM)
CLOSED = Closed(1000, "", ClosedBy.THEM, None)


class Table:
    """A pacer, who listens to it, and the times of tape and world, which stand still until they are set."""

    def __init__(self, latency=0.5, interval=None):
        self.now = 0.0
        self.listened = 0.0
        self.tape = Tape(START, lambda: self.now, lambda: self.listened)
        self.ear = Ear()
        self.pacer = Pacer(self.tape, latency=latency, interval=interval)
        self.pacer.observer = self.ear

    def happens(self, *entries):
        self.pacer.on_entries(entries)

    def let_in_all(self):
        while self.pacer.due is not None:
            self.now = max(self.now, self.pacer.due)
            self.pacer.let_in()

    @property
    def heard(self):
        """What was heard, with its time on the tape where it has one."""
        return [
            (round(each.at - START, 6), each.payload.decode())
            if isinstance(each, Frame)
            else (round(each.at - START, 6), each.text)
            if isinstance(each, Notice)
            else each
            for each in self.ear.heard
        ]


@pytest.fixture
def table():
    return Table()


def sent(text, opcode=Opcode.TEXT):
    return Frame(5.0, Direction.SENT, opcode, text.encode())


def received(text, opcode=Opcode.TEXT):
    return Frame(5.0, Direction.RECEIVED, opcode, text.encode())


def notice(text):
    return Notice(5.0, NoticeKind.INFO, text)


def test_a_reply_comes_after_the_latency(table):
    table.now = 2.0
    table.happens(sent("ask"))
    table.happens(received("answer"))
    assert table.heard == [(2.0, "ask")]
    assert table.pacer.due == 2.5
    table.let_in_all()
    assert table.heard == [(2.0, "ask"), (2.5, "answer")]


def test_a_stream_comes_at_its_interval():
    table = Table(latency=0.5, interval=2.0)
    table.happens(*map(received, "abc"))
    table.let_in_all()
    assert table.heard == [(0.5, "a"), (2.5, "b"), (4.5, "c")]


def test_a_stream_without_an_interval_comes_as_fast_as_replies(table):
    table.happens(*map(received, "abc"))
    table.let_in_all()
    assert table.heard == [(0.5, "a"), (1.0, "b"), (1.5, "c")]


def test_what_is_late_comes_now(table):
    table.happens(received("a"))
    table.now = 7.0
    table.pacer.let_in()
    table.happens(received("b"))
    assert table.heard == [(7.0, "a")]
    assert table.pacer.due == 7.5


@pytest.mark.parametrize("seconds", [0.0, 0.00001])
def test_frames_are_never_in_one_moment(seconds):
    table = Table(latency=seconds, interval=seconds)
    table.happens(*map(received, "abc"))
    table.let_in_all()
    assert [at for at, _ in table.heard] == pytest.approx([LEAST_APART, 2 * LEAST_APART, 3 * LEAST_APART])


def test_what_is_sent_overtakes_what_waits_and_asks_for_a_reply():
    table = Table(latency=0.5, interval=2.0)
    table.happens(received("a"))
    table.let_in_all()
    table.happens(received("b"))
    assert table.pacer.due == 2.5
    table.now = 1.0
    table.happens(sent("ask"))
    assert table.heard[-1] == (1.0, "ask")
    assert table.pacer.is_asked
    assert table.pacer.due == 1.5
    table.let_in_all()
    assert table.heard[-1] == (1.5, "b")
    assert not table.pacer.is_asked


def test_times_never_go_back(table):
    table.happens(received("a"), received("b"))
    table.pacer.let_in()
    table.pacer.let_in()
    table.now = 0.1  # the frames of a moment come in together, a little before their time
    table.happens(sent("c"))
    assert table.heard == [(0.5, "a"), (1.0, "b"), (1.0, "c")]


def test_notices_and_states_stay_behind_the_frames_before_them(table):
    table.happens(received("a"), notice("after a"), received("b"))
    table.pacer.on_state(CLOSING)
    table.happens(received("", Opcode.CLOSE))
    table.pacer.on_state(CLOSED)
    assert table.heard == []
    table.pacer.let_in()
    assert table.heard == [(0.5, "a"), (0.5, "after a")]
    table.pacer.let_in()
    assert table.heard[2:] == [(1.0, "b"), CLOSING, (1.0, ""), CLOSED]
    assert table.pacer.due is None


def test_the_answer_to_a_close_frame_stays_behind_it(table):
    table.happens(received("a"), received("bye", Opcode.CLOSE), sent("bye", Opcode.CLOSE))
    assert table.heard == []
    table.let_in_all()
    assert table.heard == [(0.5, "a"), (0.5, "bye"), (0.5, "bye")]


def test_what_happens_in_its_turn_happens_behind_what_came_before_and_before_what_comes_after(table):
    def end():
        table.happens(notice("over"))
        table.pacer.on_state(CLOSED)

    table.happens(received("a"))
    table.pacer.in_turn(end)
    table.happens(notice("later"))
    assert table.heard == []
    table.let_in_all()
    assert table.heard == [(0.5, "a"), (0.5, "over"), CLOSED, (0.5, "later")]
    table.pacer.in_turn(end)  # there is nothing before it
    assert table.heard[-2:] == [(0.5, "over"), CLOSED]


def test_what_happens_in_its_turn_has_the_time_of_the_tape(table):
    looks = []
    table.happens(received("a"))
    table.pacer.clock()
    table.pacer.in_turn(lambda: looks.append(table.pacer.clock()))
    table.let_in_all()
    assert looks == [START + 0.5 + 0.5]


def test_with_nothing_before_them_they_are_told_at_once(table):
    table.now = 3.0
    table.pacer.on_state(Connecting(1))
    table.happens(notice("news"), sent("1", Opcode.PING))
    table.pacer.on_state(OPEN)
    assert table.heard == [Connecting(1), (3.0, "news"), (3.0, "1"), OPEN]


def test_the_servers_own_pings_come_by_its_clock_and_are_left_out(table):
    table.happens(received("keepalive", Opcode.PING), sent("keepalive", Opcode.PONG), received("a"))
    table.let_in_all()
    assert table.heard == [(0.5, "a")]


def test_a_new_connection_begins_anew(table):
    table.happens(sent("ask"))
    assert table.pacer.is_asked
    table.pacer.on_state(Closed(1006, "", ClosedBy.NOBODY, Retry(1, START + 1)))
    table.pacer.on_state(Connecting(2, 1))
    table.now = 4.0
    table.happens(notice("connected"))
    table.pacer.on_state(OPEN)
    assert not table.pacer.is_asked
    table.happens(received("greeting"))
    table.let_in_all()
    assert table.heard[-1] == (4.5, "greeting")


def test_only_data_frames_count(table):
    table.happens(sent("a"), sent("1", Opcode.PING), received("1", Opcode.PONG), received("b"))
    table.happens(received("c", Opcode.BINARY))
    table.let_in_all()
    assert (table.pacer.sent, table.pacer.received) == (1, 2)
    assert table.pacer.newest == b"c"


def test_secrets_are_covered_in_both_directions_but_the_newest_is_as_it_was(table):
    table.pacer.secrets = (("password",), ("users", Each.ELEMENT, "token"))
    table.happens(sent('{"password": "hunter2"}'))
    table.happens(received('{"users": [{"token": 12345}, {"name": "me"}]}'))
    table.let_in_all()
    assert [text for _, text in table.heard] == [
        '{"password": "*******"}',
        '{"users": [{"token": "***"}, {"name": "me"}]}',
    ]
    assert table.pacer.newest == b'{"users": [{"token": 12345}, {"name": "me"}]}'
    assert table.pacer.secret_texts == {"hunter2", "12345"}


def test_a_secret_that_was_not_one_yet_is_covered_once_it_comes_in(table):
    table.happens(received('{"password": "hunter2"}'))
    table.pacer.secrets = (("password",),)
    table.let_in_all()
    assert table.heard == [(0.5, '{"password": "*******"}')]


def test_what_is_typed_is_read_once_while_neither_it_nor_what_is_secret_changes(table):
    pacer, typed = table.pacer, '{"password": "hunt\\u0065r2", "token": "12345"}'
    pacer.secrets = (("password",),)
    pacer.learn(typed)
    assert pacer.secret_texts == {"hunt\\u0065r2", "hunter2"}
    pacer.secret_texts.clear()
    pacer.learn(typed)
    assert pacer.secret_texts == set()
    pacer.secrets = (("token",),)
    pacer.learn(typed)
    assert pacer.secret_texts == {"12345"}


def test_there_is_room_for_so_many_frames(table):
    table.happens(*[received("x")] * (MOST_WAITING - 1))
    assert table.pacer.has_room
    table.happens(received("x"))
    assert not table.pacer.has_room
    table.pacer.let_in()
    assert table.pacer.has_room


def test_there_is_no_room_where_the_observer_has_none(table):
    table.ear.has_room = False
    assert not table.pacer.has_room


def test_while_it_closes_there_is_room_for_all_that_is_on_its_way(table):
    table.happens(*[received("x")] * MOST_WAITING)
    table.pacer.on_state(CLOSING)
    assert table.pacer.has_room
    table.pacer.on_state(CLOSED)
    assert not table.pacer.has_room


def pong(table, text):
    """Let the wire tell of a pong, as it does: first how long it took, and then the frame."""
    table.pacer.on_round_trip(0.123)
    table.happens(received(text, Opcode.PONG))


def test_a_pong_takes_as_long_as_a_reply(table):
    table.now = 2.0
    table.happens(sent("1", Opcode.PING))
    pong(table, "1")
    assert (table.heard, table.ear.round_trips, table.pacer.due) == ([(2.0, "1")], [], 2.5)
    table.let_in_all()
    assert (table.heard, table.ear.round_trips) == ([(2.0, "1"), (2.5, "1")], [0.5])


def test_a_pong_does_not_wait_for_the_frames_that_the_network_brought_before_it():
    table = Table(latency=0.4, interval=0.25)
    table.happens(*map(received, "abc"))
    table.pacer.let_in()
    table.happens(sent("1", Opcode.PING))
    table.happens(*map(received, "de"))
    pong(table, "1")
    table.let_in_all()
    assert [text for _, text in table.heard] == ["a", "1", "b", "1", "c", "d", "e"]
    assert table.heard[3] == (0.8, "1")


def test_it_is_patient_for_a_pong_until_it_is_there(table):
    table.happens(sent("1", Opcode.PING))
    assert table.pacer.patience(0.4) == 0.0  # it is not due by then
    assert table.pacer.patience(0.5) > 0.0
    pong(table, "1")
    assert table.pacer.patience(0.5) == 0.0
    table.let_in_all()
    assert table.pacer.patience(0.5) == 0.0


def test_a_pong_answers_the_pings_before_its_own_too(table):
    table.happens(sent("1", Opcode.PING), sent("2", Opcode.PING))
    pong(table, "2")
    table.let_in_all()
    assert table.pacer.patience(10.0) == 0.0
    assert table.ear.round_trips == [0.5]


def test_no_pong_is_expected_on_a_connection_that_is_gone(table):
    table.happens(sent("1", Opcode.PING), sent("2", Opcode.PING))
    pong(table, "1")
    table.pacer.on_state(CLOSED)
    assert table.heard == [(0.0, "1"), (0.0, "2"), (0.0, "1"), CLOSED]
    table.listened = 10.0  # what a state is followed by may still come
    assert table.pacer.patience(10.0) == 0.0


def test_it_is_patient_for_an_answer_and_for_the_rest_of_a_moment(table):
    patience = table.pacer.patience
    table.happens(sent("ask"))
    for_an_answer = patience(0.5)
    table.happens(received("a"))
    for_more = patience(10.0)
    assert for_an_answer > for_more > 0.0
    assert patience(0.5) == 0.0  # it is there, and nothing else is due by then
    table.happens(received("b"), received("c"))
    assert patience(10.0) > for_more  # a stream
    assert patience(1.5) == 0.0


def test_it_is_not_patient_where_no_more_can_come(table):
    table.happens(*[received("x")] * MOST_WAITING)
    assert table.pacer.patience(1e9) == 0.0


def test_its_patience_ends_where_it_has_listened_and_nothing_came(table):
    table.happens(sent("ask"))
    table.listened = REPLY_PATIENCE - 0.1
    assert table.pacer.patience(0.5) == pytest.approx(0.1)
    table.listened = REPLY_PATIENCE
    assert table.pacer.patience(0.5) == 0.0


def test_where_there_is_an_interval_it_is_patient_for_the_next_frames_of_a_stream_that_begins():
    table = Table(latency=0.002, interval=0.1)
    table.pacer.on_state(OPEN)
    table.listened = 0.2
    assert table.pacer.patience(10.0) > 0.0
    table.happens(received("a"))
    table.let_in_all()
    table.listened = 0.4
    assert table.pacer.patience(10.0) > 0.0


def test_nothing_was_heard_so_nothing_is_expected(table):
    assert table.pacer.patience(10.0) == 0.0


def test_a_handshake_takes_the_latency():
    tape = Tape(START, lambda: 3.0, float)
    clock = WireClock(tape, 0.5)
    began, answered = clock(), clock()
    assert (began, answered) == (START + 3.5, START + 4.0)
    assert clock() == answered  # it may come in several pieces
    clock.calm()
    assert clock() == START + 3.5


def test_what_a_handshake_says_that_is_secret_or_another_each_time_is_not_told(table):
    detail = "Date: Sun, 22 Nov 2026\nSet-Cookie: session=secret\nServer: x\nSec-WebSocket-Accept: abc="
    table.happens(Notice(0.0, NoticeKind.INFO, "connected", detail))
    (notice,) = table.ear.notices
    assert notice.detail == "Date: …\nSet-Cookie: (not recorded)\nServer: x\nSec-WebSocket-Accept: …"
