"""One entry in full: pretty, raw and in hex, to be read and copied from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from client_tui.core import amounts, jsontext
from client_tui.core.frame import Entry, Frame, Notice
from client_tui.core.printable import printable
from client_tui.render.spans import Line, Role, foreign
from client_tui.render.viewers import HEX, JSON, TEXT, json_spans, viewer_for
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.clipboard import copy, copy_entry
from client_tui.ui.document_view import NOTHING, Document, DocumentView
from client_tui.ui.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

# Finding a line's path means walking to the document's beginning: in a longer one only on request.
_PATH_LINES: Final = 20_000
_AT_ONCE: Final = 256 * 1024  # bytes; a larger payload is laid out in a thread


class Face(NamedTuple):
    """One way to look at an entry. `lines` may take a while, and may be called in a thread."""

    name: str
    lines: Callable[[], Sequence[str]]
    spans: Callable[[str], Line]
    is_pretty: bool = False
    may_be_long: bool = True
    """Whether there may be lines that take many rows."""

    def document(self) -> Document:
        """Return what is seen this way; it takes as long as `lines`."""
        return Document(self.lines(), self.spans, may_be_long=self.may_be_long)

    def text(self) -> str:
        """Return the lines as they can be copied; it takes as long as `lines`."""
        return "\n".join(self.lines())


def faces(entry: Entry) -> list[Face]:
    """Return the ways to look at an entry, the best first."""
    if not isinstance(entry, Frame):
        return [Face("notice", lambda: _notice_lines(entry), lambda text: foreign(text, Role.PLAIN))]
    viewer = viewer_for(entry)
    hex_face = Face("hex", lambda: HEX.lines(entry), HEX.spans, may_be_long=False)
    if viewer is JSON:
        pretty = Face("pretty", lambda: JSON.lines(entry), JSON.spans, is_pretty=True)
        return [pretty, Face("raw", lambda: TEXT.lines(entry), json_spans), hex_face]
    if viewer is TEXT:
        return [Face("raw", lambda: TEXT.lines(entry), TEXT.spans), hex_face]
    return [hex_face, Face("raw", lambda: TEXT.lines(entry), TEXT.spans)]


def _notice_lines(notice: Notice) -> list[str]:
    detail = notice.detail.split("\n") if notice.detail else []
    return [notice.text, *(line.removesuffix("\r") for line in detail)]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An entry of the transcript: its index there, and the seconds since the last sent frame before it."""

    index: int
    entry: Entry
    since_sent: float | None


class Inspector(ModalScreen[Entry | None]):
    """Shows an entry while the traffic goes on behind it; ends with the entry where it is to be reused.

    `step` goes so many rows on from the entry with an index, and returns the one there.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.INSPECTOR)

    def __init__(self, inspected: Inspected, step: Callable[[int, int], Inspected]) -> None:
        super().__init__()
        self._inspected = inspected
        self._step = step
        self._faces = faces(inspected.entry)
        self._face = 0

    def compose(self) -> ComposeResult:
        """Make the frame, the document in it, and the keys below it."""
        with Vertical(id="inspector"):
            yield DocumentView(id="document")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what was asked for."""
        self._open()

    @property
    def document(self) -> DocumentView:
        """The pane with the lines."""
        return self.query_one(DocumentView)

    @property
    def entry(self) -> Entry:
        """What is shown."""
        return self._inspected.entry

    @property
    def face(self) -> Face:
        """How the entry is looked at."""
        return self._faces[self._face]

    # ------------------------------------------------------------------ what is shown

    def _open(self) -> None:
        frame = self.query_one("#inspector")
        frame.border_title = Content(self._title())
        self.workers.cancel_group(self, "lay-out")
        if self._is_large:
            frame.border_subtitle = Content("laying it out …")
            self.document.show(NOTHING)
            self._lay_out(self.face)
        else:
            self.document.show(self.face.document())

    @property
    def _is_large(self) -> bool:
        return isinstance(self.entry, Frame) and len(self.entry.payload) > _AT_ONCE

    @work(group="lay-out", exclusive=True)
    async def _lay_out(self, face: Face) -> None:
        self.document.show(await in_thread(face.document, name="lay out"))

    def _title(self) -> str:
        index, entry, since_sent = self._inspected.index, self.entry, self._inspected.since_sent
        time = amounts.time_of_day(entry.at)
        if not isinstance(entry, Frame):
            return f"#{index + 1:,} · {time}"
        latency = f" · +{amounts.duration(since_sent)}" if since_sent is not None else ""
        kind = f"{entry.opcode.name.lower()} {entry.direction.value}"
        size = (
            f"{len(entry.payload):,} B" if len(entry.payload) < 10_000 else amounts.size(len(entry.payload))
        )
        views = " ".join(f"[{face.name}]" if face is self.face else face.name for face in self._faces)
        return f"#{index + 1:,} · {kind} · {time} · {size}{latency} · {views}"

    @on(DocumentView.Moved)
    def _moved(self, event: DocumentView.Moved) -> None:
        event.stop()
        lines = self.document.document.lines
        if not lines:
            return
        line = self.document.cursor_line
        where = f"line {line + 1:,} of {len(lines):,}"
        if self.face.is_pretty and len(lines) <= _PATH_LINES:
            where = f"{where} · {printable(jsontext.path_of(lines, line))}"
        self.query_one("#inspector").border_subtitle = Content(where)

    def action_next_view(self) -> None:
        """Look at the entry in another way."""
        self._face = (self._face + 1) % len(self._faces)
        self._open()

    def action_step(self, rows: int) -> None:
        """Open the entry before or after this one, and look at it in the same way if that can be."""
        inspected = self._step(self._inspected.index, rows)
        if inspected.index == self._inspected.index:
            return
        name = self.face.name
        self._inspected = inspected
        self._faces = faces(self.entry)
        self._face = next((at for at, face in enumerate(self._faces) if face.name == name), 0)
        self._open()

    def action_close(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    # ------------------------------------------------------------------ what is taken from it

    def action_copy(self) -> None:
        """Copy the frame as it was on the wire."""
        copy_entry(self.app, self.entry)

    def action_copy_pretty(self) -> None:
        """Copy the lines of the document laid out."""
        if self._is_large:
            self._copy_large(self._faces[0])
        else:
            self._copy_laid_out(self._faces[0].text())

    @work(group="copy", exclusive=True)
    async def _copy_large(self, face: Face) -> None:
        self._copy_laid_out(await in_thread(face.text, name="copy"))

    def _copy_laid_out(self, text: str) -> None:
        copy(self.app, text, f"the {self._kind} laid out")

    @property
    def _kind(self) -> str:
        return "frame" if isinstance(self.entry, Frame) else "notice"

    def action_copy_path(self) -> None:
        """Copy the path of the line under the cursor."""
        if self._is_on_json():
            path = jsontext.path_of(self.document.document.lines, self.document.cursor_line)
            copy(self.app, path, path)

    def action_copy_value(self) -> None:
        """Copy the value that begins on the line under the cursor."""
        if self._is_on_json():
            value = jsontext.value_of(self.document.document.lines, self.document.cursor_line)
            copy(self.app, value, "the value")

    def _is_on_json(self) -> bool:
        if not self.face.is_pretty:
            self.app.clear_notifications()  # a key pressed again need not pile them up
            self.notify("Paths and values are those of the pretty view", severity="warning", markup=False)
        return self.face.is_pretty and bool(self.document.document.lines)

    def action_reuse(self) -> None:
        """Put the frame into the composer, and go there."""
        self.dismiss(self.entry)
