"""What a tape sets before its client starts: the screen, the time, and the frame of its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, cast

from client_tui.demo.tape import SetTo
from client_tui.picture.look import Bar, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from client_tui.demo.tape import Command, Value

DEFAULT_THEME: Final = "jsonws-dark"
_FIELDS: Final = {
    "Width": "width",
    "Height": "height",
    "TypingSpeed": "typing_speed",
    "Theme": "theme",
    "Framerate": "framerate",
    "PlaybackSpeed": "playback_speed",
    "LoopOffset": "loop_offset",
    "WaitTimeout": "wait_limit",
    "Latency": "latency",
    "Interval": "interval",
    "Density": "density",
    "Times": "times",
}
_LOOKS: Final = {
    "Padding": "padding",
    "Margin": "margin",
    "MarginFill": "margin_fill",
    "BorderRadius": "radius",
    "Title": "title",
    "Scale": "scale",
}


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of a tape.

    Times are in seconds: those that pass on the tape, and for `wait_limit` in the world.
    `interval` is None where the frames of a stream are as far apart as a reply takes.
    `loop_offset` is a percentage of the film.
    """

    width: int = 100
    height: int = 26
    typing_speed: float = 0.05
    theme: str = DEFAULT_THEME
    framerate: int = 25
    playback_speed: float = 1.0
    loop_offset: float = 0.0
    wait_limit: float = 15.0
    latency: float = 0.002
    interval: float | None = None
    density: Literal["lines", "pretty"] = "lines"
    times: Literal["clock", "start", "before"] = "clock"
    look: Look = field(default_factory=lambda: Look(title="jsonws-tui"))

    def changed(self, name: str, value: Value) -> Setup:
        """Return it with one thing set otherwise; `name` is a tape's word for it."""
        if name == "Window":
            bar = Bar.NONE if value is None else Bar(cast("str", value))
            return replace(self, look=replace(self.look, bar=bar))
        if name in _LOOKS:
            look = replace(self.look, **{_LOOKS[name]: value})  # type: ignore[arg-type]  # the tape has checked it
            return replace(self, look=look)
        if name in _FIELDS:
            return replace(self, **{_FIELDS[name]: value})  # type: ignore[arg-type]
        return self  # what can only be set to what it is anyway


def setup_of(commands: Iterable[Command]) -> Setup:
    """Return what stands before the first command that does something."""
    setup = Setup()
    for command in commands:
        if isinstance(command, SetTo):
            setup = setup.changed(command.name, command.value)
    return setup
