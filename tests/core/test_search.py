from bisect import bisect_left, bisect_right

from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.search import Search
from client_tui.core.transcript import Transcript
from client_tui.core.view import Needle, View

some_words = st.lists(st.sampled_from(["yes", "no", "YES", "maybe"]), max_size=12)


def frames(words):
    return [Frame(0.0, Direction.RECEIVED, Opcode.TEXT, word.encode()) for word in words]


def search(words):
    found = Search(View(Transcript(frames(words)), lambda _: True), Needle("yes"))
    while not found.is_done:
        found.step(5)
    return found


def hits(words):
    return [row for row, word in enumerate(words) if word.casefold() == "yes"]


@given(some_words, some_words, st.integers(1, 4))
def test_it_finds_every_row_a_stretch_at_a_time(words, more, rows):
    transcript = Transcript(frames(words))
    view = View(transcript, lambda _: True)
    found = Search(view, Needle("yes"))
    for looked_at in range(rows, len(words) + rows, rows):
        found.step(rows)
        assert list(found.hits) == hits(words[:looked_at])
    assert found.is_done
    transcript.extend(frames(more))
    view.update()
    assert found.is_done == (not more)
    found.step(len(more))
    assert list(found.hits) == hits(words + more)


@given(some_words)
def test_the_next_and_the_one_before_go_round(words):
    found, rows = search(words), hits(words)
    for row in range(-1, len(words) + 1):
        if rows:
            assert found.after(row) == rows[bisect_right(rows, row) % len(rows)]
            assert found.before(row) == rows[bisect_left(rows, row) - 1]
        else:
            assert found.after(row) is found.before(row) is None


@given(some_words)
def test_every_hit_has_its_number(words):
    found, rows = search(words), hits(words)
    for row in range(len(words) + 1):
        assert found.ordinal(row) == (rows.index(row) + 1 if row in rows else None)


def test_a_step_over_large_frames_is_a_short_one():
    found = Search(View(Transcript(frames(["x" * 2_000_000] * 3)), lambda _: True), Needle("x"))
    found.step(1000)
    assert list(found.hits) == [0]
    assert not found.is_done
