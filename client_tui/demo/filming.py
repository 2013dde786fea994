"""The film of a tape, scene by scene, without what was hidden and where nothing changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from client_tui.picture.film import seconds
from client_tui.picture.layout import gutter as notes_width
from client_tui.picture.picture import Film, Shot

if TYPE_CHECKING:
    from client_tui.picture.picture import Scene


class Filming:
    """Takes scenes in the order of the tape's time; at most `framerate` of a second are kept."""

    def __init__(self, framerate: int) -> None:
        self._apart = 1 / framerate
        self._shots: list[Shot] = []
        self._cut = 0.0  # how much was left out so far
        self._hidden_at: float | None = 0.0  # nothing is shown before the first scene
        self._now = 0.0

    def hide(self, at: float) -> None:
        """Film nothing from here on."""
        if self._hidden_at is None:
            self._hidden_at = at

    def show(self, at: float) -> None:
        """Film again."""
        if self._hidden_at is not None:
            self._cut += at - self._hidden_at
            self._hidden_at = None

    @property
    def is_on(self) -> bool:
        """Whether scenes are taken."""
        return self._hidden_at is None

    def take(self, at: float, scene: Scene) -> None:
        """Show a scene from this moment of the tape on."""
        self._now = at - self._cut
        if not self._shots:
            self._shots.append(Shot(0.0, scene))
        elif self._shots[-1].scene != scene:
            last = self._shots[-1].at
            if self._now - last < self._apart - 1e-6 and len(self._shots) > 1:
                self._shots[-1] = Shot(last, scene)
            else:
                self._shots.append(Shot(self._now, scene))

    def film(self, at: float, speed: float, loop_offset: float = 0.0) -> Film | None:
        """Return what was filmed until the tape's end, so many times as fast; None where nothing was.

        It begins at `loop_offset`, a percentage of it, and what was before that comes at its end.
        """
        if not self._shots:
            return None
        end = (at if self._hidden_at is None else self._hidden_at) - self._cut
        gutter = max(notes_width(shot.scene) for shot in self._shots)
        shots = tuple(Shot(shot.at / speed, replace(shot.scene, gutter=gutter)) for shot in self._shots)
        film = Film(shots, max(end / speed, shots[-1].at + self._apart))
        return _turned(film, loop_offset / 100) if 0 < loop_offset < 100 else film


def _turned(film: Film, part: float) -> Film:
    """Return a film that goes round with another beginning; the pause at its end is where its end is now."""
    film = replace(film, seconds=seconds(film))
    start = film.seconds * part
    before = [shot for shot in film.shots if shot.at < start]
    after = [Shot(shot.at - start, shot.scene) for shot in film.shots if shot.at >= start]
    if not after or after[0].at > 0:
        after.insert(0, Shot(0.0, before[-1].scene))
    shots = [*after, *(Shot(film.seconds - start + shot.at, shot.scene) for shot in before)]
    changes = (shot for last, shot in pairwise(shots) if shot.scene != last.scene)
    return Film((shots[0], *changes), film.seconds, turned=True)
