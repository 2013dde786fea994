from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from websockets.sync.client import connect

from server.lab.ticker import START_CENTS, Market, times
from tests.support.raw_websocket import RawWebSocket

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer


def prices(lab: EchoServer, query: str, count: int) -> list[tuple[str, float]]:
    with connect(f"{lab.base}/lab/ticker/?n={count}&{query}") as client:
        ticks = [json.loads(client.recv()) for _ in range(count)]
    return [(tick["symbol"], tick["price"]) for tick in ticks]


def test_the_shape_of_a_tick(lab: EchoServer) -> None:
    before = datetime.now(UTC)
    with connect(f"{lab.base}/lab/ticker/?hz=1000&n=50") as client:
        ticks = [json.loads(client.recv()) for _ in range(50)]
    assert [tick["seq"] for tick in ticks] == list(range(1, 51))
    assert {tick["type"] for tick in ticks} == {"tick"}
    assert {tick["symbol"] for tick in ticks} == set(START_CENTS)
    for tick in ticks:
        assert before <= datetime.fromisoformat(tick["time"]) <= datetime.now(UTC)


def test_where_all_is_to_be_the_same_each_time_the_times_are_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348862")
    time = times(20.0)
    assert [time(1), time(2)] == ["2026-11-22T12:01:02.000+00:00", "2026-11-22T12:01:02.050+00:00"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert datetime.fromisoformat(times(20.0)(1)) >= datetime.now(UTC) - timedelta(minutes=1)


def test_the_same_seed_gives_the_same_market_at_any_rate(lab: EchoServer) -> None:
    market = prices(lab, "seed=7&hz=10000", 300)
    assert prices(lab, "seed=7&hz=700", 300) == market
    assert prices(lab, "seed=8&hz=10000", 300) != market


def test_prices_walk_in_cents_and_stay_above_nothing() -> None:
    market = Market(1)
    cents = dict(START_CENTS)
    for symbol, price in itertools.islice(iter(market.step, None), 200_000):
        whole, _, fraction = price.partition(".")
        now = int(whole) * 100 + int(fraction)
        assert abs(now - cents[symbol]) <= 25
        assert now > 0
        cents[symbol] = now


def test_the_first_tick_is_at_once_at_the_lowest_rate(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/ticker/?hz=0.01") as client:
        assert json.loads(client.recv())["seq"] == 1


def test_ten_thousand_a_second_and_more(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/ticker/?hz=10000&n=3000") as client:
        assert [json.loads(client.read_frame().payload)["seq"] for _ in range(3_000)] == list(range(1, 3_001))


def test_it_can_be_stopped_and_started(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/ticker/?hz=1000") as client:
        client.send('{"op": "stop"}')
        ticks = 0
        while (message := json.loads(client.recv()))["type"] == "tick":
            ticks += 1
        assert message == {"type": "stop", "seq": ticks}
        client.send('"halted"')
        assert client.recv() == '"halted"'  # and no tick
        client.send('{"op": "start"}')
        assert json.loads(client.recv()) == {"type": "start", "seq": ticks}
        assert json.loads(client.recv())["seq"] == ticks + 1


@pytest.mark.parametrize(
    "text", ['{"op": "else"}', '{"op": 1}', "[1.10]", r'"\ud800"', "[" * 2_000 + "]" * 2_000]
)
def test_what_is_no_operation_comes_back(lab: EchoServer, text: str) -> None:
    with connect(f"{lab.base}/lab/ticker/?hz=0.01") as client:
        client.recv()
        client.send(text)
        assert client.recv() == text


def test_what_is_not_json_is_answered(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/ticker/?hz=0.01") as client:
        client.recv()
        client.send("NaN")
        assert json.loads(client.recv())["error"]["code"] == "invalid_json"
