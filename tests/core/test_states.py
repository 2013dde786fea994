import pytest

from client_tui.core.states import Closed, ClosedBy, Handshake


def test_a_closed_state_knows_what_its_code_means():
    assert Closed(1001, "", ClosedBy.THEM).meaning == "going away"


def test_a_message_that_was_too_large_names_the_flag():
    assert "--max-size" in Closed(1009, "", ClosedBy.US).remedy


def test_a_server_that_found_a_message_too_large_is_another_matter():
    remedy = Closed(1009, "", ClosedBy.THEM).remedy
    assert remedy
    assert "--max-size" not in remedy


@pytest.mark.parametrize("by", ClosedBy)
def test_no_other_code_has_a_remedy(by):
    assert Closed(1000, "", by).remedy == ""


def test_the_headers_of_an_answer_stay_out_of_logs():
    handshake = Handshake(101, "daphne", "", 0.1, (("Set-Cookie", "secret"),))
    assert "secret" not in repr(handshake)
