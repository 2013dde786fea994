"""The sheet that exports: a format, a name, and a file that is whole or not there."""

import json
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from client_tui.record.lines import Header
from client_tui.ui.export_sheet import Export, ExportSheet
from tests.support.recordings import START, URL, lines_of, ticks

HEADER = Header("0.1.0", URL, START)


@asynccontextmanager
async def sheet(desk, folder: Path, entries, *, total=None, text="", entry=None, notifications=False):
    async with desk(None, notifications=notifications) as somebody:
        wanted = Export(
            range(len(entries)), total or len(entries), text, entry or entries.__getitem__, HEADER
        )
        await somebody.app.push_screen(ExportSheet(wanted, folder))
        await somebody.pilot.pause()
        yield somebody


def shows_sheet(somebody):
    return isinstance(somebody.app.screen, ExportSheet)


async def test_enter_writes_a_recording_under_the_name_that_is_suggested_and_tells(desk, tmp_path):
    async with sheet(desk, tmp_path, ticks(7), notifications=True) as somebody:
        await somebody.press("enter")
        await somebody.until(lambda: not shows_sheet(somebody))
        (path,) = tmp_path.glob("jsonws-*.jsonl")
        assert path.read_bytes() == lines_of(ticks(7))
        await somebody.sees("Exported")
        (note,) = somebody.app._notifications
        assert note.message.startswith("7 entries · ")
        assert note.message.endswith(str(path))


async def test_up_and_down_choose_the_format_and_the_names_ending(desk, tmp_path):
    async with sheet(desk, tmp_path, ticks(3)) as somebody:
        screen = somebody.app.screen
        for name in ([*ExportSheet.FORMATS] * 2)[1:5]:
            await somebody.press("down")
            assert screen.format == name
            assert screen.field.value.endswith(f".{ExportSheet.FORMATS[name][0]}")
            await somebody.sees(f"▸ {name}")
        await somebody.press("up")
        assert screen.format == "har"


async def test_a_name_of_ones_own_keeps_its_ending(desk, tmp_path):
    async with sheet(desk, tmp_path, ticks(3)) as somebody:
        somebody.app.screen.field.value = "mine.txt"
        await somebody.press("down", "enter")
        await somebody.until(lambda: not shows_sheet(somebody))
        assert len(json.loads((tmp_path / "mine.txt").read_text())["entries"]) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("there", "already: name another"),
        ("no/such/folder", "No such file or directory"),
        ("  ", "give the file a name"),
        ("~nobody-has-this-name/x", "there is no home folder"),
    ],
)
async def test_what_cannot_be_written_is_told_and_the_sheet_stays(desk, tmp_path, name, words):
    (tmp_path / "there").write_text("precious")
    async with sheet(desk, tmp_path, ticks(3)) as somebody:
        somebody.app.screen.field.value = name
        await somebody.press("enter")
        await somebody.until(lambda: words in " ".join(somebody.text().replace("│", " ").split()))
        assert shows_sheet(somebody)
        assert (tmp_path / "there").read_text() == "precious"
        somebody.app.screen.field.value = "new"
        await somebody.press("enter")
        await somebody.until(lambda: not shows_sheet(somebody))
        assert (tmp_path / "new").exists()


async def test_escape_stops_what_is_being_written_and_no_file_stays(desk, tmp_path):
    is_under_way, may_go_on = threading.Event(), threading.Event()
    entries = ticks(1_000)

    def entry(index):
        is_under_way.set()
        may_go_on.wait()
        return entries[index]

    async with sheet(desk, tmp_path, entries, entry=entry) as somebody:
        await somebody.press("enter")
        await somebody.until(is_under_way.is_set)
        await somebody.sees("writing … 0 %")
        await somebody.press("escape")
        assert not shows_sheet(somebody)
        may_go_on.set()
        await somebody.until(lambda: not list(tmp_path.glob("jsonws-*")))


@pytest.mark.parametrize(
    ("total", "text", "words"),
    [
        (3, "", "3 entries"),
        (9, "", "3 entries of 9: without pings, pongs and close frames"),
        (9, "is:error \x1b[2J", r"3 entries of 9: what matches is:error \u001b[2J"),
    ],
)
async def test_it_says_what_is_exported(desk, tmp_path, total, text, words):
    async with sheet(desk, tmp_path, ticks(3), total=total, text=text) as somebody:
        assert f" {words} " in somebody.text()


async def test_nothing_at_all_can_be_exported_too(desk, tmp_path):
    async with sheet(desk, tmp_path, []) as somebody:
        await somebody.press("enter")
        await somebody.until(lambda: not shows_sheet(somebody))
        assert len(list(tmp_path.glob("jsonws-*"))) == 1
