import json

import pytest
from websockets.frames import Opcode
from websockets.protocol import OPEN, Protocol, Side

from tests.benchmarks import payloads


@pytest.mark.parametrize("size", [100, 125, 999, 1_000, 70_000, 1_000_000])
def test_a_payload_is_json_of_the_size_that_was_asked_for(size):
    payload = payloads.payload(payloads.FIRST + 7, size)
    document = json.loads(payload)
    assert (len(payload), document["n"]) == (size, payloads.FIRST + 7)
    assert document["price"] == payloads.price(payloads.FIRST + 7) + 0.25


@pytest.mark.parametrize(("count", "size"), [(1_500, 100), (3, 200_000)])
def test_batches_are_whole_frames_in_their_order(count, size):
    parser = Protocol(side=Side.CLIENT, state=OPEN, max_size=None)
    for batch in payloads.batches(count, size):
        parser.receive_data(batch)
    frames = parser.events_received()
    assert {frame.opcode for frame in frames} == {Opcode.TEXT}
    assert [json.loads(frame.data)["n"] for frame in frames] == list(
        range(payloads.FIRST, payloads.last(count) + 1)
    )


def test_one_frame_is_spelled_as_in_a_batch():
    assert payloads.wire_frame(payloads.FIRST, 100) == next(payloads.batches(1, 100))
