"""How the live conversation ends: by the user, and at once; and what runs beside it."""

import asyncio
import threading

import pytest

from client_tui.core.states import Closing
from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.ui.app import JsonwsApp
from client_tui.ui.client_app import INTERRUPTED
from tests.support.servers import free_port, raw_server


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


@pytest.mark.parametrize(("key", "status"), [("ctrl+q", 0), ("ctrl+c", INTERRUPTED)])
async def test_leaving_closes_the_connection_and_has_a_status(desk, echo_server, key, status):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.history.focus()
        await somebody.press(key)
        assert await somebody.left() == status
        assert somebody.app.session.state.code == 1000
        assert somebody.app.failure is None


async def test_leaving_says_1000_and_does_not_wait_for_a_server_that_never_answers(desk):
    silent = Silent()
    async with raw_server(silent) as url, desk(url) as somebody:
        await somebody.opened()
        somebody.app.leave(0)
        assert await somebody.left() == 0
        assert silent.codes == [1000]


async def test_leaving_twice_does_not_wait_at_all(desk):
    silent = Silent()
    async with raw_server(silent) as url, desk(url) as somebody:
        await somebody.opened()
        somebody.app.leave(0)
        await somebody.until(lambda: isinstance(somebody.app.session.state, Closing))
        somebody.app.leave(INTERRUPTED)
        assert await somebody.left() == INTERRUPTED
        assert isinstance(somebody.app.session.state, Closing)


@pytest.mark.parametrize("url", [None, "nobody there"])
async def test_leaving_without_a_connection(desk, url):
    async with desk(url and f"ws://127.0.0.1:{free_port()}/") as somebody:
        await somebody.press("ctrl+q")
        assert await somebody.left() == 0


async def test_what_was_being_typed_is_there_in_the_next_run(desk):
    async with desk(None) as somebody:
        await somebody.type("[1, 2")
        draft = somebody.main.composer.text
        await somebody.press("ctrl+q")
        await somebody.left()
    async with desk(None) as somebody:
        await somebody.press("up")
        assert somebody.main.composer.text == draft


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
