import os
import signal
import subprocess
import sys

import pytest

from client_tui.finding.process import child_environment
from client_tui.finding.watch import COMPILING, TOO_LONG, Board, Watch, where

SPIN = """
import sys
from client_tui.finding.process import child_environment
from client_tui.finding.watch import Board, Watch
watch = Watch(Board(int(sys.argv[1])), 0.05)
with watch.over(7, 0):
    watch.note(41)
    while True:
        pass
"""


@pytest.fixture
def board():
    board = Board.make()
    yield board
    signal.setitimer(signal.ITIMER_PROF, 0)
    board.close()


def test_a_board_is_seen_by_another_process(board):
    command = [sys.executable, "-c", SPIN, str(board.descriptor)]
    done = subprocess.run(command, env=child_environment(), pass_fds=[board.descriptor])
    assert done.returncode == -TOO_LONG
    assert board.place == (7, 41)


def test_a_new_board_is_empty(board):
    assert board.place == (0, 0)


def test_a_board_gives_its_descriptor_back():
    board = Board.make()
    board.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(board.descriptor)


def test_what_is_looked_at_is_shown_as_long_as_it_is(board):
    watch = Watch(board, 100.0)
    with watch.over(3, COMPILING):
        assert board.place == (3, COMPILING)
        assert watch.where == "while it is made ready"
        watch.note(12_344)
        assert board.place == (3, 12_344)
        assert watch.where == "at #12,345"
        assert 90 < signal.getitimer(signal.ITIMER_PROF)[0] < 101
        watch.allow(50_000_000)
        assert 110 < signal.getitimer(signal.ITIMER_PROF)[0] < 114
    assert board.place[0] == 0
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_nothing_is_shown_after_an_error(board):
    watch = Watch(board, 100.0)
    with pytest.raises(ValueError, match="oops"), watch.over(3, 0):
        raise ValueError("oops")
    assert board.place[0] == 0


def test_entries_are_counted_from_one():
    assert where(0) == "at #1"
