"""Tapes as files: those of the user, and those that come with the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.core.errors import ClientError
from client_tui.demo.tape.parse import LARGEST, parse
from client_tui.settings.wrong import nearest
from client_tui.ui.themes import theme_names

if TYPE_CHECKING:
    from client_tui.demo.tape import Mistakes, Tape

SUFFIX: Final = ".tape"
_BUNDLED: Final = Path(__file__).with_name("tapes")
_MOST_BYTES: Final = 4 * LARGEST  # of UTF-8, for so many characters


@dataclass(frozen=True, slots=True)
class Bundled:
    """A tape that comes with the package; `about` is its first line, a comment."""

    name: str
    path: Path
    about: str


def bundled() -> list[Bundled]:
    """Return the tapes that come with the package, by their names."""
    return [_described(path) for path in sorted(_BUNDLED.glob(f"*{SUFFIX}"))]


def _described(path: Path) -> Bundled:
    first = path.read_text("utf-8").partition("\n")[0]
    return Bundled(path.stem, path, first.lstrip("# "))


def find(name: str) -> tuple[Path, Path]:
    """Return the tape that is meant, and the folder for its pictures.

    That is the file's own; for a tape of the package, which goes by its name alone, the
    folder in which the user is.
    """
    path = Path(name)
    for tape in bundled():
        if tape.name == name and not _is_file(path):
            return tape.path, Path()
    return path, path.parent


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the folder in which the user is may not be looked into
        return False


def read_tape(path: Path) -> Tape | Mistakes:
    """Read a tape, and those that it goes on with.

    Raises:
        ClientError: the file cannot be read.

    """
    try:
        text = _read(path)
    except OSError as error:
        raise ClientError("The tape cannot be read", f"{path}: {_reason(path, error)}") from error
    except UnicodeDecodeError as error:
        raise ClientError("The tape cannot be read", f"{path}: it is not UTF-8") from error
    except ValueError as error:
        raise ClientError("The tape cannot be read", f"{path}: {error}") from error
    return parse(text, str(path), read=_read, themes=theme_names())


def _reason(path: Path, error: OSError) -> str:
    """Say why a file cannot be read; a name without an ending may be meant for a tape of the package."""
    if not isinstance(error, FileNotFoundError) or path.suffix or len(path.parts) > 1:
        return error.strerror or str(error)
    remedy = nearest(path.name, (each.name for each in bundled()))
    return f"there is no such file, and no such tape in the package: {remedy}"


def _read(path: Path) -> str:
    """Return the text of a file, its line ends as they are; no more is read than a tape can have."""
    if path.is_fifo():  # nobody may ever write into it
        raise ValueError("it is a named pipe, and no file")
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"a tape has at most {LARGEST:,} characters")
    return data.decode("utf-8-sig")
