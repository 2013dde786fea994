from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.findings import Findings, Hits


def findings(*chunks: tuple[int, int, list[int]]) -> Findings:
    made = Findings()
    for low, high, hits in chunks:
        made.add(low, high, array("I", hits))
    return made


@st.composite
def searches(draw):
    """Return what matches, how many entries there are, and chunks of what was looked at in an order."""
    matching = draw(st.lists(st.booleans(), max_size=40))
    total = len(matching)
    low = high = draw(st.integers(0, total))
    chunks = []
    while low > 0 or high < total:
        if high < total and (low == 0 or draw(st.booleans())):
            start, high = high, draw(st.integers(high + 1, total))
            end = high
        else:
            end, low = low, draw(st.integers(0, low - 1))
            start = low
        chunks.append((start, end, [index for index in range(start, end) if matching[index]]))
    return [index for index, matches in enumerate(matching) if matches], total, chunks


@given(searches())
def test_chunks_at_either_end_make_a_whole(search):
    expected, total, chunks = search
    found = findings(*chunks)
    hits = found.hits
    assert list(hits) == expected
    assert [hits[place] for place in range(len(hits))] == expected
    assert hits[-2:] == array("I", expected[-2:])
    assert found.looked_at == total
    assert not chunks or found.is_done(total)
    for index in range(-1, total + 1):
        after = [hit for hit in expected if hit > index]
        before = [hit for hit in expected if hit < index]
        assert found.after(index) == (next(iter(after or expected), None))
        assert found.before(index) == (next(reversed(before or expected), None))
        assert found.ordinal(index) == (expected.index(index) + 1 if index in expected else None)
        assert hits.place(index) == len(before)
        assert hits.place_behind(index) == len(expected) - len(after)


def test_nothing_is_done_before_anything_was_looked_at():
    found = Findings()
    assert not found.is_done(0)
    assert found.looked_at == 0
    assert found.after(0) is None
    assert found.before(0) is None
    assert found.ordinal(0) is None
    assert not found.hits


def test_an_empty_recording_is_done_when_that_was_told():
    assert findings((0, 0, [])).is_done(0)


def test_what_is_looked_at_is_a_stretch():
    found = findings((90, 100, [95]), (80, 90, []), (100, 103, [101]))
    assert (found.low, found.high, found.looked_at) == (80, 103, 23)
    assert not found.is_done(103)
    found.add(0, 80, array("I", [0, 79]))
    assert found.is_done(103)
    assert not found.is_done(104)
    assert list(found.hits) == [0, 79, 95, 101]


@pytest.mark.parametrize(("low", "high"), [(0, 89), (91, 100), (85, 95), (101, 102)])
def test_a_gap_is_refused(low, high):
    found = findings((90, 100, []))
    with pytest.raises(ValueError, match="does not adjoin 90 to 100"):
        found.add(low, high, array("I"))


def test_the_hits_are_one_object_for_good():
    found = Findings()
    hits = found.hits
    found.add(5, 10, array("I", [7]))
    assert hits[0] == 7
    found.add(0, 5, array("I", [1, 2]))
    assert list(hits) == [1, 2, 7]
    assert hits[-1] == 7


@pytest.mark.parametrize("place", [-3, 2])
def test_a_place_beyond_the_hits(place):
    hits = Hits()
    hits.put_before(array("I", [1, 2]))
    with pytest.raises(IndexError):
        hits[place]


def test_room_for_smaller_numbers_is_made_seldom():
    hits = Hits()
    made = set()
    for number in reversed(range(10_000)):
        hits.put_before(array("I", [number]))
        made.add(id(hits._numbers))
    assert list(hits) == list(range(10_000))
    assert len(hits._numbers) < 40_000
