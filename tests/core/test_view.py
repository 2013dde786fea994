from array import array
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.findings import Findings
from client_tui.core.frame import Frame
from client_tui.core.transcript import Transcript
from client_tui.core.view import View
from tests.support.hostile import entries


def shown(view):
    return [view.index(row) for row in range(len(view))]


def expected(log, control_frames):
    return [
        index
        for index, entry in enumerate(log)
        if control_frames or not (isinstance(entry, Frame) and entry.opcode.is_control)
    ]


def holding(log):
    transcript = Transcript()
    transcript.extend(log)
    return transcript


@given(st.lists(st.lists(entries, max_size=4), max_size=5), st.booleans())
def test_a_view_catches_up(batches, control_frames):
    transcript = Transcript()
    view = View(transcript, control_frames=control_frames)
    for batch in batches:
        before = shown(view)
        transcript.extend(batch)
        assert view.is_behind == bool(batch)
        assert shown(view) == before
        view.update()
        assert not view.is_behind
        assert shown(view) == expected(transcript, control_frames)


@given(st.lists(entries, max_size=10), st.booleans())
def test_control_frames_come_and_go(log, control_frames):
    view = View(holding(log), control_frames=not control_frames)
    view.show_control_frames(control_frames)
    assert view.control_frames == control_frames
    assert shown(view) == expected(log, control_frames)


@given(st.lists(entries, max_size=10))
def test_every_index_has_a_row_or_one_that_follows(log):
    view = View(holding(log), control_frames=False)
    indices = shown(view)
    for index in range(len(log) + 1):
        assert view.row(index) == bisect_left(indices, index)


@pytest.mark.parametrize("hits", [[], [0, 2], [1]])
def test_a_narrowed_view_shows_what_is_found_until_it_is_widened(hits):
    transcript = Transcript()
    view = View(transcript, control_frames=True)
    found = Findings()
    found.add(0, 3, array("I", hits))
    view.narrow(found)
    assert view.is_narrowed
    assert shown(view) == hits
    found.add(3, 5, array("I", [4]))
    assert shown(view) == [*hits, 4]
    view.narrow(None)
    assert not view.is_narrowed
    assert len(view) == len(transcript)
