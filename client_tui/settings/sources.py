"""The three places that settings come from, each read into a layer: what it gives, and where exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from client_tui.settings.options import PREFIX, Option
from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

LARGEST: Final = 2**20
"""Bytes of a settings file."""


@dataclass(frozen=True, slots=True)
class Given:
    """One value that was given, and the flag, variable or file key that gave it."""

    value: Any
    where: str


Layer = dict[str, Given]


def from_flags(flags: Mapping[str, object], table: Iterable[Option]) -> Layer:
    """Read the flags; one that is None was not given."""
    named = ((option, flags.get(option.name)) for option in table)
    return {option.name: Given(value, option.flag) for option, value in named if value is not None}


def from_environment(environ: Mapping[str, str], table: Sequence[Option]) -> Layer | Wrong:
    """Read the variables; an empty one counts as not set, an unknown one is a mistake."""
    known = {PREFIX + option.name.upper(): option for option in table if option.variable}
    layer: Layer = {}
    for variable, value in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable == f"{PREFIX}CONFIG" or not value:
            continue
        if variable not in known:
            return Wrong(f"there is no such variable: {nearest(variable, known)}", variable)
        option = known[variable]
        layer[option.name] = Given(_several(value, option.separator), variable)
    return layer


def _several(value: str, separator: str) -> str | list[str]:
    """Split a variable that may hold several values."""
    if not separator:
        return value
    return [stripped for each in value.split(separator) if (stripped := each.strip())]


def from_file(path: Path, table: Sequence[Option], *, named_by: str = "") -> Layer | Wrong:
    """Read the TOML file at `path`. It may be missing, unless a flag or a variable names it: `named_by`."""
    document = _read_toml(path)
    if document is None:
        return Wrong(f"there is no file {path}", named_by) if named_by else {}
    if isinstance(document, Wrong):
        return document.at(str(path))
    known = {option.name for option in table}
    for key in document:
        if key not in known:
            return Wrong(f"there is no such setting: {nearest(key, known)}", f"{path}: {key}")
    return {key: Given(value, f"{path}: {key}") for key, value in document.items()}


def _read_toml(path: Path) -> dict[str, object] | Wrong | None:
    """Return the document, what is wrong with it, or None where there is no file."""
    import tomllib  # most people have no file

    try:
        if path.is_fifo():  # nobody may ever write into it
            return Wrong("is a named pipe, and no file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Wrong(f"is larger than any settings file: it has at most {LARGEST:,} bytes")
        return tomllib.loads(data.decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):  # a home may be /dev/null
        return None
    except OSError as error:
        return Wrong(f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Wrong(f"is not UTF-8 in line {line}: save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return Wrong(f"is not TOML: {error}")
    except RecursionError:
        return Wrong("is nested too deeply")
