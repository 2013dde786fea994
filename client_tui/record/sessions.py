"""The folder in which sessions are recorded: the names of their files, what is there, and what may go.

A file is named after when its session started, in UTC, so that names sort by time; after the
server; and after the process, against clashes. Whatever else lies in the folder is left alone.
"""

from __future__ import annotations

import fcntl
import math
import os
import re
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from client_tui.record.line_file import read_at
from client_tui.record.lines import DamagedLineError, Header, decode, moment, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX: Final = ".jsonl"
_NAME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{6})Z-[A-Za-z0-9._-]{1,60}-\d+\.jsonl")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST_HOST: Final = 60
_HEAD: Final = 64 * 1024
_TAIL: Final = 64 * 1024
_LONGEST_TAIL: Final = 16 * 2**20  # in which the last line is looked for
_SEQ: Final = re.compile(rb'\{\s*"seq"\s*:\s*(\d{1,18})\s*,')
_UNSURE: Final = 86_400.0
"""For so many seconds a file of which it cannot be told whether it is written to is taken to be."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session that was recorded.

    `started` and `changed` are in seconds since the epoch, `size` is in bytes. `count` is how
    many entries there are, None where the file's end does not say. `is_live` tells whether a
    client records into it; None where the file system does not say.
    """

    path: Path
    url: str
    started: float
    changed: float
    size: int
    count: int | None
    is_live: bool | None


def new_path(folder: Path, started: float, url: str) -> Path:
    """Return where in `folder` to record the session with `url` that started at that time."""
    time = time_text(started).replace("-", "").replace(":", "")
    return folder / f"{time}-{_host(url)}-{os.getpid()}{_SUFFIX}"


def _host(url: str) -> str:
    try:
        place = urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        place = ""
    return _UNSAFE.sub("-", place).strip("-.")[:_LONGEST_HOST] or "session"


# ---------------------------------------------------------------------- what is there


def sessions(folder: Path) -> list[SessionInfo]:
    """Return the recorded sessions in a folder, the newest first; what is none is left out."""
    with _opened(folder) as descriptor:
        found = [] if descriptor < 0 else list(_sessions(folder, descriptor))
    return sorted(found, key=lambda info: (info.started, info.path.name), reverse=True)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """Hold a folder open, so that it stays the same one; -1 where there is none."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError):
        yield -1
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _sessions(folder: Path, within: int) -> Iterator[SessionInfo]:
    for name in sorted(os.listdir(within)):
        if name.endswith(_SUFFIX):
            with suppress(OSError), _file(name, within) as descriptor:
                info = _info(folder / name, descriptor)
                if info is not None:
                    yield info


@contextmanager
def _file(name: str, within: int) -> Iterator[int]:
    """Hold a file open, never through a link, and without waiting for a pipe."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    descriptor = os.open(name, flags, dir_fd=within)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _info(path: Path, descriptor: int) -> SessionInfo | None:
    """Return what is to be said of a file; None where it is no session's.

    One with a damaged beginning is known by its name. An empty one may be a client's that is
    just about to lock it: it is not looked at.
    """
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return None
    header, named = _header(descriptor), _started(path.name)
    if header is None and named is None:
        return None
    started = named if header is None or math.isnan(header.started) else header.started
    return SessionInfo(
        path=path,
        url=header.url if header else "",
        started=status.st_mtime if started is None else started,
        changed=status.st_mtime,
        size=status.st_size,
        count=_count(descriptor, status.st_size),
        is_live=_is_live(descriptor),
    )


def _header(descriptor: int) -> Header | None:
    line = read_at(descriptor, 0, _HEAD).partition(b"\n")[0]
    try:
        header = decode(line)
    except DamagedLineError:
        return None
    return header if isinstance(header, Header) else None


def _started(name: str) -> float | None:
    """Return when a session of this file's name started; None where it is not named like ours."""
    if (parts := _NAME.fullmatch(name)) is None:
        return None
    year, month, day, hour, minute, second = parts.groups()
    try:
        return moment(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")
    except DamagedLineError:
        return None


def _count(descriptor: int, size: int) -> int | None:
    """Return the number that the last whole line bears; 0 where that is the header."""
    length = _TAIL
    while True:
        tail = read_at(descriptor, max(0, size - length), size)
        lines = tail.split(b"\n")  # the last of them is torn, or empty
        if len(lines) > 2 or (len(lines) == 2 and length >= size):
            break
        if length >= min(size, _LONGEST_TAIL):
            return None
        length *= 8
    if found := _SEQ.match(lines[-2]):
        return int(found[1])
    return 0 if len(lines) == 2 else None


def _is_live(descriptor: int) -> bool | None:
    """Tell whether a client holds the file. It holds it before it writes the header."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False  # what was locked here is free again when it is closed


# ---------------------------------------------------------------------- what may go


def clean_up(
    folder: Path, max_bytes: int | None, max_age_seconds: float | None, now: float
) -> list[SessionInfo]:
    """Delete sessions that ended longer ago than that, and the oldest until all have that size together.

    None means unlimited. What is live stays, and so does a file whose name is not one of
    `new_path`. Returns what was deleted, the oldest first.
    """
    deleted: list[SessionInfo] = []
    with _opened(folder) as within:
        if within < 0 or max_bytes is max_age_seconds is None:
            return deleted
        ours = [info for info in _sessions(folder, within) if _NAME.fullmatch(info.path.name)]
        total = sum(info.size for info in ours)
        for info in sorted(ours, key=lambda info: (info.changed, info.path.name)):
            is_old = max_age_seconds is not None and now - info.changed > max_age_seconds
            is_too_much = max_bytes is not None and total > max_bytes
            if (is_old or is_too_much) and _may_go(info, now) and _delete(info, within):
                deleted.append(info)
                total -= info.size
    return deleted


def _may_go(info: SessionInfo, now: float) -> bool:
    return now - info.changed > _UNSURE if info.is_live is None else not info.is_live


def _delete(info: SessionInfo, within: int) -> bool:
    """Delete a file if it is still as it was; tell whether it was deleted."""
    try:
        status = os.stat(info.path.name, dir_fd=within, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode) or (status.st_size, status.st_mtime) != (info.size, info.changed):
            return False
        os.unlink(info.path.name, dir_fd=within)
    except OSError:
        return False
    return True
