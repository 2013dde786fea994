"""Everything that VHS or we can `Set`, once: what it takes, what it does, or why it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from client_tui.demo.tape.quoting import argument, either, plain, quoted, time
from client_tui.demo.tape.reader import likely, shortened
from client_tui.settings.wrong import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from client_tui.demo.tape.commands import Value
    from client_tui.demo.tape.reader import Reader

MOST_COLUMNS: Final = range(20, 401)
MOST_ROWS: Final = range(8, 151)
"""How wide and how high a screen can be, in cells."""
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_DECIMAL: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(%?)(?![^ \t#])")
_BARS: Final = ("none", "Colorful", "ColorfulRight", "Rings", "RingsRight")


class Whose(Enum):
    """What a word is in VHS."""

    SAME = "the same"
    ADAPTED = "adapted"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Kind:
    """The values of a setting: how they are shown in a table, read from a line, and written into one."""

    usage: str
    read: Callable[[Reader], Value]
    write: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Setting:
    """Something to set. Where `kind` is None it is refused, and `meaning` is the reason.

    `late` settings may stand anywhere, and hold from there on; the others stand before the
    first command. A setting with another `canonical` name is one under a second name.
    """

    name: str
    kind: Kind | None
    meaning: str
    whose: Whose = Whose.SAME
    late: bool = False
    canonical: str = ""


def _cells(within: range, what: str) -> Kind:
    """Take a number of columns or rows; whoever knows VHS may have thought of pixels."""

    def read(reader: Reader) -> int:
        words = f"a number of {what}, where VHS counts pixels:"
        return reader.whole(within[0], within[-1], words)

    return Kind(f"{within[0]}…{within[-1]} cells", read)


def _whole(low: int, high: int, unit: str = "") -> Kind:
    words = f"a number of {unit}" if unit else "a number"
    return Kind(f"{low}…{high} {unit}".rstrip(), lambda reader: reader.whole(low, high, words))


def _duration(least: float = 0.0) -> Kind:
    def read(reader: Reader) -> float:
        reader.ends()
        here = reader.at
        seconds = reader.seconds("a time")
        if seconds < least:
            reader.at = here
            reader.need(f"a time of at least {time(least)}")
        return seconds

    return Kind("`TIME`, such as `500ms`", read, time)


def _choice(*names: str) -> Kind:
    def read(reader: Reader) -> str:
        return reader.option(*names) or reader.need(either(names))

    return Kind(either([f"`{name}`" for name in names]), read)


def _decimal(reader: Reader, low: float, high: float, what: str, suffix: str = "") -> float:
    """Take a decimal number, with a percent sign behind it if that may be there."""
    reader.ends()
    match = _DECIMAL.match(reader.line, reader.at)
    if match is None or match[2] not in ("", suffix) or not low <= float(match[1]) <= high:
        reader.need(what)
    reader.at = match.end()
    return float(match[1])


def _playback_speed(reader: Reader) -> float:
    return _decimal(reader, 0.1, 10, "a number from 0.1 to 10")


def _loop_offset(reader: Reader) -> float:
    return _decimal(reader, 0, 100, "a part of the film from 0% to 100%", "%")


def _colour(reader: Reader) -> str:
    if reader.ends():
        reader.need('a colour in quotes, such as "#6b50ff"')
    here = reader.at
    colour = reader.argument("a colour")
    if not _COLOUR.fullmatch(colour):
        reader.refuse(f'a colour is written "#6b50ff", not {colour}', here, reader.at)
    return colour.lower()


def _bar(reader: Reader) -> str | None:
    """Take the name of a bar; None for none at all, which VHS writes as an empty text."""
    if reader.next_is('""'):
        reader.at += 2
        return None
    here = reader.at
    name = reader.argument("the name of a bar")
    if name not in _BARS:
        reader.refuse(f"there is no bar {name}: {nearest(name, _BARS)}", here, reader.at)
    return None if name == "none" else name


def theme(reader: Reader) -> str:
    """Take the name of a theme that is known, or any where it is not known which there are."""
    if reader.next_is("{"):
        reader.refuse("VHS's colours of a terminal are not taken: name a theme of the client instead")
    here = reader.at
    name = reader.argument("the name of a theme")
    if reader.themes is not None and name not in reader.themes:
        meant = likely(name, reader.themes, "jsonws-dark, jsonws-light and nord are some")
        reader.refuse(f"there is no theme {shortened(name)}: {meant}", here, reader.at)
    return name


def _steady(reader: Reader) -> bool:
    if reader.next_is("true"):
        reader.refuse("the cursor stands still, so that every picture is the same each time: leave it out")
    if reader.option("false") is None:
        reader.need("false")
    return False


_PIXELS: Final = "pixels"
_TIME: Final = _duration()
_THEME: Final = Kind("`NAME`", theme, argument)
_BAR: Final = Kind(either([f"`{name}`" for name in _BARS]), _bar, lambda bar: bar or "none")
_A, _O = Whose.ADAPTED, Whose.OURS

SETTINGS: Final = {
    setting.name: setting
    for setting in (
        Setting(
            "Width",
            _cells(MOST_COLUMNS, "columns"),
            "The screen's columns: VHS counts pixels here",
            _A,
        ),
        Setting(
            "Height",
            _cells(MOST_ROWS, "rows"),
            "The screen's rows: VHS counts pixels here",
            _A,
        ),
        Setting("TypingSpeed", _TIME, "The time that a key takes; 50ms without it", late=True),
        Setting("Theme", _THEME, "The colours: a theme of the client, or of Textual", _A),
        Setting("Padding", _whole(0, 200, _PIXELS), "What is left free around the screen"),
        Setting("Margin", _whole(0, 500, _PIXELS), "What is left free around the window"),
        Setting("MarginFill", Kind('`"#rrggbb"`', _colour, quoted), "The margin's colour"),
        Setting("BorderRadius", _whole(0, 100, _PIXELS), "How round the window's corners are"),
        Setting("Window", _BAR, "The window around the screen, and its bar", _O),
        Setting("WindowBar", _BAR, "The same under VHS's name", canonical="Window"),
        Setting(
            "Title",
            Kind('`"TEXT"`', lambda reader: reader.string("a text"), quoted),
            "The text of the window's bar; behind `Client`, of that client's window",
            _O,
            late=True,
        ),
        Setting("Scale", _whole(1, 4), "How many pixels of a picture are one of its measures", _O),
        Setting("Framerate", _whole(1, 60), "The most pictures of a second of film"),
        Setting(
            "PlaybackSpeed", Kind("0.1…10", _playback_speed), "How much faster the film is than its tape"
        ),
        Setting(
            "LoopOffset",
            Kind("0…100%", _loop_offset, lambda part: f"{plain(part)}%"),
            "Where the film begins, which then goes round: its first picture is often its preview",
        ),
        Setting(
            "WaitTimeout",
            _duration(0.001),
            "The limit of a `Wait` that names none; 15s without it",
            late=True,
        ),
        Setting("Latency", _TIME, "The time of the tape that a reply takes; 2ms without it", _O, late=True),
        Setting(
            "Interval",
            _TIME,
            "The time of the tape between two frames of a stream; the latency without it",
            _O,
            late=True,
        ),
        Setting("Density", _choice("lines", "pretty"), "How the history begins", _O),
        Setting("Times", _choice("clock", "start", "before"), "What the history counts times from", _O),
        Setting(
            "CursorBlink",
            Kind("`false`", _steady, lambda _: "false"),
            "The cursor stands still in any case, so that every picture is the same each time",
        ),
        Setting("Shell", None, "there is no shell in a tape: it is the client itself that is played"),
        Setting(
            "FontFamily", None, "the font comes with the package, so that pictures are the same everywhere"
        ),
        Setting(
            "FontSize", None, "the size of the letters is fixed: Set Scale makes the whole picture larger"
        ),
        Setting("LetterSpacing", None, "the cells stand as they do in a terminal, without a gap"),
        Setting("LineHeight", None, "the rows stand as they do in a terminal, so that boxes are closed"),
        Setting(
            "WindowBarSize", None, "the bar has the height of its title: Set Scale makes all of it larger"
        ),
        Setting(
            "WaitPattern", None, "a Wait alone waits until all is settled: write the pattern behind Wait"
        ),
    )
}
