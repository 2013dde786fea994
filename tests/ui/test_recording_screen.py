"""A recording that was opened: read in slices, followed while it grows, and all that can be done with it."""

from contextlib import asynccontextmanager

import pytest

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.finding.finder import Finder
from client_tui.record.opened import OpenedRecording
from client_tui.ui.inspector import Inspector
from client_tui.ui.recording_screen import SLICE, RecordingScreen
from client_tui.ui.viewer_app import ViewerApp
from tests.support.recordings import START, URL, a_bit_of_everything, lines_of, ticks, written
from tests.ui.conftest import Desk


class Viewer(Desk):
    """Somebody at a recording."""

    @property
    def main(self):
        (screen,) = [each for each in self.app.screen_stack if isinstance(each, RecordingScreen)]
        return screen

    async def has_read(self, count):
        await self.until(lambda: len(self.main.transcript) >= count and not self.history.is_behind)
        await self.until(lambda: self.main.header.progress is None)
        await self.pilot.pause()


@pytest.fixture
def viewer(settings):
    """Return what opens a recording: ``async with viewer(path) as somebody``."""

    @asynccontextmanager
    async def opened(path, *, size=(100, 30), notifications=False):
        app = ViewerApp(settings, OpenedRecording(path), path.name, make_finder=Finder)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            yield Viewer(app, pilot)

    return opened


async def test_it_shows_what_was_recorded(viewer, tmp_path):
    path = written(tmp_path / "r.jsonl", a_bit_of_everything())
    async with viewer(path) as somebody:
        await somebody.has_read(5)
        assert list(somebody.main.transcript) == a_bit_of_everything()
        line = somebody.text().splitlines()[0]
        assert line.startswith(" ▤ r.jsonl  20")
        assert URL in line
        assert line.endswith("▲ 1  ▼ 2")
        assert '{"error": "no such op"}' in somebody.text()
        assert somebody.history.has_focus


async def test_a_long_one_is_read_in_slices_in_its_order(viewer, tmp_path):
    count = 3 * SLICE + 7
    async with viewer(written(tmp_path / "r.jsonl", ticks(count))) as somebody:
        await somebody.until(lambda: somebody.main.transcript)
        await somebody.has_read(count)
        assert len(somebody.main.transcript) == count
        assert somebody.main.transcript[count - 1] == ticks(1, start=count - 1)[0]
        assert f'"n": {count - 1}' in somebody.rows[-1]
        await somebody.press("home")
        assert '"n": 0}' in somebody.rows[0]


async def test_one_that_grows_is_followed(viewer, tmp_path):
    path = written(tmp_path / "r.jsonl", ticks(2))
    async with viewer(path) as somebody:
        await somebody.has_read(2)
        with path.open("ab") as file:
            file.write(lines_of(ticks(40)).split(b"\n", 3)[3])
        await somebody.has_read(40)
        await somebody.sees('"n": 39}')
        assert "reading" not in somebody.text().splitlines()[0]


async def test_what_is_damaged_is_told_where_it_is_and_at_the_top(viewer, tmp_path):
    path = tmp_path / "r.jsonl"
    lines = lines_of(ticks(4)).splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"no record\n", *lines[2:4], lines[4][:-9]]))
    async with viewer(path) as somebody:
        await somebody.has_read(4)
        await somebody.sees("✗ 1 damaged line · line 6 breaks off after")
        assert "line 3 of the recording is damaged" in somebody.text()


async def test_a_last_line_that_is_just_being_written_is_no_damage(viewer, tmp_path):
    path = tmp_path / "r.jsonl"
    whole = lines_of(ticks(3))
    path.write_bytes(whole[:-9])
    async with viewer(path) as somebody:
        await somebody.has_read(2)
        with path.open("ab") as file:
            file.write(whole[-9:])
        await somebody.has_read(3)
        await somebody.until(lambda: not somebody.main.header.trouble)


async def test_without_a_header_the_first_entry_says_when_it_began(viewer, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(lines_of(ticks(1)).split(b"\n", 1)[1])
    async with viewer(path) as somebody:
        await somebody.has_read(1)
        assert somebody.main.header.started
        assert somebody.main.recorded_as.started == START


async def test_filter_search_places_density_and_times(viewer, tmp_path):
    async with viewer(written(tmp_path / "r.jsonl", ticks(100))) as somebody:
        await somebody.has_read(100)
        await somebody.press("f")
        await somebody.type("dir:sent")
        await somebody.until(lambda: somebody.history.row_count() == 10)
        await somebody.press("enter", "g")
        await somebody.type("41")
        await somebody.press("enter")
        assert somebody.history.selected == 40
        await somebody.press("slash")
        await somebody.type('"n": 9')
        await somebody.until(lambda: somebody.history.selected in (0, 90))
        await somebody.press("escape", "t")
        assert somebody.history.times.value == "start"
        await somebody.press("f2")
        assert somebody.history.pretty


async def test_escape_ends_the_search_then_the_filter_and_then_closes(viewer, tmp_path):
    async with viewer(written(tmp_path / "r.jsonl", ticks(20))) as somebody:
        await somebody.has_read(20)
        await somebody.press("f", *"tick", "enter", "slash", *"n", "enter")
        somebody.history.focus()
        await somebody.pilot.pause()
        await somebody.press("escape")
        assert not somebody.main.search_bar.is_open
        assert somebody.main.filter_bar.is_open
        await somebody.press("escape")
        assert not somebody.main.filter_bar.is_open
        await somebody.press("escape")
        assert somebody.app.return_code == 0


async def test_typed_digits_lead_to_a_place_and_other_json_to_a_search(viewer, tmp_path):
    async with viewer(written(tmp_path / "r.jsonl", ticks(100))) as somebody:
        await somebody.has_read(100)
        somebody.write("42\r")
        await somebody.until(lambda: somebody.history.selected == 41)
        somebody.write('"n": 7')
        await somebody.until(lambda: somebody.main.search_bar.is_open)
        await somebody.until(lambda: somebody.main.query_one("#search-text").value == '"n": 7')


async def test_an_entry_is_inspected_and_there_is_no_composer_to_put_it_into(viewer, tmp_path):
    async with viewer(written(tmp_path / "r.jsonl", ticks(3)), notifications=True) as somebody:
        await somebody.has_read(3)
        await somebody.press("enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
        await somebody.press("escape", "e")
        await somebody.sees("There is no composer here; c copies the frame")


async def test_a_file_that_is_gone_meanwhile_is_no_end(viewer, tmp_path):
    path = written(tmp_path / "r.jsonl", ticks(30))
    async with viewer(path) as somebody:
        await somebody.has_read(30)
        path.write_bytes(b"")
        await somebody.press("home", "f2")
        await somebody.sees("damaged")
        assert somebody.app.is_running


async def test_its_file_is_closed_with_it(viewer, tmp_path):
    path = written(tmp_path / "r.jsonl", ticks(3))
    opened = OpenedRecording(path)
    async with viewer(path) as somebody:
        await somebody.has_read(3)
        screen = RecordingScreen(somebody.main.settings, opened, "other", Finder)
        await somebody.app.push_screen(screen)
        await somebody.press("q")
        await somebody.until(lambda: opened.fileno() < 0)
        assert somebody.app.screen is somebody.main


async def test_over_a_live_conversation_a_frame_can_go_into_its_composer(desk, tmp_path):
    async with desk(None) as somebody:
        frame = Frame(START, Direction.SENT, Opcode.TEXT, b'{"again": 1}')
        somebody.app._open(written(tmp_path / "r.jsonl", [frame]))
        await somebody.until(lambda: isinstance(somebody.app.screen, RecordingScreen))
        screen = somebody.app.screen
        await somebody.until(lambda: screen.is_mounted and screen.history.row_count() == 1)
        await somebody.press("e")
        await somebody.until(lambda: somebody.editor.text == '{"again": 1}')
        assert somebody.app.screen is somebody.main
        await somebody.until(lambda: somebody.editor.has_focus)
