import os
import sys
from io import FileIO, TextIOWrapper
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from client_tui.ui.terminal_driver import Outlet, PasteParser
from tests.support.terminal import Terminal

PASTED = st.text().filter(lambda text: "\x1b[201~" not in text)


def fed(*pieces):
    parser = PasteParser()
    return [event for piece in pieces for event in parser.feed(piece)]


def shown(found):
    return [event.text if isinstance(event, events.Paste) else event.key for event in found]


@given(PASTED)
def test_a_paste_is_one_event_whatever_is_in_it(text):
    assert shown(fed(f"a\x1b[200~{text}\x1b[201~b")) == ["a", text, "b"]


@given(PASTED, st.lists(st.integers(0, 60)))
def test_a_paste_may_come_in_pieces(text, cuts):
    whole = f"{text}\x1b[201~b"
    edges = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    pieces = [whole[start:end] for start, end in pairwise(edges)]
    assert shown(fed("\x1b[200~", *pieces)) == [text, "b"]


def test_two_pastes_follow_one_another():
    assert shown(fed("\x1b[200~1\x1b[201~\x1b[200~2\x1b[201~")) == ["1", "2"]


@pytest.mark.parametrize("behind", ["", "1", '1,\x1b[13;2u"y"'])
def test_alt_enter_is_alt_enter_whatever_follows(behind):
    assert shown(fed(f"\x1b\r{behind}"))[0] == "alt+enter"


def test_a_paste_with_escapes_in_it_does_nothing_and_is_sent_as_it_is(echo_server, tmp_path):
    environ = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "PYTHONPATH"}}
    environ |= {"HOME": str(tmp_path), "TERM": "xterm-256color"}
    with Terminal([sys.executable, "-m", "client_tui", echo_server.url], environ) as terminal:
        terminal.wait_for("● open")
        terminal.type('\x1b[200~["\x1b[0m\x11 \x1b]0;x\x07"]\x1b[201~')
        terminal.wait_for("U+001B")
        terminal.type("\x11")
        assert terminal.wait() == 0


def test_what_is_painted_when_the_terminal_is_gone_goes_nowhere():
    ours, theirs = os.openpty()
    with TextIOWrapper(FileIO(theirs, "w"), write_through=True) as stream:
        outlet = Outlet(stream)
        assert outlet.fileno() == theirs
        outlet.write("seen\n")
        outlet.flush()
        assert os.read(ours, 10) == b"seen\r\n"
        os.close(ours)
        for _ in range(3):
            outlet.write("x" * 100_000)
            outlet.flush()
