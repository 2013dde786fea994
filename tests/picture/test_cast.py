import json

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_tui.picture.cast import cast
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Pen, Run, Shot
from tests.picture.screens import PEN, ROWS, film, scene

LOOK = Look(title="a film")


def read(text):
    """Return the header and the events of a cast."""
    header, *events = map(json.loads, text.splitlines())
    return header, events


def played(text):
    """Return the terminal that has played a cast, after each of its events."""
    header, events = read(text)
    screen = pyte.Screen(header["width"], header["height"])
    stream = pyte.Stream(screen)
    for _, _, data in events:
        stream.feed(data)
        yield screen


def shown(text):
    """Return what a terminal shows after each event."""
    return [[line.rstrip() for line in screen.display] for screen in played(text)]


def test_a_terminal_shows_what_the_film_shows():
    screens = [["hello", "one"], ["hello", "two"], ["you", "two"]]
    assert shown(cast(film(*screens), LOOK)) == [*screens, screens[-1]]


def test_it_says_what_it_is():
    header, _ = read(cast(film(["hello"]), LOOK))
    assert (header["version"], header["width"], header["height"], header["title"]) == (2, 20, 1, "a film")
    assert header["env"] == {"TERM": "xterm-256color"}
    assert header["theme"]["fg"] == PEN.color
    assert header["theme"]["bg"] == PEN.background
    assert len(header["theme"]["palette"].split(":")) == 16


def test_its_times_are_those_of_the_film_to_its_end():
    _, events = read(cast(film(["a"], ["b"], step=0.12345), LOOK))
    assert [(at, kind) for at, kind, _ in events] == [(0, "o"), (0.123, "o"), (0.247, "o")]


def test_what_has_not_changed_is_not_painted_again():
    red = PEN._replace(color="#ff0000")
    rows = [(Run("same", 4, PEN), Run(text, 3, red), Run("end", 3, PEN)) for text in ("one", "two")]
    _, (_, (_, _, data), _) = read(cast(film(*[[row] for row in rows], width=10), LOOK))
    assert data == "\x1b[1;5H\x1b[0;38;2;255;0;0;48;2;16;16;16mtwo\x1b[m"


def test_a_shot_that_changes_nothing_is_no_event():
    _, events = read(cast(film(["a"], ["a"], ["b"]), LOOK))
    assert [at for at, _, _ in events] == [0, 2, 3]


def test_the_cursor_is_hidden():
    (screen, *_) = played(cast(film(["a"]), LOOK))
    assert screen.cursor.hidden


@pytest.mark.parametrize("flag", ["bold", "italic", "underline", "strike"])
def test_a_pen_is_told_in_full(flag):
    pen = Pen("#123456", "#654321")._replace(**{flag: True})
    *_, screen = played(cast(film([(Run("x", 1, pen),)]), LOOK))
    cell = screen.buffer[0][0]
    assert (cell.data, cell.fg, cell.bg) == ("x", "123456", "654321")
    flags = {
        "bold": cell.bold,
        "italic": cell.italics,
        "underline": cell.underscore,
        "strike": cell.strikethrough,
    }
    assert {name for name, is_set in flags.items() if is_set} == {flag}


def test_what_follows_a_wide_character_stands_in_its_column():
    runs = (Run("世", 2, PEN), Run("x", 1, PEN._replace(bold=True)))
    assert "\x1b[1;3H" in read(cast(film([runs]), LOOK))[1][0][2]


def test_notes_come_and_go_and_the_screen_stays_as_wide():
    shots = (Shot(0, scene("a")), Shot(1, scene("a", notes=[Note("look", 0)])), Shot(2, scene("a")))
    assert shown(cast(Film(shots, 3), LOOK)) == [["a"], ["a  ← look"], ["a"], ["a"]]


@settings(max_examples=50)
@given(st.lists(ROWS, min_size=1, max_size=4), st.text())
def test_no_text_is_a_command(rows, title):
    width = max(sum(run.cells for run in row) for row in rows)
    moving = film(*([row] for row in rows), width=width)
    text = cast(moving, Look(title=title))
    text.encode()
    header, events = read(text)
    assert header["title"].isprintable()
    for _, _, data in events:
        for part in data.split("\x1b")[1:]:
            assert part.startswith("[")
        assert data.replace("\x1b", "").isprintable()
