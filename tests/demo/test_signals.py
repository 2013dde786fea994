import os
import signal
import threading

import pytest

from client_tui.demo.signals import signals_as_ctrl_c, signals_later

BOTH = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def heard():
    """Take down which signals somebody else's handler hears of."""
    found = []
    before = {number: signal.signal(number, lambda number, _: found.append(number)) for number in BOTH}
    yield found
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_is_a_ctrl_c_and_those_behind_it_are_nothing(heard, number):
    with signals_as_ctrl_c() as came:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        for other in BOTH:
            signal.raise_signal(other)
    assert came == [number]
    assert heard == []
    signal.raise_signal(number)
    assert heard == [number]


@pytest.mark.usefixtures("heard")
def test_one_that_is_ignored_stays_so():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with signals_as_ctrl_c() as came:
        signal.raise_signal(signal.SIGHUP)
    assert came == []
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_another_thread_than_the_main_one_leaves_them_alone(heard):
    def run():
        with signals_as_ctrl_c():
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert heard == [signal.SIGTERM]


@pytest.mark.parametrize("number", BOTH)
def test_what_goes_wrong_at_the_end_does_not_keep_a_signal(heard, number):
    def play():
        with signals_later():
            try:
                signal.raise_signal(number)
            finally:
                raise ZeroDivisionError

    with pytest.raises(KeyboardInterrupt):
        play()
    assert heard == [number]


@pytest.mark.parametrize("number", BOTH)
def test_what_a_signal_would_have_done_is_done_when_what_was_played_has_ended(heard, number):
    def play():
        with signals_later():
            try:
                signal.raise_signal(number)
            finally:
                heard.append("the end")

    with pytest.raises(KeyboardInterrupt):
        play()
    assert heard == ["the end", number]


def test_a_ctrl_c_is_one_as_ever(heard):
    with pytest.raises(KeyboardInterrupt), signals_later():
        signal.default_int_handler(signal.SIGINT, None)
    assert heard == []
