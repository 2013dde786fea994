"""How the app ends: by the user, at once, and by a mistake of its own."""

import asyncio
import threading

import pytest
from textual.worker import WorkerFailed

from client_tui.core.states import Closing
from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.ui.app import INTERRUPTED, JsonwsApp
from client_tui.ui.sheets import HelpSheet
from tests.support.servers import free_port, raw_server

PATIENCE = 30.0


class Silent:
    """A server that reads a close frame, keeps its code, and never answers."""

    def __init__(self):
        self.codes = []

    async def __call__(self, peer):
        await peer.accept()
        await peer.reader.readexactly(2)
        mask = await peer.reader.readexactly(4)
        first, second = await peer.reader.readexactly(2)
        self.codes.append((first ^ mask[0]) << 8 | second ^ mask[1])
        await asyncio.Event().wait()


async def left(somebody):
    """Wait until the app has ended, and return its status."""
    async with asyncio.timeout(PATIENCE):
        while somebody.app.is_running:  # noqa: ASYNC110 - the app has no event for its end
            await asyncio.sleep(0)
    return somebody.app.return_code


@pytest.mark.parametrize(("key", "status"), [("ctrl+q", 0), ("ctrl+c", INTERRUPTED)])
async def test_leaving_closes_the_connection_and_has_a_status(desk, echo_server, key, status):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.history.focus()
        await somebody.press(key)
        assert await left(somebody) == status
        assert somebody.app.session.state.code == 1000
        assert somebody.app.failure is None


async def test_leaving_says_1000_and_does_not_wait_for_a_server_that_never_answers(desk):
    silent = Silent()
    async with raw_server(silent) as url, desk(url) as somebody:
        await somebody.opened()
        somebody.app.leave(0)
        assert await left(somebody) == 0
        assert silent.codes == [1000]


async def test_leaving_twice_does_not_wait_at_all(desk):
    silent = Silent()
    async with raw_server(silent) as url, desk(url) as somebody:
        await somebody.opened()
        somebody.app.leave(0)
        await somebody.until(lambda: isinstance(somebody.app.session.state, Closing))
        somebody.app.leave(INTERRUPTED)
        assert await left(somebody) == INTERRUPTED
        assert isinstance(somebody.app.session.state, Closing)


@pytest.mark.parametrize("url", [None, "nobody there"])
async def test_leaving_without_a_connection(desk, url):
    async with desk(url and f"ws://127.0.0.1:{free_port()}/") as somebody:
        await somebody.press("ctrl+q")
        assert await left(somebody) == 0


async def test_what_was_being_typed_is_there_in_the_next_run(desk):
    async with desk(None) as somebody:
        await somebody.type("[1, 2")
        draft = somebody.main.composer.text
        await somebody.press("ctrl+q")
        await left(somebody)
    async with desk(None) as somebody:
        await somebody.press("up")
        assert somebody.main.composer.text == draft


async def fail():
    raise ZeroDivisionError


def send_wrongly(somebody):
    somebody.app.session.send = lambda _: fail()
    somebody.app.session.send_soon("[1]")


@pytest.mark.parametrize(
    ("go_wrong", "seen_by_the_pilot"),
    [
        (lambda somebody: somebody.history.call_later(fail), ZeroDivisionError),
        (lambda somebody: somebody.main.run_worker(fail()), WorkerFailed),
        (send_wrongly, WorkerFailed),
    ],
    ids=["handler", "worker", "sending"],
)
async def test_a_mistake_of_its_own_ends_it_with_status_1_and_nothing_printed(
    desk, capsys, go_wrong, seen_by_the_pilot
):
    apps = []

    async def run():
        async with desk(None) as somebody:
            apps.append(somebody.app)
            go_wrong(somebody)
            await left(somebody)

    with pytest.raises(seen_by_the_pilot):
        await run()
    (app,) = apps
    assert (app.return_code, type(app.failure)) == (1, ZeroDivisionError)
    assert capsys.readouterr() == ("", "")


async def test_the_theme_is_the_one_that_was_chosen(desk):
    async with desk(None, theme="jsonws-light") as somebody:
        assert somebody.app.theme == "jsonws-light"
    async with desk(None) as somebody:
        assert somebody.app.theme == "jsonws-dark"


async def test_help_opens_and_closes_with_its_key_wherever_one_is(desk):
    async with desk(None) as somebody:
        for press in (["f1", "f1"], ["ctrl+f", "f1", "f1"]):
            await somebody.press(*press[:-1])
            assert isinstance(somebody.app.screen, HelpSheet)
            await somebody.press(press[-1])
            assert somebody.app.screen is somebody.main


@pytest.mark.parametrize(
    ("variables", "theme"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, "ansi-dark"),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, "jsonws-dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "jsonws-dark"),
    ],
)
async def test_a_terminal_of_16_colours_gets_the_theme_that_keeps_most_of_them(
    desk, monkeypatch, variables, theme
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with desk(None) as somebody:
        assert somebody.app.theme == theme
    async with desk(None, theme="jsonws-light") as somebody:
        assert somebody.app.theme == "jsonws-light"


async def test_what_tidies_up_runs_once_beside_the_screen(settings):
    done = threading.Event()
    recording = Recording(None, lambda: Header("0", "", 0.0))
    app = JsonwsApp(
        settings,
        make_client=None,
        make_finder=Finder,
        recording=recording,
        sent=SentList(settings.state_dir / "sent.jsonl", 1),
        tidy=done.set,
    )
    async with app.run_test() as pilot:
        while not done.is_set():
            await pilot.pause()
    recording.close()
