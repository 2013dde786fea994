"""The line at the top of a recording, in windows of any width."""

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App

from client_tui.ui.recording_header import RecordingHeader
from client_tui.ui.themes import OURS


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name

    def compose(self):
        yield RecordingHeader()


@asynccontextmanager
async def header(width=120):
    async with Shell().run_test(size=(width, 3)) as pilot:
        shown = pilot.app.query_one(RecordingHeader)
        shown.name_of_file = "session.jsonl"
        shown.started = "2026-11-22 12:01:02"
        shown.url = "ws://127.0.0.1:8000/websock-practice2/v1/"
        shown.counts = (12, 3_456)
        yield shown


def text(shown):
    return shown.render_line(0).text


async def test_it_says_what_when_where_and_how_much():
    async with header() as shown:
        line = text(shown)
        assert line.startswith(
            " ▤ session.jsonl  2026-11-22 12:01:02  ws://127.0.0.1:8000/websock-practice2/v1/  "
        )
        assert line.endswith("▲ 12  ▼ 3,456")


async def test_while_it_is_read_it_says_how_much_of_it():
    async with header() as shown:
        shown.progress = 0.459
        assert text(shown).endswith("  reading 45 %  ▲ 12  ▼ 3,456")
        shown.progress = None
        assert "reading" not in text(shown)


async def test_what_is_damaged_is_told():
    async with header() as shown:
        shown.trouble = "2 damaged lines"
        assert text(shown).endswith("  ✗ 2 damaged lines  ▲ 12  ▼ 3,456")


@pytest.mark.parametrize(
    ("width", "there", "gone"),
    [
        (80, ["▤ session.jsonl", "12:01:02", "…", "▲ 12  ▼ 3,456"], []),
        (60, ["▤ session.jsonl", "12:01:02", "▲ 12  ▼ 3,456"], ["ws://"]),
        (40, ["▤ session.jsonl", "▲ 12  ▼ 3,456"], ["12:01:02"]),
    ],
)
async def test_the_url_gives_way_first_and_then_the_start(width, there, gone):
    async with header(width) as shown:
        assert all(words in text(shown) for words in there)
        assert not any(words in text(shown) for words in gone)


async def test_a_long_name_is_cut_in_its_middle():
    async with header(60) as shown:
        shown.name_of_file = "/home/somebody/recordings/20261122T120102.118000Z-127.0.0.1-4711.jsonl"
        assert text(shown).startswith(" ▤ /home/somebody/")
        assert "…" in text(shown)
        assert ".jsonl" in text(shown)


async def test_where_it_is_narrow_what_is_wrong_stays():
    async with header(60) as shown:
        shown.trouble = "2 damaged lines"
        assert "✗ 2 damaged lines" in text(shown)
        assert "▤ session.jsonl" in text(shown)


@pytest.mark.parametrize("width", [1, 2, 5, 20, 40, 61])
async def test_any_width(width):
    async with header(width) as shown:
        shown.progress = 0.5
        shown.trouble = "世界 " * 40
        assert cell_len(text(shown)) <= width


async def test_hostile_names_are_shown_as_they_are_spelt():
    async with header(200) as shown:
        shown.name_of_file = "\x1b[2J\u202e[/x]"
        shown.url = "ws://h/\x9b"
        assert "\\u001b[2J\\u202e[/x]" in text(shown)
        assert "ws://h/\\u009b" in text(shown)
