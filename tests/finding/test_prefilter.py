import json

import pytest

from client_tui.core.frame import Opcode
from client_tui.core.query import parse
from client_tui.finding.blocks import Block, Blocks
from client_tui.finding.prefilter import Prefilter
from client_tui.finding.seen import see_all
from tests.support.recorded import Recorded, binary, control, notice, sent, text


def block_of(recorded: Recorded) -> Block:
    """Return all lines, each read once."""
    blocks = Blocks(recorded.fileno())
    blocks.learn(0, recorded.bounds(0))
    block = blocks.read(range(len(blocks)))
    see_all(block)
    return block


def places(line, block):
    return list(Prefilter(parse(line).terms).places(block))


@pytest.fixture
def many(record):
    """Return a recording in which most lines are of no interest."""
    return record(
        *[text(f'{{"n": {number}}}') for number in range(40)],
        text('{"type":"tick", "path": "a/b"}'),  # 40
        sent("TICK"),
        notice("a tick"),
        binary(b"tick\xff"),  # 43, in base64
        control(Opcode.PING, b"beat"),
        text(r'{"type": "\u0074ick"}'),  # 45
        *[text(f'{{"n": {number}}}') for number in range(40)],
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("tick", [40, 41, 42, 43, 45]),
        ("Tick", [40, 41, 42, 43, 45]),
        ("tick nonesuch", [43, 45]),  # the longest counts
        ("a/b", [40, 43, 45]),
        ('"\\"type\\":"', [40, 43, 45]),
        ("dir:sent", [41, 43, 45]),
        ("is:notice", [42, 43, 45]),
        ("is:ping", [43, 44, 45]),
        ("is:binary", [43, 45]),
        ('.type == "tick"', [40, 43, 45]),
        ('.n > 1 and .type=="tick" and .a.b != null', [40, 43, 45]),
        ('.type == "none such"', [43, 45]),
    ],
)
def test_lines_without_what_must_be_there_are_passed_over(many, line, found):
    assert places(line, block_of(many)) == found


@pytest.mark.parametrize(
    "line",
    [
        *("", "-tick", "é", "/tick/", "is:json", "size>1", "-dir:sent", '"\x01"'),
        *(
            '.type == "a" or .type == "b"',
            '.type == "a" | not',
            '.type != "a"',
            ".n == 1",
            'jq: (.type == "a")',
        ),
        *('.type == "\\u0074"', '.["type"] == "tick"', '.type == "é"', ".type"),
    ],
)
def test_nothing_is_passed_over_where_nothing_must_be_there(many, line):
    assert len(places(line, block_of(many))) == len(many)


def test_nothing_is_passed_over_in_a_block_that_was_not_read_before(many):
    block = block_of(many)
    block.are_sound[:] = bytes(len(block))
    assert len(places("tick", block)) == len(many)


def test_a_line_that_was_not_read_before_is_not_passed_over(many):
    block = block_of(many)
    block.are_sound[7] = 0
    assert places("tick", block) == [7, 40, 41, 42, 43, 45]


def test_nothing_is_passed_over_where_letters_are_not_ascii(many):
    many.append(text("\u212aelvin"))
    assert len(places("kelvin", block_of(many))) == len(many)


def test_nothing_is_passed_over_where_a_line_is_missing(many):
    whole = block_of(many)
    block = Block(whole.data[:-1], whole.edges, whole.first, whole.are_sound)
    assert len(places("tick", block)) == len(many)


def test_nothing_is_passed_over_where_most_of_it_would_be_looked_at(many):
    assert len(places("n", block_of(many))) == len(many)


def test_an_escaped_slash_may_be_a_slash(record):
    recorded = record(*[text("x")] * 5)
    line = {"time": "2026-11-22T12:01:02Z", "direction": "sent", "opcode": "text", "payload": "a/b"}
    recorded.append_line(json.dumps(line).replace("/", "\\/").encode() + b"\n")
    block = block_of(recorded)
    assert all(block.are_sound)
    assert places("a/b", block) == [5]
    assert places("ab", block) == []
