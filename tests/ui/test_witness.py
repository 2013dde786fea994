"""What somebody who looks on is told: all that the user does, and nothing of what leads out."""

import pytest
from textual import events
from textual.geometry import Size

from client_tui.ui.export_sheet import ExportSheet
from client_tui.ui.picture_sheet import PictureSheet

CLICK = "\x1b[<0;10;5M"
WHEEL = "\x1b[<65;10;6M"


class Notebook:
    """Writes down what it is told, in words; what is told before each thing, where it is another."""

    def __init__(self):
        self.notes = []
        self.received = 0
        self.theme = ""

    def counted(self, received):
        if received != self.received:
            self.notes.append(f"{received} received")
        self.received = received

    def themed(self, name):
        if self.theme and name != self.theme:
            self.notes.append(f"theme {name}")
        self.theme = name

    def pressed(self, key, character):
        self.notes.append(key if character in (None, key) or not character.isprintable() else character)

    def pasted(self, text):
        self.notes.append(f"paste {text}")

    def pointed(self, how, column, row):
        self.notes.append(f"{how} {column},{row}")

    def resized(self, width, height):
        self.notes.append(f"{width}x{height}")

    def retracted(self):
        self.notes.append("no")

    def saved(self, name, suffix):
        self.notes.append(f"saved {name} {suffix}")


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Notebook()


def told(notebook):
    """Return what was told since it was asked for last, without the size at the beginning."""
    notes = [note for note in notebook.notes if note != "100x30"]
    notebook.notes.clear()
    return notes


async def test_keys_are_told_with_what_they_type(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        somebody.write('{"é\r\x1b[A\x12')
        await somebody.until(lambda: "ctrl+r" in notebook.notes)
        assert told(notebook) == ["{", '"', "é", "enter", "up", "ctrl+r"]


async def test_a_key_is_told_once_whoever_takes_it(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        for key in ("f2", "x", "escape", "tab"):  # a binding, a text area, and what goes through to the app
            await somebody.press(key)
        assert told(notebook) == ["f2", "x", "escape", "tab"]


async def test_pastes_and_the_mouse_are_told(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        somebody.write(f"\x1b[200~[1, 2]\x1b[201~{CLICK}{WHEEL}")
        await somebody.until(lambda: len(notebook.notes) >= 4)
        assert told(notebook) == ["paste [1, 2]", "click 10,5", "turn of the wheel 10,6"]


async def test_the_screens_size_is_told(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        assert set(notebook.notes) == {"100x30"}
        somebody.app.post_message(events.Resize(Size(90, 20), Size(90, 20)))
        await somebody.until(lambda: notebook.notes[-1] == "90x20")


async def test_frames_and_colours_are_told_before_what_is_done_next(desk, echo_server, notebook):
    async with desk(echo_server.url, witness=notebook) as somebody:
        await somebody.opened()
        await somebody.press("1", "enter")
        await somebody.received(1)
        somebody.app.theme = "jsonws-light"
        await somebody.press("2")
        assert told(notebook) == ["1", "enter", "1 received", "theme jsonws-light", "2"]


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_the_key_that_leads_out_is_taken_back_and_nothing_follows(desk, notebook, key):
    async with desk(None, witness=notebook) as somebody:
        somebody.history.focus()
        await somebody.press("down", key)
        await somebody.until(lambda: not somebody.app.is_running)
        assert told(notebook)[:3] == ["down", key, "no"]


async def test_a_signal_takes_no_key_back(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        await somebody.press("x")
        somebody.app.leave(143)
        await somebody.until(lambda: not somebody.app.is_running)
        assert told(notebook) == ["x"]


async def test_a_picture_is_told_in_the_place_of_its_sheets_keys(desk, notebook, tmp_path):
    async with desk(None, witness=notebook) as somebody:
        await somebody.press("x", "f12", "f12", "down", "down", "f1", "f1", "enter")
        await somebody.until(lambda: not isinstance(somebody.app.screen, PictureSheet))
        await somebody.press("y")
        (path,) = tmp_path.glob("*.txt")
        assert told(notebook) == ["x", "f12", "no", f"saved {path.name} txt", "y"]


async def test_a_picture_that_is_not_saved_is_not_told(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        await somebody.press("f12", "escape", "y")
        assert told(notebook) == ["f12", "no", "y"]


async def test_where_the_palette_led_to_a_picture_it_is_put_away(desk, notebook):
    async with desk(None, witness=notebook) as somebody:
        await somebody.press("ctrl+p")
        await somebody.type("picture")
        await somebody.sees("Save a picture of the screen")
        await somebody.press("enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, PictureSheet))
        await somebody.press("escape", "y")
        assert told(notebook) == ["ctrl+p", *"picture", "enter", "no", "escape", "y"]


async def test_an_export_is_not_told_either_nor_what_led_to_it(desk, notebook, tmp_path):
    async with desk(None, witness=notebook) as somebody:
        await somebody.press("ctrl+p")
        await somebody.type("export")
        await somebody.sees("Export what is shown to a file")
        await somebody.press("enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, ExportSheet))
        await somebody.press("down", "enter")
        await somebody.until(lambda: somebody.app.screen is somebody.main)
        await somebody.press("y")
        assert told(notebook) == ["ctrl+p", *"export", "enter", "no", "escape", "y"]
        assert list(tmp_path.glob("*.json"))


async def test_nobody_need_look_on(desk):
    async with desk(None) as somebody:
        await somebody.press("x", "f12", "escape")
        assert somebody.app.watching is None
