"""How a picture is framed: what a tape's ``Set Padding``, ``Margin`` … come to, and the frame's colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from client_tui.picture.picture import Picture

BUTTON_COLORS: Final = ("#ff5f57", "#febc2e", "#28c840")
"""Close, minimize, zoom: from the outer edge of the window inwards on either side of it."""


class Bar(Enum):
    """The bar above a screen: three buttons, filled or as rings, at its left or right; VHS's own words."""

    NONE = "None"
    COLORFUL = "Colorful"
    COLORFUL_RIGHT = "ColorfulRight"
    RINGS = "Rings"
    RINGS_RIGHT = "RingsRight"

    @property
    def hollow(self) -> bool:
        """Tell whether the buttons are rings."""
        return self in (Bar.RINGS, Bar.RINGS_RIGHT)

    @property
    def right(self) -> bool:
        """Tell whether the buttons stand at the right."""
        return self in (Bar.COLORFUL_RIGHT, Bar.RINGS_RIGHT)


@dataclass(frozen=True, slots=True)
class Look:
    """What is around the screens of a picture, in pixels at scale 1.

    `margin_fill` is the colour outside the windows, None for nothing at all. The `title` stands in the bar,
    where there is one. `scale` is for what is drawn as pixels; None leaves it to the format.
    """

    padding: int = 16
    margin: int = 0
    margin_fill: str | None = None
    radius: int = 8
    bar: Bar = Bar.COLORFUL
    title: str = ""
    scale: int | None = None


class FrameColors(NamedTuple):
    """The colours of a window's frame, ``#rrggbb``: they follow the theme of the screen in it."""

    fill: str
    bar: str
    edge: str
    title: str
    accent: str


def frame_colors(picture: Picture) -> FrameColors:
    """Return the colours of the window around `picture`."""
    color, background = picture.color, picture.background
    return FrameColors(
        fill=background,
        bar=mixed(color, background, 0.07),
        edge=mixed(color, background, 0.18),
        title=mixed(color, background, 0.62),
        accent=picture.accent,
    )


def mixed(color: str, background: str, share: float) -> str:
    """Return `background` with that `share` of `color` in it, from 0 to 1; all are ``#rrggbb``."""
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(background[1:]), strict=True)
    return "#" + bytes(round(over * share + under * (1 - share)) for over, under in pairs).hex()
