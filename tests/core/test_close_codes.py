import pytest

from client_tui.core.close_codes import is_passing, meaning


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (1000, "normal closure"),
        (1001, "going away"),
        (1006, "no close frame"),
        (1009, "message too big"),
        (1011, "internal error"),
        (1004, "unknown code"),
        (2999, "unknown code"),
        (3000, "registered by a framework"),
        (4404, "private to the application"),
        (5000, "unknown code"),
    ],
)
def test_a_code_has_a_meaning(code, words):
    assert meaning(code) == words


def test_only_a_server_that_may_be_back_is_worth_a_retry():
    assert [code for code in range(1000, 5000) if is_passing(code)] == [1001, 1006, 1011, 1012, 1013, 1014]
