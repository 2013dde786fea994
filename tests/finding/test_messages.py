from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.query import Mistake
from client_tui.finding.messages import Bounds, Find, GaveUp, Looked, Stop, Unpacker, Wrong, pack

MESSAGES = [
    Bounds(0, array("Q")),
    Bounds(7, array("Q", [0, 2**40])),
    Find(1, ("a", 'é"\ud800\0'), True),
    Find(2, (), False, 5, 10),
    Stop(3),
    Looked(4, 5, 9, 2**33, 1, array("I", [5, 8])),
    Wrong(5, 1, Mistake(0, 3, "wörds")),
    GaveUp(6, "words"),
]


@given(st.lists(st.sampled_from(MESSAGES), max_size=6), st.integers(1, 50))
def test_what_is_said_is_heard_in_whatever_pieces_it_comes(messages, size):
    data = b"".join(map(pack, messages))
    unpacker = Unpacker()
    heard = []
    for start in range(0, len(data), size):
        heard += unpacker.feed(data[start : start + size])
    assert heard == messages


@pytest.mark.parametrize("message", MESSAGES)
def test_nothing_is_heard_before_it_is_whole(message):
    data = pack(message)
    unpacker = Unpacker()
    assert list(unpacker.feed(data[:-1])) == []
    assert list(unpacker.feed(data[-1:])) == [message]
