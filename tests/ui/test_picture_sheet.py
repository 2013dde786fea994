"""Pictures of the screen in a file: of what was there, whole or not at all, and without secrets."""

import re

import pytest

from client_tui.core.states import Failed
from client_tui.ui.inspector import Inspector
from client_tui.ui.picture_sheet import PictureSheet
from client_tui.ui.screenshot import Camera
from client_tui.ui.sheets import HelpSheet
from tests.support.recordings import ticks, written
from tests.support.servers import raw_server

FORMATS = list(PictureSheet.FORMATS)
SECRET = "s3cret-token"  # noqa: S105 - and nobody's
COOKIE = "c00kie-n0body-kn0ws"


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    """Let the client be started in a folder of the test's own."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def files(tmp_path):
    return sorted((tmp_path / "here").iterdir())


def shows_sheet(somebody):
    return isinstance(somebody.app.screen, PictureSheet)


async def save(somebody, suffix="svg"):
    """Save the picture that was taken, in a format."""
    assert shows_sheet(somebody)
    await somebody.press(*["down"] * FORMATS.index(suffix), "enter")
    await somebody.until(lambda: not shows_sheet(somebody))


async def echo_the_request(peer):
    """Refuse a handshake, and tell all the world what it said."""
    request = await peer.request()
    body = b"I do not like this:\r\n" + request
    peer.write(
        b"HTTP/1.1 403 Forbidden\r\nSet-Cookie: sid=" + COOKIE.encode() + b"; Path=/\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )


async def test_the_key_and_enter_write_what_was_there_before_the_sheet(desk, tmp_path):
    async with desk(None, notifications=True) as somebody:
        await somebody.type('{"x": 1}')
        await somebody.pilot.pause()
        before = Camera(somebody.app).take().lines
        await somebody.press("f12")
        await save(somebody, "txt")
        (path,) = files(tmp_path)
        assert re.fullmatch(r"jsonws-tui-\d{8}-\d{6}\.txt", path.name)
        text = path.read_text("utf-8")
        assert all(line in text for line in before)
        assert "Save a picture" not in text
        await somebody.sees("Picture saved")
        (note,) = somebody.app._notifications
        assert note.message.endswith(f"B · {path}")


@pytest.mark.parametrize(
    ("suffix", "magic"),
    [("svg", b"<svg"), ("png", b"\x89PNG\r\n\x1a\n"), ("txt", b" jsonws"), ("html", b"<!")],
)
async def test_every_format_is_written(desk, tmp_path, suffix, magic):
    async with desk(None) as somebody:
        await somebody.press("f12")
        await save(somebody, suffix)
        (path,) = files(tmp_path)
        assert path.suffix == f".{suffix}"
        assert magic in path.read_bytes()[:200]


async def test_from_the_palette_it_is_of_what_is_below_the_palette(desk, tmp_path):
    async with desk(None) as somebody:
        await somebody.press("ctrl+p")
        await somebody.type("picture of the screen")
        await somebody.sees("Save a picture of the screen")
        await somebody.press("enter")
        await somebody.until(lambda: shows_sheet(somebody))
        await save(somebody, "txt")
        text = files(tmp_path)[0].read_text("utf-8")
        assert "type JSON" in text
        assert "Save a picture" not in text


@pytest.mark.parametrize("key", ["ctrl+p", "f1", "ctrl+f"])
async def test_over_what_lies_over_the_conversation_it_is_of_that(desk, tmp_path, key):
    async with desk(None) as somebody:
        await somebody.press(key)
        await somebody.pilot.pause()
        words = somebody.text().split("\n")[4]
        screen = somebody.app.screen
        await somebody.press("f12")
        await save(somebody, "txt")
        assert words in files(tmp_path)[0].read_text("utf-8")
        assert somebody.app.screen is screen


async def test_over_its_own_sheet_the_key_does_nothing(desk):
    async with desk(None) as somebody:
        await somebody.press("f12")
        sheet = somebody.app.screen
        await somebody.press("f12", "f12")
        assert somebody.app.screen is sheet
        await somebody.press("f1")
        assert isinstance(somebody.app.screen, HelpSheet)
        await somebody.press("f1", "escape")
        assert somebody.app.screen is somebody.main


async def test_an_opened_recording_has_pictures_too(desk, tmp_path):
    async with desk(None) as somebody:
        somebody.app._open(written(tmp_path / "ticks.jsonl", ticks(40)))
        await somebody.sees("▼ 36")
        await somebody.press("f12")
        await save(somebody, "txt")
        assert "ticks.jsonl" in files(tmp_path)[0].read_text("utf-8")


async def test_nothing_is_written_over_another_file(desk, tmp_path):
    async with desk(None) as somebody:
        await somebody.press("f12")
        somebody.app.screen.field.value = str(tmp_path / "mine.svg")
        (tmp_path / "mine.svg").write_text("precious")
        await somebody.press("enter")
        await somebody.until(
            lambda: "already: name another" in " ".join(somebody.text().replace("│", " ").split())
        )
        assert shows_sheet(somebody)
        assert (tmp_path / "mine.svg").read_text() == "precious"


async def test_a_folder_that_takes_nothing_is_told_and_another_name_will_do(desk, tmp_path):
    async with desk(None, size=(200, 30)) as somebody:
        await somebody.press("f12")
        somebody.app.screen.field.value = "/proc/picture.svg"
        await somebody.press("enter")
        await somebody.sees("/proc/picture.svg: No such file or directory")
        somebody.app.screen.field.value = "mine.svg"
        await somebody.press("enter")
        await somebody.until(lambda: not shows_sheet(somebody))
        assert [path.name for path in files(tmp_path)] == ["mine.svg"]


@pytest.mark.parametrize("suffix", FORMATS)
async def test_no_secret_of_a_header_is_in_a_picture(desk, tmp_path, suffix):
    async with raw_server(echo_the_request) as url:
        headers = (("Authorization", f"Bearer {SECRET}"),)
        async with desk(url, headers=headers, size=(100, 40), notifications=True) as somebody:
            await somebody.until(lambda: isinstance(somebody.app.session.state, Failed))
            somebody.history.focus()
            await somebody.press("enter")
            await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
            await somebody.sees(SECRET)
            await somebody.sees(COOKIE)
            await somebody.press("f12")
            await somebody.sees("secrets are covered in ")
            await save(somebody, suffix)
            data = files(tmp_path)[0].read_bytes()
            for secret in (SECRET, COOKIE):
                for start in range(len(secret) - 4):
                    assert secret[start : start + 5].encode() not in data


@pytest.mark.parametrize("columns", [30, 34, 37, 41])
async def test_a_secret_that_is_wrapped_is_not_in_a_picture_either(desk, tmp_path, columns):
    async with raw_server(echo_the_request) as url:
        headers = (("Authorization", f"Bearer {SECRET}"),)
        async with desk(url, headers=headers, size=(columns, 60)) as somebody:
            await somebody.until(lambda: isinstance(somebody.app.session.state, Failed))
            somebody.history.focus()
            await somebody.press("enter")
            await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
            await somebody.sees("Authorization: ")
            await somebody.press("f12")
            await save(somebody, "txt")
            text = files(tmp_path)[0].read_text("utf-8")
            shown = "".join(line.strip("│ ") for line in text.split("\n"))
            for secret in (SECRET, COOKIE):
                assert not [start for start in range(len(secret) - 3) if secret[start : start + 4] in shown]


PASSWORD = "hunter2-and-more"  # noqa: S105 - and nobody's
LOGIN = f'{{"type": "login", "user": "alice", "password": "{PASSWORD}", "pin": 42, "n": 42}}'


def parts(secret):
    """Return all of a secret that would tell something about it."""
    return {secret[start : start + 5] for start in range(len(secret) - 4)}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_no_secret_of_a_url_is_in_a_picture(desk, echo_server, tmp_path, suffix, size):
    url = f"{echo_server.url}?room=lobby&token={PASSWORD}"
    async with desk(url, size=size) as somebody:
        await somebody.opened()
        somebody.editor.put(f'{{"url": "https://h/?sig={COOKIE}", "said": "{PASSWORD}"}}')
        await somebody.press("enter")
        await somebody.received(1)
        assert PASSWORD in somebody.text()
        await somebody.press("f12")
        await somebody.sees("secrets are covered in ")
        assert "cover what documents say" not in somebody.text()
        await save(somebody, suffix)
        data = files(tmp_path)[0].read_bytes()
        assert not [part for part in parts(PASSWORD) | parts(COOKIE) if part.encode() in data]


async def test_the_request_of_a_handshake_is_covered_in_the_inspector_too(desk, tmp_path):
    async with (
        raw_server(echo_the_request) as url,
        desk(f"{url}?access_token={PASSWORD}%2F", size=(60, 40)) as somebody,
    ):
        await somebody.until(lambda: isinstance(somebody.app.session.state, Failed))
        somebody.history.focus()
        await somebody.press("enter")
        await somebody.sees("GET /")
        assert PASSWORD in somebody.text().replace("\n", "")
        await somebody.press("f12")
        await save(somebody, "txt")
        text = files(tmp_path)[0].read_text("utf-8")
        assert "access_token=••••" in text
        assert not [part for part in parts(PASSWORD) if part in text]


@pytest.mark.parametrize("suffix", FORMATS)
async def test_what_documents_say_under_secret_names_is_covered(desk, echo_server, tmp_path, suffix):
    async with desk(echo_server.url, size=(120, 36)) as somebody:
        await somebody.opened()
        somebody.editor.put(LOGIN)
        await somebody.press("enter")
        await somebody.received(1)
        somebody.editor.put(LOGIN[:70])
        await somebody.press("f2", "f12")
        await somebody.sees("[x] cover what documents say as password, pin")
        await save(somebody, suffix)
        data = files(tmp_path)[0].read_bytes()
        assert not [part for part in parts(PASSWORD) if part.encode() in data]
        assert b"alice" in data or suffix == "png"


async def test_in_a_document_nothing_else_is_covered(desk, tmp_path):
    async with desk(None, size=(120, 36)) as somebody:
        somebody.editor.put(LOGIN)
        await somebody.pilot.pause()
        await somebody.press("f12")
        await save(somebody, "txt")
        text = files(tmp_path)[0].read_text("utf-8")
        covered = LOGIN.replace(PASSWORD, "•" * len(PASSWORD)).replace('"pin": 42', '"pin": ••')
        assert covered in text


async def test_they_are_shown_where_that_is_wanted_and_other_secrets_are_not(desk, tmp_path):
    async with desk(None, headers=(("Authorization", f"Bearer {SECRET}"),), size=(120, 36)) as somebody:
        somebody.editor.put(f'{LOGIN[:-1]}, "said": "{SECRET}", "url": "/?key={COOKIE}"}}')
        await somebody.pilot.pause()
        await somebody.press("f12")
        await somebody.sees("120 × 36 cells · secrets are covered in 4 places")
        name = somebody.app.screen.field.value
        await somebody.press("tab")
        await somebody.sees("120 × 36 cells · secrets are covered in 2 places")
        await somebody.sees("[ ] cover what documents say as password, pin")
        assert somebody.app.screen.field.value == name
        await somebody.press("tab", "tab")
        await save(somebody, "txt")
        text = files(tmp_path)[0].read_text("utf-8")
        assert LOGIN[:-1] in text
        assert not [part for part in parts(SECRET) | parts(COOKIE) if part in text]


async def test_where_documents_tell_no_secret_there_is_nothing_to_choose(desk):
    async with desk(None) as somebody:
        await somebody.type('{"user": "alice"}')
        await somebody.press("f12")
        await somebody.sees("100 × 30 cells")
        assert "cover" not in somebody.text()
        assert "tab secrets" not in somebody.text()
        await somebody.press("tab", "x")
        assert somebody.app.screen.field.value.endswith(".svgx")


async def test_a_name_that_is_hostile_is_shown_harmless(desk):
    async with desk(None) as somebody:
        somebody.editor.put('{"\\u001b[31m[b]token": "abcdef"}')
        await somebody.press("f12")
        await somebody.sees(r"documents say as \u001b[31m[b]token")
