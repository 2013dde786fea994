"""What holds for a film in every format: its windows stand still, and its end can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from client_tui.picture.layout import gutter
from client_tui.picture.picture import Shot

if TYPE_CHECKING:
    from client_tui.picture.picture import Film

LAST_SECONDS: Final = 2.0
"""How long the end is shown, at least, before the film begins again."""


def steady(film: Film) -> Film:
    """Return `film` with the same room for notes in all of its scenes, so that no window moves."""
    room = max(max(shot.scene.gutter, gutter(shot.scene)) for shot in film.shots)
    return replace(film, shots=tuple(Shot(at, replace(scene, gutter=room)) for at, scene in film.shots))


def seconds(film: Film) -> float:
    """Return how long `film` is, its end included."""
    return film.seconds if film.turned else max(film.seconds, film.shots[-1].at + LAST_SECONDS)
