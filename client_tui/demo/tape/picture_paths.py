"""Where a tape may write its pictures: in the folder that was named for them, and below it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from client_tui.demo.tape.quoting import either

if TYPE_CHECKING:
    from client_tui.demo.tape.reader import Reader

FILMS: Final = ("gif", "webp", "cast", "svg")
STILLS: Final = ("svg", "png", "txt", "html")
_NO_FFMPEG: Final = "is made by ffmpeg, which is not needed here: a film is a gif, webp, cast or svg"
_STILL: Final = "is a picture, not a film: Screenshot takes one"
_REFUSED: Final = {
    "mp4": _NO_FFMPEG,
    "webm": _NO_FFMPEG,
    "png": _STILL,
    "html": _STILL,
    "txt": _STILL,
    "ascii": "is a text, not a film: Screenshot NAME.txt takes one",
    "test": "is a text, not a film: Screenshot NAME.txt takes one",
}
_ELSEWHERE: Final = re.compile(r"[\\:]")


def film(reader: Reader) -> str:
    """Take the path of a film."""
    return _path(reader, FILMS, _REFUSED)


def still(reader: Reader) -> str:
    """Take the path of a picture."""
    return _path(reader, STILLS, dict.fromkeys(FILMS, "is a film, not a picture: Output writes one"))


def _path(reader: Reader, suffixes: tuple[str, ...], others: dict[str, str]) -> str:
    reader.ends()
    here = reader.at
    path = reader.argument("the path of a file")
    if wrong := _outside(path) or _wrong_suffix(path, suffixes, others):
        reader.refuse(wrong, here, reader.at)
    return str(PurePosixPath(path))


def _outside(path: str) -> str | None:
    """Say why a path is none below the folder of the pictures: a stranger's tape must not write elsewhere."""
    if _ELSEWHERE.search(path):
        return f"{path} holds a backslash or a colon: folders stand behind slashes, as in img/hello.gif"
    if path.startswith("/") or ".." in path.split("/"):
        return f"{path} leads out of the folder of the pictures: name a file in it, or below it"
    return None


def _wrong_suffix(path: str, suffixes: tuple[str, ...], others: dict[str, str]) -> str | None:
    written = either(suffixes)
    if path.endswith("/"):
        return f"{path} is a folder: one file is written, a {written}"
    suffix = PurePosixPath(path).suffix[1:].lower()
    if suffix in suffixes:
        return None
    return f"{path} {others.get(suffix, f'has none of the endings that are written: {written}')}"
