"""The line at the top, in every state and in windows of any width."""

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App

from client_tui.core.failure import Failure, FailureKind
from client_tui.core.states import Closed, ClosedBy, Closing, Connecting, Failed, Handshake, Open, Retry
from client_tui.ui.header import ConnectionHeader, Kept, countdown, light
from client_tui.ui.themes import OURS

URL = "ws://127.0.0.1:8000/websock-practice2/v1/"
OPEN = Open(1, Handshake(101, "daphne", "", 0.004))


def failed(kind, status=None, retry=None):
    return Failed(Failure(kind, "words", status=status), retry)


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self, clock):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.clock = clock

    def compose(self):
        yield ConnectionHeader(clock=self.clock)


@asynccontextmanager
async def header(width=100, clock=lambda: 100.0):
    async with Shell(clock).run_test(size=(width, 3)) as pilot:
        shown = pilot.app.query_one(ConnectionHeader)
        shown.url = URL
        yield shown, pilot


def text(shown):
    return shown.render_line(0).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Connecting(1), "◌ connecting"),
        (OPEN, "● open"),
        (Closing(1, 1000, "", ClosedBy.US), "◌ closing"),
        (Closed(1000, "", ClosedBy.US), "○ closed 1000 normal closure"),
        (Closed(4321, "x", ClosedBy.THEM), "○ closed 4321 "),
        (failed(FailureKind.REFUSED), "✗ refused"),
        (failed(FailureKind.NAME_NOT_FOUND), "✗ name not found"),
        (failed(FailureKind.NAME_LOOKUP), "✗ name lookup failed"),
        (failed(FailureKind.TIMED_OUT), "✗ timed out"),
        (failed(FailureKind.TLS), "✗ TLS failed"),
        (failed(FailureKind.HTTP_STATUS, 403), "✗ HTTP 403"),
        (failed(FailureKind.REDIRECT, 302), "✗ redirected"),
        (failed(FailureKind.PROXY, 407), "✗ proxy failed"),
        (failed(FailureKind.OTHER), "✗ failed"),
        (failed(FailureKind.STOPPED), "✗ stopped"),
        (failed(FailureKind.REFUSED, retry=Retry(2, 101.5)), "✗ refused · retry 2 in 2 s"),
        (Closed(1001, "", ClosedBy.THEM, Retry(1, 100.2)), "retry 1 in 1 s"),
    ],
)
async def test_every_state_is_told_in_words(state, words):
    async with header() as (shown, _):
        shown.state = state
        assert words in text(shown)


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_words_of_its_own(kind):
    assert light(failed(kind, 500), "").words not in {"", "✗", "✗ "}


@pytest.mark.parametrize(
    ("due", "words"),
    [(100.0, "in 0 s"), (99.0, "in 0 s"), (100.01, "in 1 s"), (101.0, "in 1 s"), (129.5, "in 30 s")],
)
def test_a_retry_is_never_said_to_be_sooner_than_it_is(due, words):
    assert countdown(Retry(3, due), 100.0) == f" · retry 3 {words}"


def test_no_retry_no_countdown():
    assert countdown(None, 100.0) == ""


async def test_the_countdown_goes_on_by_itself():
    now = [100.0]
    async with header(clock=lambda: now[0]) as (shown, pilot):
        shown.state = failed(FailureKind.REFUSED, retry=Retry(1, 103.0))
        assert "in 3 s" in text(shown)
        now[0] = 101.5
        while "in 2 s" not in "".join(strip.text for strip in pilot.app.screen._compositor.render_strips()):
            await pilot.pause()


async def test_round_trip_and_counts():
    async with header() as (shown, _):
        shown.state = OPEN
        shown.round_trip = 0.00042
        shown.counts = (2, 12_345)
        assert text(shown).endswith("rtt 420 µs  ▲ 2  ▼ 12,345")
        shown.state = Connecting(2)
        assert "rtt" not in text(shown)
        assert text(shown).endswith("▲ 2  ▼ 12,345")


@pytest.mark.parametrize(
    ("kept", "mark"), [(Kept.IN_FILE, "● rec"), (Kept.NOWHERE, "○ not kept"), (Kept.IN_TROUBLE, "✗ rec")]
)
async def test_at_the_end_is_what_becomes_of_the_session(kept, mark):
    async with header() as (shown, _):
        shown.state = OPEN
        shown.round_trip = 0.00042
        shown.kept = kept
        assert text(shown).endswith(f"rtt 420 µs  ▲ 0  ▼ 0  {mark}")


@pytest.mark.parametrize(
    ("width", "end"),
    [
        (60, "rtt 420 µs  ▲ 1,234,567  ▼ 7,654,321  ● rec"),
        (48, "  ▲ 1,234,567  ▼ 7,654,321  ● rec"),
        (32, "  ● rec"),
        (12, " ● open"),
    ],
)
async def test_in_a_narrow_window_the_state_stays_longest_and_the_recording_next(width, end):
    async with header(width) as (shown, _):
        shown.state = OPEN
        shown.round_trip = 0.00042
        shown.counts = (1_234_567, 7_654_321)
        shown.kept = Kept.IN_FILE
        assert text(shown).rstrip().endswith(end)
        assert "● open" in text(shown)


@pytest.mark.parametrize("state", [Closed(1000, "", ClosedBy.US), failed(FailureKind.STOPPED)])
async def test_where_nothing_is_retried_it_says_what_connects_again(state):
    async with header() as (shown, _):
        shown.remedy = "ctrl+o connects"
        shown.state = state
        assert " · ctrl+o connects  " in text(shown)
        shown.state = OPEN
        assert "ctrl+o" not in text(shown)
        shown.state = failed(FailureKind.REFUSED, retry=Retry(2, 101.5))
        assert "ctrl+o" not in text(shown)


async def test_the_remedy_gives_way_before_the_state():
    async with header(38) as (shown, _):
        shown.remedy = "ctrl+o connects"
        shown.state = Closed(1000, "", ClosedBy.US)
        assert "○ closed 1000  " in text(shown)
        assert text(shown).endswith("▲ 0  ▼ 0")


@pytest.mark.parametrize("width", [300, 120, 100, 80, 70, 60])
async def test_the_url_gives_way_first(width):
    async with header(width) as (shown, _):
        shown.state = Closed(1006, "", ClosedBy.NOBODY, Retry(4, 130.0))
        shown.counts = (1_234, 56_789)
        line = text(shown)
        assert cell_len(line) == width - 1
        assert "closed 1006" in line
        assert "retry 4 in 30 s" in line
        assert "▲ 1,234  ▼ 56,789" in line


async def test_a_url_is_cut_in_its_middle():
    async with header(50) as (shown, _):
        shown.state = OPEN
        assert "ws://127.0.0.1:" in text(shown)
        assert "/v1/" in text(shown)
        assert "…" in text(shown)


@pytest.mark.parametrize("width", [1, 2, 5, 20, 40, 61])
@pytest.mark.parametrize("url", [URL, "ws://世界.example/" + "世界/" * 30, ""], ids=["plain", "wide", "none"])
async def test_any_width(width, url):
    async with header(width) as (shown, _):
        shown.url = url
        shown.state = OPEN
        assert cell_len(text(shown)) <= width


async def test_a_url_of_wide_characters_is_cut_by_its_cells():
    async with header(80) as (shown, _):
        shown.url = "ws://example/" + "世界" * 40
        shown.state = OPEN
        assert text(shown).endswith("▲ 0  ▼ 0")


async def test_a_hostile_url_is_shown_as_it_is_spelt():
    async with header(120) as (shown, _):
        shown.url = "ws://h/\x1b]0;x\x07\u202e[/x][@click=app.exit]"
        assert "ws://h/\\u001b]0;x\\u0007\\u202e[/x][@click=app.exit]" in text(shown)
