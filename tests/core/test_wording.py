import pytest

from client_tui.core import wording
from client_tui.core.failure import Failure, FailureKind
from client_tui.core.frame import Notice, NoticeKind
from client_tui.core.states import Closed, ClosedBy, Handshake

US, THEM, NOBODY = ClosedBy.US, ClosedBy.THEM, ClosedBy.NOBODY


@pytest.mark.parametrize(
    ("handshake", "words"),
    [
        (Handshake(101, "daphne", "", 0.0041), "connected · HTTP 101 · daphne · 4.1 ms"),
        (Handshake(101, "", "mqtt", 0.0041), "connected · HTTP 101 · subprotocol mqtt · 4.1 ms"),
    ],
)
def test_an_opened_connection(handshake, words):
    assert wording.connected(1.0, handshake) == Notice(1.0, NoticeKind.INFO, words)


def test_an_opened_connection_shows_the_answers_headers():
    handshake = Handshake(101, "", "", 0.1, (("Server", "x"), ("Date", "y")))
    assert wording.connected(1.0, handshake).detail == "Server: x\nDate: y"


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        (Closed(1000, "", THEM), NoticeKind.INFO, "closed by the server · 1000 normal closure"),
        (Closed(1005, "", THEM), NoticeKind.INFO, "closed by the server · 1005 no code given"),
        (Closed(1011, "why", THEM), NoticeKind.WARNING, "closed by the server · 1011 internal error · why"),
        (Closed(1006, "", NOBODY), NoticeKind.WARNING, "connection lost · 1006 no close frame"),
        (Closed(1000, "", US), NoticeKind.INFO, "closed by this client · 1000 normal closure"),
        (Closed(1002, "x", US), NoticeKind.ERROR, "closed by this client · 1002 protocol error · x"),
    ],
)
def test_an_ended_connection(state, kind, words):
    assert wording.closed(1.0, state) == Notice(1.0, kind, words)


def test_an_ended_connection_carries_its_remedy():
    assert "--max-size" in wording.closed(1.0, Closed(1009, "", US)).detail


def test_a_failure_carries_its_remedy_and_the_answer():
    notice = wording.failed(1.0, Failure(FailureKind.REFUSED, "refused", "start it"))
    assert notice == Notice(1.0, NoticeKind.ERROR, "refused", "start it")
