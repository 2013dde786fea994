from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.transcript import Transcript
from client_tui.core.view import Needle, View, is_conversation
from tests.support.hostile import entries, texts

# Two characters for one when folded, several forms of one letter, and letters that fold into ASCII.
oddities = st.text("sSſßẞσςΣiIİı\u0307kKKfﬁaxÅå", max_size=8)


def text_frame(text):
    return Frame(0.0, Direction.RECEIVED, Opcode.TEXT, text.encode())


def is_long(entry):
    return isinstance(entry, Frame) and len(entry.payload) > 10


def shown(view):
    return [(view.index(row), view[row]) for row in range(len(view))]


def accepted(log, accept):
    return [(index, entry) for index, entry in enumerate(log) if accept(entry)]


@given(st.lists(st.lists(entries, max_size=4), max_size=5), st.sampled_from([is_conversation, is_long]))
def test_a_view_is_a_filter_that_catches_up(batches, accept):
    transcript = Transcript()
    view = View(transcript, accept)
    for batch in batches:
        before = len(view)
        transcript.extend(batch)
        assert view.is_behind == bool(batch)
        assert len(view) == before
        assert view.update() == len(view) - before
        assert not view.is_behind
        assert shown(view) == accepted(transcript, accept)


@given(st.lists(entries, max_size=10))
def test_a_view_can_be_given_another_filter(log):
    view = View(Transcript(log), is_long)
    view.refilter(is_conversation)
    assert shown(view) == accepted(log, is_conversation)


@given(st.lists(entries, max_size=10))
def test_every_index_has_a_row_or_one_that_follows(log):
    view = View(Transcript(log), is_conversation)
    indices = [index for index, _ in shown(view)]
    for index in range(len(log) + 1):
        assert view.row(index) == bisect_left(indices, index)


@pytest.mark.parametrize("opcode", Opcode)
def test_control_frames_are_no_conversation(opcode):
    assert is_conversation(Frame(0.0, Direction.SENT, opcode, b"")) != opcode.is_control


def test_notices_are_conversation():
    assert is_conversation(Notice(0.0, NoticeKind.INFO, "connected"))


@given(oddities | texts, oddities | texts)
def test_case_is_folded_as_unicode_folds_it(wanted, text):
    assert Needle(wanted).matches(text_frame(text)) == (wanted.casefold() in text.casefold())


@given(st.text(max_size=3), st.binary(max_size=20))
def test_bytes_that_are_not_utf8_can_be_searched(wanted, payload):
    folded = payload.decode("utf-8", "surrogateescape").casefold()
    assert Needle(wanted).matches(Frame(0.0, Direction.SENT, Opcode.BINARY, payload)) == (
        wanted.casefold() in folded
    )


@pytest.mark.parametrize(("wanted", "found"), [("REFUSED", True), ("--serve", True), ("open", False)])
def test_notices_are_searched_with_their_details(wanted, found):
    notice = Notice(0.0, NoticeKind.ERROR, "connection refused", "start one with --Serve")
    assert Needle(wanted).matches(notice) == found


@pytest.mark.parametrize(
    ("wanted", "line", "spans"),
    [
        ("x", "axbX", [(1, 2), (3, 4)]),
        ("aa", "aaaaa", [(0, 2), (2, 4)]),
        ("b", "ßb", [(1, 2)]),
        ("ss", "aßb", [(1, 2)]),
        ("s", "ß", [(0, 1)]),
        ("STRASSE", "die Straße", [(4, 10)]),
        ("i", "İi", [(0, 1), (1, 2)]),
        ("σ", "ΟΔΟΣ ς", [(3, 4), (5, 6)]),
        ("sxs", "ßxßxß", [(0, 3), (3, 5)]),
        ("k", "K", [(0, 1)]),
        ("", "abc", []),
    ],
)
def test_where_a_text_stands(wanted, line, spans):
    assert Needle(wanted).spans(line) == spans


@given(oddities.filter(bool), oddities)
def test_spans_hold_the_text_and_what_is_between_them_does_not(wanted, line):
    needle, folded = Needle(wanted), wanted.casefold()
    free = 0
    for start, end in needle.spans(line):
        assert free <= start < end <= len(line)
        assert (
            folded in line[max(0, start - 1) : end].casefold()
        )  # ß may be the end of one and the start of the next
        assert folded not in line[free:start].casefold()
        free = end
    assert folded not in line[free:].casefold()


@given(oddities, oddities)
def test_the_first_place_is_that_of_the_first_span(wanted, line):
    needle = Needle(wanted)
    assert needle.find(line) == next(iter(needle.spans(line)), None)
