"""The pieces in which a program's output is read fall anywhere: in words, and in escape sequences."""

import os
import sys

from tests.benchmarks.program import Program, Watch, children, resident


def seen_after(pieces, words, *, plain):
    watch = Watch(lambda seen: words in seen, plain=plain)
    for at, piece in enumerate(pieces, 1):
        watch.look(float(at), piece)
    return watch.at


def test_words_are_found_where_they_are_cut_in_two():
    assert seen_after([b"x 1000", b"0001 y", b"10000001"], b"10000001", plain=False) == 2.0


def test_words_are_found_among_colours_wherever_these_are_cut():
    output = b"\x1b[1;2Hab\x1b[38;2;1;2;3mcd\x1b[0me"
    for cut in range(len(output)):
        assert seen_after([output[:cut], output[cut:]], b"abcde", plain=True) == 2.0


def test_words_that_never_came_are_not_found():
    assert seen_after([b"\x1b[31mab", b"c\x1b[0m"], b"abd", plain=True) is None


def test_a_program_is_watched_typed_at_and_ended():
    with Program([sys.executable, "-c", "print(input() * 2); input()"], os.environ) as program:
        doubled = program.watch_for("abab")
        pressed = program.press(b"ab\n")
        at = doubled.wait(30)
        assert at is not None
        assert program.started_at < pressed < at <= program.settled()
        now, most = resident(program.process.pid)
        assert 1 < now <= most
        assert children(program.process.pid) == []
        assert program.runs
    assert not program.runs
