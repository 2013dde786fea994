import json

import pytest
from websockets.sync.client import connect

from tests.benchmarks import payloads
from tests.benchmarks.source import Source

PATIENCE = 30.0  # in seconds; only a failing test waits for so long


@pytest.fixture(scope="module")
def source():
    with Source() as source:
        yield source


@pytest.fixture
def client(source):
    source.forget()
    with connect(source.url, max_size=None) as client:
        assert source.accept(PATIENCE)
        yield client


def numbers(client, count):
    return [json.loads(client.recv(PATIENCE))["n"] for _ in range(count)]


@pytest.mark.parametrize(("count", "size"), [(3_000, 100), (2, 1_000_000)])
def test_a_flood_brings_what_was_spelled_in_its_order(source, client, count, size):
    source.spell(count, size)
    source.flood()
    assert numbers(client, count) == list(range(payloads.FIRST, payloads.last(count) + 1))


def test_a_stream_has_told_how_much_it_was_when_it_is_stopped(source, client):
    source.stream(1_000, 100)
    numbers(client, 3)
    streamed = source.stop()
    numbers(client, streamed.count - 3)
    assert streamed.seconds > 0
    assert client.ping().wait(PATIENCE)  # and nothing came after it
    with pytest.raises(TimeoutError):
        client.recv(0)


def test_pings_are_answered_and_no_extension_is_taken(client):
    assert client.ping().wait(PATIENCE)
    assert "Sec-WebSocket-Extensions" not in client.response.headers


def test_a_client_that_went_away_is_not_in_the_way_of_the_next(source):
    source.forget()
    with connect(source.url):
        assert source.accept(PATIENCE)
        source.spell(100_000, 100)
        source.flood()
    source.forget()
    with connect(source.url) as client:
        assert source.accept(PATIENCE)
        source.spell(1, 100)
        source.flood()
        assert numbers(client, 1) == [payloads.FIRST]


def test_nobody_who_connects_is_said_to_be_nobody(source):
    source.forget()
    assert not source.accept(0.01)
