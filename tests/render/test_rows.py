import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.needle import Needle
from client_tui.render.rows import NARROW, Columns, Shape, lay_out, render
from client_tui.render.spans import Role, fit, plain, width
from tests.support.hostile import entries, texts

TIME = "12:01:02.118"
AT = 1_000_000_000.5
needles = st.none() | texts.map(Needle)
since_sent = st.none() | st.floats()


def received(payload, opcode=Opcode.TEXT):
    return Frame(AT, Direction.RECEIVED, opcode, payload)


def drawn(entry, shape=Shape.LINE, *, cells=100, since_sent=None, needle=None, fold=4):
    """Return a row's lines as the pane shows them."""
    row = lay_out(lambda: entry, since_sent, shape, fold)
    columns = Columns.of(cells)
    return [
        fit(render(row, number, columns, needle, time=TIME[: columns.time]), cells)
        for number in range(row.height)
    ]


def bodies(*arguments, **options):
    """Return what stands behind the time and the direction."""
    cells = options.get("cells", 100)
    return [plain(line)[Columns.of(cells).indent :].rstrip() for line in drawn(*arguments, **options)]


@given(entries, st.sampled_from(Shape), st.integers(1, 400), since_sent, needles, st.integers(1, 20))
def test_any_entry_in_any_window_is_safe_and_fits(entry, shape, cells, since_sent, needle, fold):
    lines = drawn(entry, shape, cells=cells, since_sent=since_sent, needle=needle, fold=fold)
    assert lines
    for line in lines[:60]:
        assert all(span.text.isprintable() for span in line)
        assert width(line) == cells


@given(entries, st.sampled_from(Shape), st.integers(60, 400), since_sent, needles)
def test_the_first_line_is_as_wide_as_the_window(entry, shape, cells, since_sent, needle):
    row = lay_out(lambda: entry, since_sent, shape, 4)
    columns = Columns.of(cells)
    assert width(render(row, 0, columns, needle, time=TIME[: columns.time])) == cells


@given(entries, st.sampled_from(Shape), st.integers(20, 200), texts)
def test_a_search_changes_colours_and_no_text(entry, shape, cells, wanted):
    plainly = drawn(entry, shape, cells=cells)
    searched = drawn(entry, shape, cells=cells, needle=Needle(wanted))
    assert list(map(plain, searched)) == list(map(plain, plainly))


@given(entries, st.integers(1, 20))
def test_a_folded_row_is_never_taller_than_its_fold(entry, fold):
    row = lay_out(lambda: entry, None, Shape.FOLDED, fold)
    assert row.height <= (fold + 1 if isinstance(entry, Frame) else 2)
    assert lay_out(lambda: entry, None, Shape.LINE, fold).height == (
        1 if isinstance(entry, Frame) else row.height
    )


@given(st.integers(1, 400))
def test_columns_share_the_window_out(cells):
    columns = Columns.of(cells)
    assert columns.body >= 1
    assert columns.indent + columns.rest == max(cells, columns.indent + columns.rest - columns.body + 1)


def test_a_received_frame():
    (line,) = drawn(received(b'{"x": 1}'), since_sent=0.0021)
    assert plain(line)[14:].split() == ["▼", '{"x":', "1}", "8", "B", "+2.1", "ms"]


def test_a_narrow_window_gives_up_milliseconds_and_latency():
    entry = received(b'{"x": 1}')
    (wide,) = drawn(entry, cells=NARROW, since_sent=1.0)
    (narrow,) = drawn(entry, cells=NARROW - 1, since_sent=1.0)
    assert TIME in plain(wide)
    assert "+1.0 s" in plain(wide)
    assert "." not in plain(narrow)
    assert "+" not in plain(narrow)


def test_what_is_odd_is_marked():
    (line,) = drawn(received(b"\xff"))
    assert [span.text.strip() for span in line if span.role is Role.MARK] == ["not UTF-8"]


def test_a_match_is_marked():
    (line,) = drawn(received(b'{"ABC": "abc"}'), needle=Needle("bc"))
    assert [span.text for span in line if span.role is Role.MATCH] == ["BC", "bc"]


@pytest.mark.parametrize(
    ("members", "last"),
    [(3, "… 1 more line"), (4, "… 2 more lines"), (2_000, "… 1,998 more lines"), (40_000, "… more")],
)
def test_a_folded_frame_says_how_much_more_there_is(members, last):
    document = b"[" + b",".join([b"1"] * members) + b"]"
    assert bodies(received(document), Shape.FOLDED)[-1] == last


def test_a_frame_that_fits_is_not_folded():
    lines = bodies(received(b'{"a":1,"b":2}'), Shape.FOLDED)
    assert lines[0].startswith("{")
    assert lines[1:] == ['  "a": 1,', '  "b": 2', "}"]


def test_a_frame_in_full():
    assert len(bodies(received(b"[" + b"1," * 50 + b"1]"), Shape.FULL)) == 53


@pytest.mark.parametrize("shape", Shape)
def test_control_frames_take_one_line(shape):
    assert len(bodies(received(b"1\n2", Opcode.PING), shape)) == 1


def test_a_notice_without_more_to_say():
    assert bodies(Notice(AT, NoticeKind.INFO, "connected")) == ["connected"]


def test_a_notice_that_can_be_unfolded():
    notice = Notice(AT, NoticeKind.INFO, "connected", "Server: x\r\nDate: \u2028y")
    assert bodies(notice)[0].split() == ["connected", "▸"]
    assert bodies(notice, Shape.FULL) == ["connected", "Server: x", r"Date: \u2028y"]


def test_a_failure_tells_its_remedy_at_once():
    notice = Notice(AT, NoticeKind.ERROR, "refused", "start one\nor another")
    first, second = bodies(notice)
    assert first.split() == ["refused", "▸"]
    assert second == "start one"


def test_a_line_without_end_is_cut():
    row = lay_out(lambda: received(b'["' + b"x" * 1_000_000 + b'"]'), None, Shape.FULL, 4)
    assert sum(len(span.text) for span in render(row, 1, Columns.of(80), None, time=TIME)) < 200


def test_marks_that_take_no_cells_do_not_pass_for_the_end():
    assert bodies(received("e\u0301".encode() * 1_000), cells=100)[0].count("…") == 1


def test_a_row_does_not_hold_a_large_payload():
    entry = received(b'["' + b"x" * 1_000_000 + b'"]')
    row = lay_out(lambda: entry, None, Shape.LINE, 4)
    assert isinstance(row.entry, Frame)
    assert len(row.entry.payload) < 20_000
    assert row.whole() is entry
    (line,) = drawn(entry)
    assert "1.0 MB" in plain(line)
    assert "unchecked" not in plain(line)
