import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.needle import Needle
from client_tui.render.excerpt import excerpt
from client_tui.render.rows import Columns, Shape, lay_out, line_with, render
from client_tui.render.spans import Role, fit, plain
from tests.support.hostile import texts

TIME = "12:01:02.118"
CELLS = 100
FAR = b'{"padding": "' + b"x" * 5_000 + b'", "needle": 1}'


def shown(entry, wanted, shape=Shape.LINE, number=0, cells=CELLS):
    """Return a line of a row as the pane shows it where its first match is to be seen."""
    line = render(
        lay_out(lambda: entry, None, shape, 4),
        number,
        Columns.of(cells),
        Needle(wanted),
        time=TIME[: Columns.of(cells).time],
        reveal=True,
    )
    return fit(line, cells)


def marked(line):
    return "".join(span.text for span in line if span.role is Role.MATCH)


def text(payload):
    return Frame(0.0, Direction.RECEIVED, Opcode.TEXT, payload)


@given(texts, st.text("abc", min_size=1, max_size=5), texts, st.integers(20, 120))
def test_the_match_is_within_the_cells(before, wanted, after, cells):
    line = fit(excerpt(before + wanted + after, Needle(wanted), cells), cells)
    assert Needle(wanted).spans(plain(line))
    assert all(span.text.isprintable() for span in line)


@pytest.mark.parametrize(
    ("whole", "cells", "part"),
    [
        ("needle behind", 40, "needle behind"),
        ("0123456789" * 9 + "needle", 12, "…6789needle"),
        ("0123456789" * 9 + "needle" + "0123456789" * 9, 12, "…6789needle012345…"),
        ("\x1b" * 90 + "needle", 21, "…\\u001bneedle"),
        ("世" * 90 + "needle", 12, "…世世needle"),
        ("ß" * 90 + "NEEDLE", 9, "…ßßßNEEDLE"),
        ('{\n    "a": "needle"\r\n\t}', 60, '{⏎"a": "needle"⏎}'),
        ("nothing", 40, ""),
    ],
)
def test_what_is_around_a_match(whole, cells, part):
    assert plain(excerpt(whole, Needle("needle"), cells)) == part


@pytest.mark.parametrize("cells", [60, 80, 300])
@pytest.mark.parametrize(
    "entry",
    [
        text(FAR),
        text(b"not JSON " * 500 + b"needle"),
        text(b"\xff" * 500 + b"needle"),
        Frame(0.0, Direction.RECEIVED, Opcode.BINARY, bytes(500) + b"NEEDLE"),
        Notice(0.0, NoticeKind.ERROR, "said no " * 50 + "needle"),
    ],
)
def test_a_row_of_one_line_shows_what_was_found_in_the_entry(entry, cells):
    assert marked(shown(entry, "needle", cells=cells)).lower() == "needle"


def test_a_line_that_shows_its_match_stays_as_it_is():
    entry = text(b'{"needle": "' + b"x" * 5_000 + b'", "needle": 1}')
    assert plain(shown(entry, "needle"))[15:].lstrip("▼ ").startswith('{"needle": "xxx')


def test_a_match_at_the_very_end_of_a_line_is_seen_already():
    columns = Columns.of(CELLS)
    body = "x" * (columns.rest - len("needle"))
    line = shown(text(f"\n{body}needle".encode()), "needle", Shape.FULL, 1)
    assert plain(line).lstrip() == f"{body}needle"


def test_without_being_asked_a_line_keeps_its_beginning():
    row = lay_out(lambda: text(FAR), None, Shape.LINE, 4)
    assert '{"padding"' in plain(render(row, 0, Columns.of(CELLS), Needle("needle"), time=TIME))


def test_a_long_line_of_a_laid_out_row_shows_its_match():
    assert marked(shown(text(b'["' + b"x" * 5_000 + b'needle"]'), "needle", Shape.FULL, 1)) == "needle"


@pytest.mark.parametrize(
    ("entry", "shape", "wanted", "line"),
    [
        (text(b'{"a": {"b": 1}}'), Shape.LINE, "b", 0),
        (text(b'{"a": {"b": 1}}'), Shape.FULL, '"B"', 2),
        (text(b'{"a":1}'), Shape.FULL, '"a":1', None),  # the layout has a space there
        (text(b"[1,2,3,4,5,6]"), Shape.FOLDED, "6", None),
        (Notice(0.0, NoticeKind.INFO, "connected", "x\ny"), Shape.LINE, "y", None),
        (Notice(0.0, NoticeKind.INFO, "connected", "x\ny"), Shape.FULL, "y", 2),
    ],
)
def test_the_line_with_the_first_match(entry, shape, wanted, line):
    assert line_with(lay_out(lambda: entry, None, shape, 4), Needle(wanted)) == line
