"""The connection as scripts: these events, those commands."""

import pytest

from client_tui.core.connection import (
    HEALTHY_AFTER,
    CancelRetry,
    CloseBegun,
    CloseSocket,
    Connect,
    Connection,
    Disconnect,
    DropSocket,
    NotOpened,
    Opened,
    OpenSocket,
    RetryDue,
    Schedule,
    SocketClosed,
    Tell,
)
from client_tui.core.failure import Failure, FailureKind
from client_tui.core.states import Closed, ClosedBy, Closing, Connecting, Failed, Handshake, Open, Retry

US, THEM, NOBODY = ClosedBy.US, ClosedBy.THEM, ClosedBy.NOBODY
SHAKEN = Handshake(101, "daphne", "", 0.0041)
REFUSED = Failure(FailureKind.REFUSED, "refused: nothing listens on 127.0.0.1:8000")
FORBIDDEN = Failure(FailureKind.HTTP_STATUS, "the server answered HTTP 403 Forbidden", status=403)


def opened(at=0.0):
    machine = Connection()
    machine.handle(Connect(at))
    machine.handle(Opened(at, 1, SHAKEN))
    return machine


def lost(machine, at, attempt):
    return machine.handle(SocketClosed(at, attempt, 1006, "", NOBODY))


def told(commands):
    return [command.notice.text for command in commands if isinstance(command, Tell)]


def done(commands):
    return [command for command in commands if not isinstance(command, Tell)]


def test_connects_and_says_so():
    machine = Connection()
    assert machine.state == Connecting(attempt=0)
    assert machine.handle(Connect(1.0)) == [OpenSocket(1)]
    assert machine.state == Connecting(attempt=1, retry=0)
    assert told(machine.handle(Opened(1.1, 1, SHAKEN))) == ["connected · HTTP 101 · daphne · 4.1 ms"]
    assert machine.state == Open(1, SHAKEN)


def test_a_first_connection_that_is_refused_is_tried_again():
    machine = Connection()
    machine.handle(Connect(0.0))
    commands = machine.handle(NotOpened(0.0, 1, REFUSED))
    assert told(commands) == [REFUSED.words]
    assert done(commands) == [Schedule(0.5)]
    assert machine.state == Failed(REFUSED, Retry(1, 0.5))
    assert machine.handle(RetryDue(0.5)) == [OpenSocket(2)]
    assert machine.state == Connecting(attempt=2, retry=1)


def test_a_refused_handshake_is_final():
    machine = Connection()
    machine.handle(Connect(0.0))
    assert done(machine.handle(NotOpened(0.0, 1, FORBIDDEN))) == []
    assert machine.state == Failed(FORBIDDEN)
    assert machine.handle(RetryDue(9.0)) == []


def test_the_remedy_and_the_answer_are_the_notices_detail():
    machine = Connection()
    machine.handle(Connect(0.0))
    failure = Failure(FailureKind.HTTP_STATUS, "no", "do this", "HTTP/1.1 403 no", 403)
    (command,) = machine.handle(NotOpened(0.0, 1, failure))
    assert isinstance(command, Tell)
    assert command.notice.detail == "do this\n\nHTTP/1.1 403 no"


def test_delays_grow_to_half_a_minute_and_go_on_for_ever():
    machine = Connection()
    machine.handle(Connect(0.0))
    delays = []
    for attempt in range(1, 200):
        delays += [
            c.delay for c in machine.handle(NotOpened(0.0, attempt, REFUSED)) if isinstance(c, Schedule)
        ]
        machine.handle(RetryDue(0.0))
    assert delays[:8] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert set(delays[8:]) == {30}
    assert machine.state == Connecting(attempt=200, retry=199)


def test_jitter_shortens_a_delay():
    machine = Connection()
    machine.handle(Connect(0.0))
    assert Schedule(0.25) in machine.handle(NotOpened(0.0, 1, REFUSED), jitter=1.0)


def test_a_long_outage_is_told_once_and_a_changed_reason_again():
    machine = opened()
    words = told(lost(machine, 10.0, 1))
    unreachable = Failure(FailureKind.UNREACHABLE, "out of reach")
    for attempt, failure in enumerate([REFUSED, REFUSED, unreachable, unreachable, REFUSED], start=2):
        machine.handle(RetryDue(11.0))
        words += told(machine.handle(NotOpened(11.0, attempt, failure)))
    assert words == ["connection lost · 1006 no close frame", REFUSED.words, "out of reach", REFUSED.words]


def test_what_the_user_asks_for_is_told_again():
    machine = Connection()
    machine.handle(Connect(0.0))
    assert told(machine.handle(NotOpened(0.0, 1, REFUSED)))
    machine.handle(Connect(1.0))
    assert told(machine.handle(NotOpened(1.0, 2, REFUSED)))


@pytest.mark.parametrize("code", [1001, 1011, 1012, 1013, 1014])
def test_a_server_that_may_be_back_is_tried_again(code):
    machine = opened()
    machine.handle(CloseBegun(9.0, 1, code, "bye", THEM))
    assert machine.state == Closing(1, code, "bye", THEM)
    assert done(machine.handle(SocketClosed(9.0, 1, code, "bye", THEM))) == [Schedule(0.5)]
    assert machine.state == Closed(code, "bye", THEM, Retry(1, 9.5))


@pytest.mark.parametrize("code", [1000, 1002, 1003, 1005, 1007, 1008, 1009, 1010, 3000, 4404])
@pytest.mark.parametrize("by", [US, THEM])
def test_a_deliberate_end_is_final(code, by):
    machine = opened()
    assert done(machine.handle(SocketClosed(9.0, 1, code, "", by))) == []
    assert machine.state == Closed(code, "", by)


def test_a_lost_connection_is_tried_again():
    machine = opened()
    assert done(lost(machine, 60.0, 1)) == [Schedule(0.5)]
    assert machine.state == Closed(1006, "", NOBODY, Retry(1, 60.5))


def test_a_server_that_accepts_and_hangs_up_is_not_hammered():
    machine = Connection()
    machine.handle(Connect(0.0))
    delays = []
    for attempt in range(1, 5):
        machine.handle(Opened(0.0, attempt, SHAKEN))
        delays += [c.delay for c in lost(machine, HEALTHY_AFTER - 1, attempt) if isinstance(c, Schedule)]
        machine.handle(RetryDue(0.0))
    assert delays == [0.5, 1, 2, 4]


def test_a_healthy_connection_starts_the_delays_anew():
    machine = opened()
    lost(machine, 1.0, 1)
    machine.handle(RetryDue(2.0))
    machine.handle(Opened(2.0, 2, SHAKEN))
    assert Schedule(0.5) in lost(machine, 2.0 + HEALTHY_AFTER, 2)


def test_disconnect_closes_and_stays_closed():
    machine = opened()
    assert machine.handle(Disconnect(1.0)) == [CloseSocket(1, 1000, "")]
    assert machine.state == Closing(1, 1000, "", US)
    assert told(machine.handle(SocketClosed(1.0, 1, 1000, "", US))) == [
        "closed by this client · 1000 normal closure"
    ]
    assert machine.state == Closed(1000, "", US)


def test_disconnect_asked_again_does_not_wait():
    machine = opened()
    machine.handle(Disconnect(1.0))
    assert machine.handle(Disconnect(1.1)) == [DropSocket(1)]
    machine.handle(SocketClosed(1.2, 1, 1000, "", US))
    assert machine.state == Closed(1000, "", US)


def test_disconnect_while_the_server_closes_means_no_retry():
    machine = opened()
    machine.handle(CloseBegun(9.0, 1, 1001, "", THEM))
    machine.handle(Disconnect(9.0))
    machine.handle(SocketClosed(9.0, 1, 1001, "", THEM))
    assert machine.state == Closed(1001, "", THEM)


def test_disconnect_ends_retries():
    machine = opened()
    lost(machine, 9.0, 1)
    assert machine.handle(Disconnect(9.1)) == [CancelRetry()]
    assert machine.state == Closed(1006, "", NOBODY)
    assert machine.handle(RetryDue(9.5)) == []


def test_disconnect_gives_an_attempt_up():
    machine = Connection()
    machine.handle(Connect(0.0))
    assert machine.handle(Disconnect(0.1)) == [DropSocket(1)]
    assert isinstance(machine.state, Failed)
    assert machine.state.failure.kind is FailureKind.STOPPED
    assert machine.handle(Opened(0.2, 1, SHAKEN)) == []


def test_disconnect_with_nothing_there_does_nothing():
    machine = opened()
    machine.handle(SocketClosed(1.0, 1, 1000, "", THEM))
    assert machine.handle(Disconnect(2.0)) == []
    assert machine.state == Closed(1000, "", THEM)


def test_reconnect_while_open_closes_then_connects():
    machine = opened()
    assert machine.handle(Connect(1.0)) == [CloseSocket(1, 1000, "")]
    assert machine.state == Closing(1, 1000, "", US, reopens=True)
    assert done(machine.handle(SocketClosed(1.1, 1, 1000, "", US))) == [OpenSocket(2)]
    assert machine.state == Connecting(attempt=2, retry=0)


def test_reconnect_asked_again_does_not_wait_for_the_peer():
    machine = opened()
    machine.handle(Connect(1.0))
    assert machine.handle(Connect(1.1)) == [DropSocket(1), OpenSocket(2)]
    assert machine.handle(SocketClosed(1.2, 1, 1000, "", US)) == []
    assert machine.state == Connecting(attempt=2, retry=0)


def test_reconnect_while_closing_connects_afterwards():
    machine = opened()
    machine.handle(Disconnect(1.0))
    assert machine.handle(Connect(1.1)) == []
    assert done(machine.handle(SocketClosed(1.2, 1, 1000, "", US))) == [OpenSocket(2)]


def test_disconnect_takes_a_reconnect_back():
    machine = opened()
    machine.handle(Connect(1.0))
    assert machine.handle(Disconnect(1.1)) == []
    machine.handle(SocketClosed(1.2, 1, 1000, "", US))
    assert machine.state == Closed(1000, "", US)


def test_reconnect_while_connecting_starts_over():
    machine = Connection()
    machine.handle(Connect(0.0))
    assert machine.handle(Connect(1.0)) == [DropSocket(1), OpenSocket(2)]
    assert machine.handle(NotOpened(1.1, 1, REFUSED)) == []
    assert machine.state == Connecting(attempt=2, retry=0)


def test_reconnect_during_a_pending_retry_is_now():
    machine = opened()
    lost(machine, 9.0, 1)
    assert machine.handle(Connect(9.1)) == [CancelRetry(), OpenSocket(2)]
    machine.handle(NotOpened(9.1, 2, REFUSED))
    assert machine.state == Failed(REFUSED, Retry(1, 9.6))


def test_reconnect_after_a_final_failure():
    machine = Connection()
    machine.handle(Connect(0.0))
    machine.handle(NotOpened(0.0, 1, FORBIDDEN))
    assert machine.handle(Connect(1.0)) == [OpenSocket(2)]


def test_an_earlier_attempt_is_not_heard():
    machine = opened()
    lost(machine, 9.0, 1)
    machine.handle(RetryDue(9.5))
    before = machine.state
    for stale in (
        Opened(9.6, 1, SHAKEN),
        NotOpened(9.6, 1, FORBIDDEN),
        CloseBegun(9.6, 1, 1000, "", THEM),
        SocketClosed(9.6, 1, 1000, "", THEM),
    ):
        assert machine.handle(stale) == []
    assert machine.state is before


def test_news_that_does_not_fit_the_state_changes_nothing():
    machine = opened()
    before = machine.state
    assert machine.handle(NotOpened(1.0, 1, REFUSED)) == []
    assert machine.handle(RetryDue(1.0)) == []
    assert machine.handle(Opened(1.0, 1, SHAKEN)) == []
    assert machine.state is before
    machine.handle(SocketClosed(2.0, 1, 1000, "", THEM))
    assert machine.handle(SocketClosed(2.0, 1, 1006, "", NOBODY)) == []
