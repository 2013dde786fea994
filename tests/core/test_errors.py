import pytest

from client_tui.core.errors import ClientError


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("Not sent",), "Not sent"), (("Not sent", "connect first"), "Not sent: connect first")],
)
def test_it_reads_as_its_title_and_its_message(arguments, words):
    assert str(ClientError(*arguments)) == words


def test_title_and_message_stay_apart():
    error = ClientError("Not sent", "connect first")
    assert (error.title, error.message) == ("Not sent", "connect first")
