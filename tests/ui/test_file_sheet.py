"""What every sheet that writes a file has: a name that follows the format, one file at a time, an end."""

import threading
from contextlib import asynccontextmanager
from typing import ClassVar

import pytest

from client_tui.core.errors import ClientError
from client_tui.threads import in_thread
from client_tui.ui.file_sheet import FileSheet, StoppedError


class Notes(FileSheet):
    """Writes its name, once `may_end` says so."""

    TITLE_TEXT = "Write a note"
    WRITTEN = "Noted"
    FORMATS: ClassVar = {"plain": ("txt", "to be read"), "loud": ("LOUD", "to be heard")}

    def __init__(self, folder):
        super().__init__("one note [bold]", "note", folder)
        self.begun = []
        self.may_end = threading.Event()

    async def write(self, path):
        self.begun.append(path.name)
        await in_thread(self.may_end.wait, name="test")
        if self.is_stopped:
            raise StoppedError
        if path.exists():
            raise ClientError("No note", f"{path.name} \x1b[2J is there")
        path.write_text(self.format)
        return "1 note"


@asynccontextmanager
async def sheet(desk, tmp_path, **changes):
    async with desk(None, **changes) as somebody:
        notes = Notes(tmp_path)
        await somebody.app.push_screen(notes)
        await somebody.pilot.pause()
        yield somebody, notes
        notes.may_end.set()


async def test_what_is_asked_is_seen(desk, tmp_path):
    async with sheet(desk, tmp_path) as (somebody, _):
        for words in ("Write a note", "one note [bold]", "▸ plain     to be read", "note.txt", "⏎ write"):
            assert words in somebody.text()


async def test_a_name_ends_as_the_format_says_unless_it_is_another_s(desk, tmp_path):
    async with sheet(desk, tmp_path) as (somebody, notes):
        await somebody.press("up")
        assert (notes.format, notes.field.value) == ("loud", "note.LOUD")
        notes.field.value = "mine.md"
        await somebody.press("down")
        assert (notes.format, notes.field.value) == ("plain", "mine.md")


async def test_the_file_is_told_when_it_is_written(desk, tmp_path):
    async with sheet(desk, tmp_path, notifications=True) as (somebody, notes):
        notes.may_end.set()
        await somebody.press("enter")
        await somebody.sees("Noted")
        (note,) = somebody.app._notifications
        assert note.message == f"1 note · {tmp_path / 'note.txt'}"
        assert somebody.app.screen is somebody.main


async def test_enter_again_does_not_write_again(desk, tmp_path):
    async with sheet(desk, tmp_path) as (somebody, notes):
        await somebody.press("enter", "enter", "enter")
        assert notes.is_writing
        notes.may_end.set()
        await somebody.until(lambda: somebody.app.screen is somebody.main)
        assert notes.begun == ["note.txt"]


async def test_what_went_wrong_is_told_until_another_name_is_typed(desk, tmp_path):
    (tmp_path / "note.txt").touch()
    async with sheet(desk, tmp_path) as (somebody, notes):
        notes.may_end.set()
        await somebody.press("enter")
        await somebody.sees(r"note.txt \u001b[2J is there")
        assert not notes.is_writing
        await somebody.type("2")
        await somebody.until(lambda: "is there" not in somebody.text())
        await somebody.press("enter")
        await somebody.until((tmp_path / "note.txt2").exists)


@pytest.mark.parametrize(
    ("name", "words"),
    [("  ", "give the file a name"), ("~nobody-has-this-name/x", "there is no home folder")],
)
async def test_what_is_no_name_is_told_at_once(desk, tmp_path, name, words):
    async with sheet(desk, tmp_path) as (somebody, notes):
        notes.field.value = name
        await somebody.press("enter")
        await somebody.sees(words)
        assert notes.begun == []


async def test_escape_stops_it_and_nothing_is_told(desk, tmp_path):
    async with sheet(desk, tmp_path, notifications=True) as (somebody, notes):
        await somebody.press("enter", "escape")
        assert notes.is_stopped
        notes.may_end.set()
        await somebody.until(lambda: somebody.app.screen is somebody.main)
        assert not list(tmp_path.glob("note*"))
        assert not list(somebody.app._notifications)


async def test_a_client_that_plays_a_tape_writes_no_file(desk, tmp_path):
    async with sheet(desk, tmp_path) as (somebody, notes):
        somebody.app.writes_files = False
        await somebody.press("enter")
        await somebody.sees("no file is written while a tape is played")
        assert notes.begun == []
