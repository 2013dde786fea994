import pytest

from client_tui.core.failure import Failure, FailureKind

PASSING = {
    FailureKind.REFUSED,
    FailureKind.UNREACHABLE,
    FailureKind.DROPPED,
    FailureKind.TIMED_OUT,
    FailureKind.NAME_LOOKUP,
}


@pytest.mark.parametrize("kind", FailureKind)
def test_what_may_pass_is_retried_and_the_rest_is_final(kind):
    assert Failure(kind, "words").retryable == (kind in PASSING)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_or_gateway_in_trouble_is_retried(status):
    assert Failure(FailureKind.HTTP_STATUS, "words", status=status).retryable


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 426, 429, 501])
def test_any_other_answer_is_final(status):
    assert not Failure(FailureKind.HTTP_STATUS, "words", status=status).retryable
