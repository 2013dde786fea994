"""What is read of the documents on the screen: what stands in the window, and what tells whose it is."""

import json

import pytest

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.ui.document_view import LONG
from client_tui.ui.documents_shown import documents_shown
from client_tui.ui.inspector import Inspector
from client_tui.ui.secrets_shown import members_shown
from tests.support.recordings import START

TOKEN = "s3cret-T0ken-0f-n0body"  # noqa: S105 - and nobody's


def received(text, opcode=Opcode.TEXT):
    return Frame(START, Direction.RECEIVED, opcode, text.encode())


def told(somebody):
    """Return what documents on the screen tell under secret names."""
    return {secret.text for secret in members_shown(somebody.app.screen_stack, set()).secrets}


async def inspect(somebody, entry, *keys):
    """Look at an entry in full."""
    await somebody.tell(entry)
    somebody.history.focus()
    await somebody.press("end", "enter")
    await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
    await somebody.until(lambda: somebody.app.screen.document.document.lines)
    await somebody.press(*keys)
    await somebody.pilot.pause()


async def test_a_member_is_found_in_every_pane(desk):
    document = f'{{"login": {{"password": "{TOKEN}", "n": 1}}}}'
    async with desk(None) as somebody:
        await somebody.tell(received(document))
        assert told(somebody) == {TOKEN}
        await somebody.press("f2")
        assert told(somebody) == {TOKEN}
    async with desk(None) as somebody:
        somebody.editor.put(document)
        await somebody.pilot.pause()
        assert told(somebody) == {TOKEN}
    async with desk(None) as somebody:
        await somebody.press("f6")
        somebody.main.query_one("#filter Input").value = f'.password == "{TOKEN}"'
        await somebody.pilot.pause()
        assert told(somebody) == {TOKEN}
    async with desk(None) as somebody:
        somebody.main.composer.put(document + " " * 70_000)
        await somebody.pilot.pause()
        assert told(somebody) == {TOKEN}


@pytest.mark.parametrize("views", range(3), ids=["pretty", "raw", "hex"])
async def test_it_is_found_however_a_frame_is_looked_at(desk, views):
    async with desk(None) as somebody:
        await inspect(somebody, received(f'{{"password": "{TOKEN}"}}'), *["tab"] * views)
        assert told(somebody) == {TOKEN} | ({TOKEN.encode().hex(" ")} if views == 2 else set())


@pytest.mark.parametrize("keys", [["end"], ["pagedown"] * 3], ids=["end", "middle"])
async def test_what_a_value_stands_in_is_known_when_it_has_been_scrolled_away(desk, keys):
    document = {"x": {"credentials": {"keys": [f"k{number:04}" for number in range(300)]}}, "y": ["later"]}
    async with desk(None, size=(80, 24)) as somebody:
        await inspect(somebody, received(json.dumps(document)), *keys)
        assert '"credentials"' not in somebody.text()
        found = told(somebody)
        assert {"k0299", "k0060"} & found
        assert len(found) < 40
        assert "later" not in found


async def test_a_value_of_many_rows_is_known_when_its_name_has_been_scrolled_away(desk):
    async with desk(None, size=(80, 24)) as somebody:
        await inspect(somebody, received(f'{{"token": "{TOKEN * 900}", "n": 1}}'), "tab")
        somebody.app.screen.document.scroll_lines(LONG * 3 // 78)
        await somebody.until(lambda: '"token"' not in somebody.text())
        assert any(secret.startswith(TOKEN) for secret in told(somebody))


async def test_a_match_far_along_a_line_is_read_with_what_is_before_it(desk):
    document = f'{{"x": "{"y" * 5_000}", "password": "{TOKEN}", "z": 1}}'
    async with desk(None) as somebody:
        await somebody.tell(received(document))
        assert told(somebody) == set()
        await somebody.press("ctrl+f")
        await somebody.type(TOKEN[9:])
        await somebody.sees(TOKEN[9:] + '"')
        assert TOKEN in told(somebody)


async def test_of_a_large_frame_no_more_is_read_than_is_seen(desk):
    document = json.dumps([{"token": f"{TOKEN}{number}"} for number in range(30_000)])
    assert len(document) > 1_000_000
    async with desk(None, size=(120, 36)) as somebody:
        await somebody.tell(received(document))
        assert sum(len(shown.text) for shown in documents_shown(somebody.app.screen_stack)) < 1_000
        await inspect(somebody, received(document), "end")
        shown = list(documents_shown(somebody.app.screen_stack))
        assert sum(len(each.text) for each in shown) < 10_000
        assert f"{TOKEN}29999" in told(somebody)


@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.CLOSE])
@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b'\xff\xfe{"token": "abcdef\xff',
        b'"token":{' * 5_000,
        b"\x00\x1b[2J",
        b'{"token": "\\',
        b"\n" * 9_000,
    ],
    ids=["nothing", "no UTF-8", "depth", "controls", "cut", "lines"],
)
async def test_any_payload_is_read(desk, opcode, payload):
    async with desk(None) as somebody:
        await somebody.press("f4")
        await inspect(somebody, Frame(START, Direction.RECEIVED, opcode, payload), "tab", "end")
        names = members_shown(somebody.app.screen_stack, set()).names
        assert set(names) <= {"token"}
