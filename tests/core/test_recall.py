from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.recall import Recall

OLDER, NEWER = -1, 1


def test_a_walk_and_back():
    recall = Recall(["first", "second"])
    assert recall.step(OLDER, "draft") == "second"
    assert recall.step(OLDER, "second") == "first"
    assert recall.step(OLDER, "first") is None
    assert recall.step(NEWER, "first") == "second"
    assert recall.step(NEWER, "second") == "draft"
    assert recall.step(NEWER, "draft") is None


def test_with_nothing_sent_there_is_nowhere_to_go():
    assert Recall([]).step(OLDER, "draft") is None


def test_a_restart_begins_at_the_end_with_a_new_draft():
    sent = ["first"]
    recall = Recall(sent)
    recall.step(OLDER, "draft")
    sent.append("second")
    recall.restart()
    assert recall.step(OLDER, "another draft") == "second"
    assert recall.step(NEWER, "second") == "another draft"


def test_a_restart_tells_the_draft_that_a_walk_left_behind():
    recall = Recall(["first"])
    assert recall.restart() == ""
    recall.step(OLDER, "draft")
    assert recall.restart() == "draft"
    assert recall.restart() == ""
    recall.step(OLDER, "another draft")
    recall.step(NEWER, "first")
    assert recall.restart() == ""


@given(
    st.lists(st.text(max_size=3), max_size=4),
    st.lists(st.tuples(st.sampled_from([OLDER, NEWER, None]), st.text(max_size=3))),
)
def test_it_walks_a_list_that_ends_with_the_draft(texts, script):
    recall = Recall(texts)
    line, place = [*texts, ""], len(texts)
    for direction, current in script:
        if direction is None:
            recall.restart()
            place = len(texts)
        elif not 0 <= place + direction < len(line):
            assert recall.step(direction, current) is None
        else:
            if place == len(texts):
                line[-1] = current
            place += direction
            assert recall.step(direction, current) == line[place]
