"""The screen as pictures: what no test of words sees. `pytest --snapshot-update` takes them anew.

Everything in them is given: the frames with their times, the URL, the time zone, a cursor
that does not blink. No server answers meanwhile.
"""

import importlib.metadata
import re
import time

import pytest
from pytest_textual_snapshot import SVGImageExtension

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.states import Handshake, Open
from client_tui.core.wording import connected
from client_tui.record.sessions import new_path
from client_tui.ui.inspector import Inspector
from client_tui.ui.sheets import HelpSheet
from tests.support.recordings import ticks, written

# Another release may draw the same screen in another way: that is no mistake of ours.
TAKEN_WITH = {"textual": "8.2", "rich": "15.0"}
INSTALLED = {name: ".".join(importlib.metadata.version(name).split(".")[:2]) for name in TAKEN_WITH}
pytestmark = pytest.mark.skipif(INSTALLED != TAKEN_WITH, reason=f"the pictures were taken with {TAKEN_WITH}")

LOOKS = [
    pytest.param("jsonws-dark", (80, 24), id="80x24-dark"),
    pytest.param("jsonws-light", (120, 36), id="120x36-light"),
]
START = 1_795_348_862.118  # 12:01:02 on the 22nd of November 2026, UTC
HANDSHAKE = Handshake(status=101, server="daphne", subprotocol="", seconds=0.0041)
DOCUMENTS = [
    '{"x": 1, "who": "世界"}',
    '{"type": "order", "price": 43125.10, "id": 90071992547409931, "flags": [true, null]}',
    '{"items": [' + ", ".join(f'{{"n": {number}}}' for number in range(30)) + "]}",
]


class Svg(SVGImageExtension):
    """Textual's picture without the web font that it names: no other host is in a snapshot."""

    def serialize(self, data, **kwargs):
        return super().serialize(re.sub(r"\s*@font-face \{.*?\}", "", data, flags=re.DOTALL), **kwargs)


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def picture(snapshot):
    """Return what takes a picture once the screen has come to rest, and compares it."""
    kept = snapshot.use_extension(Svg)

    async def taken(somebody):
        before, now = None, ""
        while before != now:
            await somebody.pilot.pause()
            before, now = now, somebody.app.export_screenshot(title="jsonws-tui")
        assert now == kept

    return taken


async def converse(somebody):
    """Show a conversation, the composer ready."""
    somebody.editor.cursor_blink = False
    somebody.app.session.on_state(Open(1, HANDSHAKE))
    entries = [connected(START, HANDSHAKE)]
    for number, document in enumerate(DOCUMENTS, start=1):
        at = START + 6.4 * number
        entries += [
            Frame(at, Direction.SENT, Opcode.TEXT, document.encode()),
            Frame(at + 0.0021, Direction.RECEIVED, Opcode.TEXT, document.encode()),
        ]
    await somebody.tell(*entries)
    await somebody.sees("● open")
    await somebody.sees("▲ 3")
    somebody.main.header.url = "ws://127.0.0.1:8000/websock-practice2/v1/"


@pytest.mark.parametrize("density", ["lines", "pretty"])
@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_conversation(desk, picture, theme, size, density):
    async with desk(None, theme=theme, size=size, density=density) as somebody:
        await converse(somebody)
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_a_mistake_in_the_composer(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        somebody.editor.put('{"type": "subscribe",, "channels": ["ticker"]}')
        await somebody.sees("✗ line 1, column 22")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_a_filter_and_what_it_lets_through(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        await somebody.press("f6")
        somebody.main.filter_bar.field.cursor_blink = False
        await somebody.type('dir:received size<1k .type == "order" or .x > 0')
        await somebody.sees("2 of 7")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_a_mistake_in_the_filter(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        await somebody.press("f6")
        somebody.main.filter_bar.field.cursor_blink = False
        for text in ("size<100", "size<100 dir:recieved tick"):
            somebody.main.filter_bar.field.value = text
            await somebody.until(lambda: somebody.history.filter_text == "size<100")
        somebody.main.filter_bar.field.cursor_position = len(text)
        await somebody.sees("did you mean dir:received?")
        await somebody.sees("4 of 7")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_a_recording_with_a_place_to_go_to(desk, picture, tmp_path, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        path = written(tmp_path / "orders.jsonl", ticks(1_000))
        with path.open("ab") as file:
            file.write(b"damaged\n")
        somebody.app._open(path)
        await somebody.sees("▼ 900")
        await somebody.press("t", "g")
        somebody.app.screen.query_one("#place-text").cursor_blink = False
        await somebody.type("12:10")
        await somebody.sees("#539 of 1,001")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_export(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        somebody.main.action_export()
        await somebody.sees("a line an entry")
        somebody.app.screen.field.cursor_blink = False
        await somebody.press("down")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_sheet_for_a_picture(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        somebody.app.clock = lambda: START
        await somebody.press("f12")
        await somebody.sees("jsonws-tui-20261122-120102.svg")
        somebody.app.screen.field.cursor_blink = False
        await somebody.press("down")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_sheet_for_a_picture_with_secrets(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        somebody.app.clock = lambda: START
        somebody.editor.put(
            '{"type": "login", "user": "alice", "password": "hunter22", "url": "/?key=hunter33"}'
        )
        await somebody.press("f12")
        await somebody.sees("[x] cover what documents say as password")
        somebody.app.screen.field.cursor_blink = False
        await somebody.press("tab", "tab")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_sessions(desk, picture, settings, theme, size):
    settings.recordings_dir.mkdir(parents=True)
    for number, url in enumerate(("wss://stream.example.org/v1/market", "ws://127.0.0.1:8000/feed")):
        started = START - number * 86_400
        path = settings.recordings_dir / new_path(settings.recordings_dir, started, url).name
        written(path, ticks(300 * (number + 1)), url, started)
    async with desk(None, theme=theme, size=size) as somebody:
        somebody.app.action_sessions()
        await somebody.sees("ws://127.0.0.1:8000/feed")
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_inspector(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        somebody.history.focus()
        await somebody.press("up", "up", "enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
        await somebody.sees('"flags"')
        await picture(somebody)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
async def test_the_help(desk, picture, theme, size):
    async with desk(None, theme=theme, size=size) as somebody:
        await converse(somebody)
        await somebody.press("f1")
        await somebody.until(lambda: isinstance(somebody.app.screen, HelpSheet))
        await somebody.sees("Find a command by its name")
        await picture(somebody)
