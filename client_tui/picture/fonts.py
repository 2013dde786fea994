"""Which font draws a character: one that is shipped, or for what those lack one of the system's, or none.

The shipped ones come first, and always the same: what they cover looks alike on all machines.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from PIL import ImageFont

from client_tui.picture.charmap import character_map

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHIPPED: Final = Path(__file__).parent / "fonts"
_SYSTEM: Final = (
    *("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"),
    *("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"),
    *("~/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts"),
)
_SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")

# Fonts of a system by how their files' names begin, in small letters and without what stands between
# the words, best first: monospaced ones of East Asia, others of it, then those with many scripts.
_FAMILIES: Final = (
    *("notosansmonocjk", "sourcehanmono", "sarasamono", "notosanscjk", "sourcehansans"),
    *("wenquanyimicrohei", "wqymicrohei", "wenquanyizenhei", "wqyzenhei", "droidsansfallback"),
    *("hiraginosans", "ヒラギノ角ゴシック", "pingfang", "applesdgothic"),
    *("yugoth", "msgothic", "meiryo", "msyh", "simsun", "malgun", "ipagothic"),
    *("notoemoji", "symbola", "seguiemj"),  # without their colours: a picture's text has one each
    *("unifont", "arialunicode", "notosans", "segoeui", "seguisym", "dejavusans", "freemono"),
)

_REGULAR: Final = ("", "regular", "r", "w3")
"""What is left of a regular font's name without its family: R is Microsoft's word for it, W3 Hiragino's."""

FILES_OF_A_SYSTEM: Final = 20_000
"""How many files are looked at in the folders of fonts: what a system has, not what can be mounted there."""


class Face(NamedTuple):
    """A font file. `shipped` ones have their characters in cells of this size; others are to be fitted."""

    path: Path
    shipped: bool


def face(char: str, *, bold: bool = False, italic: bool = False) -> Face | None:
    """Return what draws `char`, a single character; None where no font has it."""
    for path in _shipped(bold, italic):
        if char in character_map(path):
            return Face(path, shipped=True)
    return _of_the_system(char, bold)


@cache
def _shipped(bold: bool, italic: bool) -> tuple[Path, Path]:
    style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    symbols = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    return _SHIPPED / f"JetBrainsMono-{style}.ttf", _SHIPPED / symbols


@lru_cache(maxsize=4096)
def _of_the_system(char: str, bold: bool) -> Face | None:
    for path in _system_fonts():
        if char in character_map(path):
            return Face(_bolder(path) if bold else path, shipped=False)
    return None


def _bolder(path: Path) -> Path:
    """Return the bold font beside a regular one, if there is such a file."""
    bold = path.with_name(path.name.replace("Regular", "Bold"))
    return bold if bold.exists() else path


@cache
def _system_fonts() -> tuple[Path, ...]:
    """Return the system's fonts that are known to serve, best first: the same ones in each run."""
    found = [(rank, path.name, path) for path in _files() if (rank := _rank(path)) is not None]
    return tuple(path for _, _, path in sorted(found))


def _folders() -> Iterator[Path]:
    for folder in _SYSTEM:
        with suppress(RuntimeError):  # a user without a home has no fonts there
            yield Path(folder).expanduser()


def _files() -> list[Path]:
    files: list[Path] = []
    for folder in _folders():
        for root, _, names in os.walk(folder):
            files += [Path(root, name) for name in names if name.lower().endswith(_SUFFIXES)]
            if len(files) > FILES_OF_A_SYSTEM:
                return files
    return files


def _rank(path: Path) -> tuple[int, int] | None:
    """Tell how good a font is, low being good: by its family, regular ones first. None is of no use."""
    name = normalize("NFC", path.stem).lower().translate({ord(between): None for between in " -_"})
    for number, family in enumerate(_FAMILIES):
        if name.startswith(family):
            return number, _weight(name.removeprefix(family))
    return None


def _weight(style: str) -> int:
    return 0 if style in _REGULAR else 1 if "regular" in style else 2


@lru_cache(maxsize=64)
def font(path: Path, size: float) -> ImageFont.FreeTypeFont | None:
    """Return a font of `size` pixels, None where it is broken. It has no ligatures: ``->`` stays two."""
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except (OSError, ValueError):
        return None
