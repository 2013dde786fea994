"""The pictures of a tape that was played: drawn, and written into a folder, or compared with it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.core.errors import ClientError
from client_tui.picture.compare import difference
from client_tui.picture.formats import moving, still

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.demo.take import Take


MOST_BYTES: Final = 256 * 2**20
"""How large a picture can be that is compared."""


class Mode(Enum):
    """What becomes of the pictures."""

    WRITE = "write"
    """They are written over whatever is there."""
    CHECK = "check"
    """They are compared with what is there, and nothing is written."""
    UPDATE = "update"
    """Those that differ from what is there are written."""


@dataclass(frozen=True, slots=True)
class Products:
    """Which pictures were written, and how others differ from those that are there, in words."""

    written: tuple[Path, ...] = ()
    differences: tuple[tuple[Path, str], ...] = ()


def produce(take: Take, folder: Path, mode: Mode) -> Products:
    """Draw the pictures of a tape, and write or compare them.

    Raises:
        ClientError: one cannot be written, or read.

    """
    written: list[Path] = []
    differences: list[tuple[Path, str]] = []
    for name, data in _drawn(take):
        path = folder / name
        _check(path, folder)
        words = "" if mode is Mode.WRITE else _difference(path, data)
        if mode is Mode.CHECK:
            differences += [(path, words)] if words else []
        elif mode is Mode.WRITE or words:
            _write(path, data)
            written.append(path)
    return Products(tuple(written), tuple(differences))


def _drawn(take: Take) -> Iterator[tuple[str, bytes]]:
    for picture in take.stills:
        yield picture.path, still(_suffix(picture.path), picture.scene, picture.look)
    for reel in take.reels:
        yield reel.path, moving(_suffix(reel.path), reel.film, reel.look)


def _check(path: Path, folder: Path) -> None:
    """See that a picture is in the folder for it: a link may lead out of that."""
    try:
        is_inside = Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(folder))
    except OSError as error:  # the folder in which the user is was removed
        raise ClientError("A picture is not written", f"{path}: {error.strerror}") from error
    if not is_inside:
        raise ClientError("A picture is not written", f"{path} leads out of {folder}")


def _suffix(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _difference(path: Path, data: bytes) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a link may lead to what has no end
            raise ClientError("A picture cannot be compared", f"{path} is no file")
        with path.open("rb") as file:
            expected = file.read(MOST_BYTES)
    except FileNotFoundError:
        return "there is no such picture yet"
    except OSError as error:
        raise ClientError("A picture cannot be compared", f"{path}: {error.strerror}") from error
    return difference(_suffix(path.name), expected, data)


def _write(path: Path, data: bytes) -> None:
    """Put a picture in its place at once: whoever looks at it meanwhile sees the old one, whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except FileExistsError as error:  # in the place of a folder
        raise ClientError("A picture cannot be written", f"{path.parent} is no folder") from error
    except OSError as error:
        raise ClientError("A picture cannot be written", f"{path}: {error.strerror}") from error
    finally:
        with suppress(OSError):  # it is there no more, unless something went wrong
            beside.unlink()
