"""What the pictures of a tape show: the screens of its clients, their titles, and the remarks beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.demo import tape as words
from client_tui.picture.picture import Note, Pane, Pen, Picture, Run, Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_ASIDE = (
    *(words.Output, words.SetTo, words.Require, words.Env, words.Redact, words.Serve, words.StopServing),
    *(words.Connect, words.Client, words.Hide, words.Show, words.Copy),
)
"""What opens no client."""


def clients_of(commands: Iterable[words.Command]) -> tuple[str, ...]:
    """Return the names of a tape's clients, in the order of their appearance; "" is one without a name."""
    names: list[str] = []
    current = ""
    for command in commands:
        if isinstance(command, words.Client):
            current = command.name
        if not isinstance(command, _ASIDE) and current not in names:
            names.append(current)
    return tuple(names) or ("",)


class Scenery:
    """Puts the screens of `clients` beside one another."""

    def __init__(self, clients: tuple[str, ...]) -> None:
        self._clients = clients
        self._titles = {name: name for name in clients}
        self._notes: dict[str, list[Note]] = {name: [] for name in clients}

    def name(self, client: str, title: str) -> None:
        """Give the window of a client another title."""
        self._titles[client] = title

    def annotate(self, client: str, text: str, row: int) -> None:
        """Put a remark beside a row, counted from 0."""
        self._notes[client].append(Note(text, row))

    def clear(self) -> None:
        """Take the remarks away."""
        for notes in self._notes.values():
            notes.clear()

    def scene(self, screens: Mapping[str, Picture], *, of_all: bool) -> Scene:
        """Return what the clients show; where `of_all` is true, those that are not there yet are dark."""
        blank = _blank(next(iter(screens.values())))
        return Scene(
            tuple(
                Pane(screens.get(name, blank), self._titles[name], tuple(self._notes[name]))
                for name in self._clients
                if of_all or name in screens
            )
        )


def _blank(picture: Picture) -> Picture:
    """Return a screen of the same size that shows nothing."""
    row = (Run(" " * picture.width, picture.width, Pen(picture.color, picture.background)),)
    return Picture(
        picture.width,
        picture.height,
        (row,) * picture.height,
        picture.color,
        picture.background,
        picture.accent,
    )
