"""What is secret on a screen: what the settings hold, and what servers told, wrapped and cut off too."""

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.secrets_told import Secret
from client_tui.picture.cover import covered
from client_tui.ui.document_view import LONG
from client_tui.ui.inspector import Inspector
from client_tui.ui.screenshot import Camera
from client_tui.ui.secrets_shown import secrets_shown
from client_tui.ui.sheets import LogSheet
from tests.support.recordings import START, ticks, written

TOKEN = "s3cret-T0ken"  # noqa: S105 - and nobody's
LONG_TOKEN = "".join(f"{number:x}." for number in range(90))


def secrets(somebody, headers=()):
    """Return the texts that a picture of the screen must not show, whatever it is of."""
    found = secrets_shown(Camera(somebody.app).take(), somebody.app.screen_stack, headers)
    assert not any(secret.before for secret in found)
    return {secret.text for secret in found}


def refused(detail):
    return Notice(START, NoticeKind.ERROR, "HTTP 403", detail)


def received(text):
    return Frame(START, Direction.RECEIVED, Opcode.TEXT, text.encode())


async def inspect(somebody, entry):
    await somebody.tell(entry)
    somebody.history.focus()
    await somebody.press("end", "enter")
    await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
    await somebody.until(lambda: somebody.app.screen.document.document.lines)
    await somebody.pilot.pause()


async def test_the_settings_headers_are_secret_whatever_is_on_the_screen(desk):
    async with desk(None) as somebody:
        assert secrets(somebody) == set()
        found = secrets(somebody, [("Authorization", f"Bearer {TOKEN}"), ("Origin", "http://origin")])
        texts = {TOKEN, f"Bearer {TOKEN}"}
        assert found == {*texts, *(text.encode().hex(" ") for text in texts)}


@pytest.mark.parametrize("start", [0, 3, 7, 8, 12])
async def test_in_a_hex_dump_no_two_bytes_of_a_secret_are_left(desk, start):
    headers = [("Authorization", f"Bearer {TOKEN}")]
    async with desk(None, size=(100, 12)) as somebody:
        await inspect(somebody, received(f"{'-' * start}{TOKEN}{'-' * 20}"))
        await somebody.press("tab")
        await somebody.sees("00000000")
        picture = Camera(somebody.app).take()
        shown = "\n".join(covered(picture, map(Secret, secrets(somebody, headers))).lines)
        for at in range(len(TOKEN) - 1):
            pair = TOKEN[at : at + 2].encode().hex(" ")
            assert pair in "\n".join(picture.lines).replace("  ", " ") or (start + at + 1) % 8 == 0
            assert pair not in shown
        assert not [at for at in range(len(TOKEN) - 3) if TOKEN[at : at + 4] in shown]


async def test_what_a_notice_in_the_history_says_further_down_is_found(desk):
    async with desk(None) as somebody:
        await somebody.tell(refused(f"Server: x\r\nDate: now\r\nSet-Cookie: sid={TOKEN}; Path=/\r\n\r\nbody"))
        assert TOKEN not in somebody.text()  # it is folded away: but a search would show it
        assert secrets(somebody) == {f"sid={TOKEN}; Path=/", f"sid={TOKEN}", TOKEN}


@pytest.mark.parametrize("keys", [(), ("down", "down", "down", "end")], ids=["top", "end"])
async def test_a_value_over_many_rows_is_found_whole_wherever_it_begins(desk, keys):
    async with desk(None, size=(40, 6)) as somebody:
        await inspect(somebody, refused(f"Server: x\nSet-Cookie: sid={LONG_TOKEN}\nDate: now"))
        await somebody.press(*keys)
        assert LONG_TOKEN in secrets(somebody)


async def test_the_line_of_a_value_is_known_when_its_name_has_been_scrolled_away(desk):
    async with desk(None, size=(80, 24)) as somebody:
        await inspect(somebody, received(f"{'x' * (LONG - 20)} Cookie: {TOKEN * 9} {'y' * LONG * 2}"))
        somebody.app.screen.document.scroll_lines(LONG // 78 + 1)
        await somebody.until(lambda: "ken" in somebody.text() and "Cookie" not in somebody.text())
        assert any(secret.startswith(TOKEN * 9) for secret in secrets(somebody))


async def test_a_member_of_a_document_is_found_in_any_pane(desk):
    document = f'{{"headers": {{"Authorization": "Bearer {TOKEN}", "n": 1}}}}'
    async with desk(None) as somebody:
        await somebody.tell(received(document))
        assert secrets(somebody) == {f"Bearer {TOKEN}", TOKEN}
    async with desk(None) as somebody:
        somebody.editor.put(document)
        await somebody.pilot.pause()
        assert secrets(somebody) == {f"Bearer {TOKEN}", TOKEN}
    async with desk(None) as somebody:
        await inspect(somebody, received(document))
        assert secrets(somebody) == {f"Bearer {TOKEN}", TOKEN}


async def test_what_is_wrapped_in_the_composer_is_found_whole(desk):
    async with desk(None, size=(40, 24)) as somebody:
        somebody.editor.put(f'{{"cookie": "{LONG_TOKEN}"}}')
        await somebody.pilot.pause()
        assert LONG_TOKEN in secrets(somebody)


async def test_a_border_is_no_part_of_a_secret(desk):
    async with desk(None) as somebody:
        await inspect(somebody, refused(f"Cookie: {TOKEN}"))
        assert secrets(somebody) == {TOKEN}


async def test_a_secret_is_named_as_it_is_shown(desk):
    async with desk(None) as somebody:
        await inspect(somebody, refused(f"Cookie: {TOKEN}\x1b[2J"))
        assert secrets(somebody) == {rf"{TOKEN}\u001b[2J"}


# ---------------------------------------------------------------------- URLs


async def test_of_a_url_that_the_header_cuts_all_is_known(desk):
    async with desk(None, size=(60, 12)) as somebody:
        somebody.main.header.url = f"ws://127.0.0.1:8000/a/long/path/?token={LONG_TOKEN}&x=1"
        await somebody.pilot.pause()
        assert "&x=1" in somebody.text()
        assert LONG_TOKEN in secrets(somebody)


async def test_of_what_is_wrapped_in_a_sheet_or_in_a_notification_all_is_known(desk):
    async with desk(None, size=(40, 24), notifications=True) as somebody:
        somebody.app.notify(f"cannot open ws://h/?token={LONG_TOKEN}")
        await somebody.sees("cannot open")
        assert LONG_TOKEN in secrets(somebody)
    async with desk(None, size=(40, 24)) as somebody:
        await somebody.app.push_screen(LogSheet(lambda: [f"GET /?key={LONG_TOKEN} HTTP/1.1"]))
        await somebody.sees("HTTP/1.1")
        assert LONG_TOKEN in secrets(somebody)


async def test_the_url_of_a_recording_is_known(desk, tmp_path):
    url = f"wss://example.org/feed?access_token={TOKEN}"
    async with desk(None, size=(70, 24)) as somebody:
        somebody.app._open(written(tmp_path / "ticks.jsonl", ticks(40), url))
        await somebody.sees("▼ 36")
        assert TOKEN in secrets(somebody)


async def test_in_a_hex_dump_a_secret_of_a_url_is_covered_too(desk):
    async with desk(None, size=(100, 12)) as somebody:
        await inspect(somebody, received(f'{{"url": "ws://h/?token={TOKEN}"}}'))
        assert secrets(somebody) == {TOKEN}
        await somebody.press("tab", "tab")
        await somebody.sees("00000000")
        somebody.main.header.url = f"ws://h/?token={TOKEN}"
        assert TOKEN.encode().hex(" ") in secrets(somebody)
