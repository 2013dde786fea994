"""What is on the screen as a picture: cells in plain colours, whatever theme and terminal they came from."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from rich.cells import cell_len
from rich.color import blend_rgb
from textual.color import Color

from client_tui.picture.picture import Pen, Picture, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.color import Color as RichColor
    from rich.color_triplet import ColorTriplet
    from rich.style import Style
    from rich.terminal_theme import TerminalTheme
    from textual._compositor import LayoutUpdate
    from textual.app import App
    from textual.strip import Strip

    from client_tui.picture.picture import Row

_DIM: Final = 0.5
"""How much of the background a dimmed text takes on."""


class _Ground(NamedTuple):
    """What shows where a style names no colour: the theme's text, and what is behind it."""

    theme: TerminalTheme
    color: ColorTriplet
    background: ColorTriplet


class Camera:
    """Takes pictures of an application; a row as it was in the picture before costs next to nothing."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._ground: _Ground | None = None
        self._strips: list[list[Strip]] = []
        self._rows: list[Row] = []

    def take(self) -> Picture:
        """Return what the screen shows now."""
        ground = self._look_at_the_ground()
        if ground != self._ground:
            self._ground, self._strips, self._rows = ground, [], []
        strips = self._render()
        known = len(self._strips)
        self._rows = [
            self._rows[y] if y < known and row == self._strips[y] else _row(row, ground)
            for y, row in enumerate(strips)
        ]
        self._strips = strips
        return Picture(
            self._app.size.width,
            self._app.size.height,
            tuple(self._rows),
            ground.color.hex,
            ground.background.hex,
            self._theme_color("accent", ground).hex,
        )

    def _render(self) -> list[list[Strip]]:
        """Return the strips of each row: those of the screen on top, and of what shines through it."""
        app = self._app
        update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
        return [list(row) for row in cast("LayoutUpdate", update).strips]

    def _look_at_the_ground(self) -> _Ground:
        theme = self._app.ansi_theme
        bare = _Ground(theme, theme.foreground_color, theme.background_color)
        return _Ground(theme, self._theme_color("foreground", bare), self._theme_color("background", bare))

    def _theme_color(self, name: str, ground: _Ground) -> ColorTriplet:
        color = Color.parse(self._app.theme_variables[name]).rich_color
        return _triplet(color, ground, foreground=name != "background")


def _row(strips: Iterable[Strip], ground: _Ground) -> Row:
    """Return the runs of a row; neighbours in one pen are one run."""
    pieces = (
        (segment.text, _pen(segment.style, ground))
        for strip in strips
        for segment in strip
        if segment.text and not segment.control
    )
    runs = (("".join(text for text, _ in run), pen) for pen, run in groupby(pieces, lambda piece: piece[1]))
    return tuple(Run(text, cell_len(text), pen) for text, pen in runs)


@lru_cache(4096)
def _pen(style: Style | None, ground: _Ground) -> Pen:
    if style is None:
        return Pen(ground.color.hex, ground.background.hex)
    color = _triplet(style.color, ground, foreground=True)
    background = _triplet(style.bgcolor, ground, foreground=False)
    if style.reverse:
        color, background = background, color
    if style.dim:
        color = blend_rgb(color, background, _DIM)
    is_underlined = bool(style.underline or style.underline2)
    flags = bool(style.bold), bool(style.italic), is_underlined, bool(style.strike)
    return Pen(color.hex, background.hex, *flags)


def _triplet(color: RichColor | None, ground: _Ground, *, foreground: bool) -> ColorTriplet:
    if color is None or color.is_default:
        return ground.color if foreground else ground.background
    return color.get_truecolor(ground.theme, foreground)
