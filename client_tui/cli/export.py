"""The command `jsonws-tui export`: a recording in another format, all of it or what matches a filter."""

from __future__ import annotations

import os
import signal
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.cli.source import open_source
from client_tui.cli.talk import refuse, say, standard_output
from client_tui.core import amounts
from client_tui.core.errors import ClientError
from client_tui.core.frame import Frame
from client_tui.core.query import Jq, Mistake, parse
from client_tui.finding.jq_program import LARGEST
from client_tui.finding.matcher import Matcher, WrongQueryError
from client_tui.record.export_file import export_file
from client_tui.record.exports import export
from client_tui.record.lines import Header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client_tui.core.frame import Entry
    from client_tui.record.opened import OpenedRecording

_SLICE: Final = 2_000


def export_recording(name: str, to: str, text: str, out: str) -> int:
    """Write the recording of this name ("-" is standard input) in the format `to`; return the exit status.

    `text` is a filter, "" for everything; `out` is the name of a new file, "" for standard output.
    """
    if text:  # an expression that never ends would keep Python from hearing of Ctrl+C
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        filtered = _Filter(text)
    except WrongQueryError as error:
        return refuse(f"--filter: column {error.mistake.start + 1}: {error.mistake.reason}")
    try:
        opened = open_source(name, _standard_input() if name == "-" else None, whole=True)
        _write(opened, filtered, to, out)
    except ClientError as error:
        return refuse(str(error))
    for words in filter(None, (opened.torn, filtered.words)):
        say(f"{name}: {words}")
    return 0


def _standard_input() -> int:
    try:
        if os.isatty(0):
            raise ClientError("standard input is the terminal", "pipe a recording into it, or name its file")
        return os.dup(0)
    except OSError as error:
        raise ClientError("standard input", str(error.strerror)) from error


def _write(opened: OpenedRecording, filtered: _Filter, to: str, out: str) -> None:
    every = _entries(opened)
    first = list(islice(every, 1))
    header = opened.header or Header("", "", first[0].at if first else 0.0)
    entries = filtered(chain(first, every))
    if out:
        size = export_file(Path(out), entries, header, to)
        say(f"{out}: {filtered.count:,} entries, {amounts.size(size)}")
        return
    with standard_output() as stream:
        export(entries, header, to, stream)


def _entries(opened: OpenedRecording) -> Iterator[Entry]:
    """Yield what is recorded by now, up to the file's end."""
    while entries := opened.read(_SLICE):
        yield from entries


class _Filter:
    """Lets pass what matches; `count` is how many did, `words` tell what could not be looked at.

    Raises:
        WrongQueryError: the text is no query.

    """

    def __init__(self, text: str) -> None:
        self._matches = Matcher((text,), control=True).matches
        query = parse(text)
        terms = () if isinstance(query, Mistake) else query.terms
        self._asks_jq = any(isinstance(term.asked, Jq) for term in terms)
        self._too_large = 0
        self.count = 0

    def __call__(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries that match."""
        for entry in entries:
            self._too_large += self._asks_jq and isinstance(entry, Frame) and len(entry.payload) > LARGEST
            if self._matches(entry):
                self.count += 1
                yield entry

    @property
    def words(self) -> str:
        if not self._too_large:
            return ""
        return f"{self._too_large:,} entries are left out: jq takes no more than {amounts.size(LARGEST)} each"
