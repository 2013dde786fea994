"""What came of a tape: its pictures, not yet drawn, or where and why it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client_tui.core.printable import printable

if TYPE_CHECKING:
    from client_tui.picture.look import Look
    from client_tui.picture.picture import Film, Scene


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that a tape wants at `path`, below the folder of the pictures."""

    path: str
    scene: Scene
    look: Look


@dataclass(frozen=True, slots=True)
class Reel:
    """A film that a tape wants at `path`, below the folder of the pictures."""

    path: str
    film: Film
    look: Look


@dataclass(frozen=True, slots=True)
class Take:
    """What came of a tape, or of its beginning; `seconds` is how long it is."""

    stills: tuple[Still, ...]
    reels: tuple[Reel, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Halt:
    """Why a tape was not played to its end: where it stopped, and what was on the screen."""

    file: str
    line: int
    words: str
    screen: tuple[str, ...] = ()
    stills: tuple[Still, ...] = ()
    """The pictures that were taken before."""

    @property
    def so_far(self) -> Take:
        """What came of the tape until then: its pictures, and no film."""
        return Take(self.stills, (), 0.0)

    def __str__(self) -> str:
        where = f"{printable(self.file)}:{self.line}: {printable(self.words)}"
        if not self.screen:
            return where
        return "\n".join([f"{where}. On the screen:", *(f"  {line}" for line in self.screen)])


class HaltError(Exception):
    """Raised where a command cannot be done; whoever plays the tape knows where it stands."""

    def __init__(self, words: str, *, shows_screen: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.shows_screen = shows_screen
