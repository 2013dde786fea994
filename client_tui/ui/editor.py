"""The text area that JSON is typed into: checked, coloured and helped along at each keystroke."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Span, Text
from textual.actions import SkipAction
from textual.content import Content
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea

from client_tui.core import jsontext
from client_tui.core.jsontext import Check, Empty, Incomplete, Invalid, Kind, Place, Valid, editing
from client_tui.core.redaction import covered_text
from client_tui.render.spans import Role
from client_tui.render.viewers import TOKEN_ROLES
from client_tui.ui import keys
from client_tui.ui.brackets import opener, partner
from client_tui.ui.line_window import columns_between, tokens_between
from client_tui.ui.terminal_input import pasted_text, typed_character
from client_tui.ui.verbatim import VerbatimDocument, WrappedLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.document._document import Location
    from textual.strip import Strip

    from client_tui.core.jsontext.editing import Edit
    from client_tui.core.redaction import Path

INDENT: Final = 2
PLACEHOLDER: Final = Content("type JSON, enter sends it")
# Each row of a wrapped line costs as much as the line is long, so a text with a longer one scrolls sideways.
WRAPPED_LINE: Final = 1_000
_LITERALS: Final = ("true", "false", "null")
_LAST_WORD: Final = re.compile(r"[a-z]+\Z")
_CLOSERS: Final = {Kind.OBJECT: "}", Kind.ARRAY: "]", Kind.STRING: '"'}
_PAIRS: Final = {"{": "}", "[": "]", '"': '"'}

EDITABLE: Final = 64 * 1024
"""The longest text that is edited, in characters; a longer one becomes an attachment."""


class Editor(TextArea):
    """A TextArea for JSON.

    At the text's end it shows, dimmed, what would close what is open: Tab or Right takes
    it, typing goes over it, and nothing that was not typed is ever sent. Amid the text it
    inserts brackets and quotes in pairs.

    `recall` is called with -1 where the user goes up from the first line, and with 1 where
    they go down from the last; `outgrow` with a text that has become too big to be edited.
    Both are calls and no messages, which would come behind the keys that follow.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Role, "editor--mistake", "editor--caution"}
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.EDITING)

    class Checked(Message):
        """The text has changed, and was checked."""

        def __init__(self, check: Check) -> None:
            super().__init__()
            self.check = check

        def can_replace(self, message: Message) -> bool:
            """Only the newest check is of interest."""
            return isinstance(message, Editor.Checked)

    def __init__(
        self,
        *,
        recall: Callable[[int], None],
        outgrow: Callable[[str], None],
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._recall = recall
        self._outgrow = outgrow
        self.check: Check = Empty()
        self.secrets: tuple[Path, ...] = ()
        """What is shown covered."""
        self._rendered: int | None = None
        super().__init__(
            id=id,
            tab_behavior="focus",
            highlight_cursor_line=False,
            max_checkpoints=500,
            placeholder=PLACEHOLDER,
        )
        self.indent_width = INDENT

    def on_mount(self) -> None:
        """Leave the client's commands their keys where TextArea has a use for them too: Ctrl+E, say."""
        own = self._bindings.key_to_bindings
        for key in keys.claimed(self.app._keymap) & own.keys():
            del own[key]

    # ------------------------------------------------------------------ the text

    def _set_document(self, text: str, language: str | None) -> None:
        """Hold the text in a document that changes none of it."""
        super()._set_document("", language)
        self.document: VerbatimDocument = VerbatimDocument(text)
        self.wrapped_document = WrappedLines(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def put(self, text: str) -> None:
        """Replace the whole text, in a way that undo takes back, and go to its end."""
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end, maintain_selection_offset=False)
        self.move_cursor(self.document.end)
        self.history.checkpoint()

    def update_suggestion(self) -> None:
        """Check the text: TextArea calls this after every change."""
        self.check = jsontext.check(self.text)
        self.soft_wrap = max(map(len, self.document.lines)) <= WRAPPED_LINE
        self._suggest()
        self.post_message(self.Checked(self.check))

    def watch_selection(self) -> None:
        """Take the suggestion away when the cursor leaves the text's end."""
        self._suggest()

    def _suggest(self) -> None:
        self.suggestion = self.closers if self.cursor_at_end_of_text and self.selection.is_empty else ""

    @property
    def closers(self) -> str:
        """What closes what was opened on the cursor's line, the innermost first."""
        if not isinstance(self.check, Incomplete) or self._ends_in_half_a_word:
            return ""
        line = self.document.line_count
        here = [opened.kind for opened in reversed(self.check.opened) if opened.place.line == line]
        return "".join(_CLOSERS[kind] for kind in here)

    @property
    def _ends_in_half_a_word(self) -> bool:
        """Whether the text breaks off within `true`, `false` or `null`: to close it there is a mistake."""
        word = _LAST_WORD.search(self.document[self.document.line_count - 1])
        opened = self.check.opened if isinstance(self.check, Incomplete) else ()
        in_string = bool(opened) and opened[-1].kind is Kind.STRING
        return word is not None and not in_string and word[0] not in _LITERALS

    # ------------------------------------------------------------------ typing

    async def on_key(self, event: events.Key) -> None:
        """Do what a key does, in the order in which keys were pressed.

        Textual runs a binding only after the key has bubbled up to the app; by then the
        keys after it, of somebody who types fast or of a script, are in the text.
        """
        event.prevent_default()
        self._restart_blink()
        char = typed_character(event)
        if char is None:
            # Ctrl+Enter comes from xterm as ctrl+\r.
            handled = await self._command(event.key.replace("\r", "enter"))
        else:
            handled = True
            if self.display:  # else an attachment has taken its place while the key was on its way
                self._type(char)
        if handled:
            event.stop()

    async def _command(self, key: str) -> bool:
        """Do what a key means that types nothing; tell whether it means anything here."""
        if key == "tab" and self.text:  # an empty composer lets it move the focus
            if self.suggestion:  # to insert nothing would be a step for undo to take back
                self.insert(self.suggestion)
            return True
        if await self._run_binding(key):
            return True
        if key == "enter" and self.display:  # which was given to no command
            self.action_new_line()
            return True
        return False

    async def _run_binding(self, key: str) -> bool:
        """Run the action that a key is bound to here or in the composer; tell whether there was one."""
        bound = self.screen.active_bindings.get(key)
        if bound is None or bound.node not in (self, self.parent):
            return False
        return await self.app.run_action(bound.binding.action, bound.node)

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted as it is, where TextArea would change its line breaks."""
        event.stop()
        event.prevent_default()
        self._take(pasted_text(event.text))

    def action_paste(self) -> None:
        """Insert what was copied in the client itself."""
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        """Put a text in the place of the selection, in a step of its own for undo."""
        start, end = sorted(self.selection)
        before = self.document.get_text_range(self.document.start, start)
        after = self.document.get_text_range(end, self.document.end)
        if len(before) + len(text) + len(after) > EDITABLE:
            self._outgrow(before + text + after)
            return
        self.history.checkpoint()
        self.replace(text, start, end, maintain_selection_offset=False)
        self.history.checkpoint()

    def _type(self, char: str) -> None:
        """Insert what was typed, with what belongs to it."""
        if not self._typed(char):
            self.replace(char, *self.selection, maintain_selection_offset=False)

    def _typed(self, char: str) -> bool:
        """Do what typing `char` calls for, and tell whether that was anything but inserting it."""
        if not self.selection.is_empty:
            return char in _PAIRS and self._enclose(char)
        row, column = self.cursor_location
        line = self.document[row]
        if char in "]}" and not line[:column].strip() and self._dedent(row, column, char):
            return True
        if self.cursor_at_end_of_text:
            return False  # what closes it is shown already, and is typed or taken
        edit = editing.typed(char, line, column)
        if edit is not None:
            self._apply(edit)
        return edit is not None

    def _apply(self, edit: Edit) -> None:
        """Carry out an edit at the cursor."""
        row, column = self.cursor_location
        self.replace(edit.insert, (row, column), (row, column + edit.over), maintain_selection_offset=False)
        before = edit.insert[: edit.caret].split("\n")
        self.move_cursor((row + len(before) - 1, len(before[-1]) + (column if len(before) == 1 else 0)))

    def _enclose(self, char: str) -> bool:
        start, end = sorted(self.selection)
        self.replace(char + self.selected_text + _PAIRS[char], start, end)
        return True

    def _dedent(self, row: int, column: int, closer: str) -> bool:
        """Put a closing bracket that begins its line below the beginning of the line that it closes."""
        opened = opener(self.document.lines, (row, column - 1))
        if opened is None or opened[0] == row:
            return False
        above = self.document[opened[0]]
        indent = above[: len(above) - len(above.lstrip(" \t"))]
        if len(indent) < column:
            self.replace(indent + closer, (row, 0), (row, column), maintain_selection_offset=False)
        return len(indent) < column

    def action_new_line(self) -> None:
        """Break the line, and indent the new one as deep as it stands in the document."""
        if not self.selection.is_empty:
            self.replace("", *self.selection, maintain_selection_offset=False)
        row, column = self.cursor_location
        self._apply(editing.line_break(self.document[row], column, INDENT))

    def action_delete_left(self) -> None:
        """Rub a character out, and the partner that was typed with it where nothing stands between."""
        row, column = self.cursor_location
        if self.selection.is_empty and editing.between_pair(self.document[row], column):
            self.replace("", (row, column - 1), (row, column + 1), maintain_selection_offset=False)
        else:
            super().action_delete_left()

    def action_copy(self) -> None:
        """Copy what is selected; where nothing is, Ctrl+C means what it means in any terminal."""
        if self.selection.is_empty:
            raise SkipAction
        super().action_copy()

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up, and from the first line on to what was sent before."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self._recall(-1)
            return
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down, and from the last line on to what was sent after."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self._recall(1)
            return
        super().action_cursor_down(select)

    def action_cursor_page_up(self) -> None:
        """Page up in a text that is taller than the pane; in any other, leave the key to the history."""
        self._page(super().action_cursor_page_up)

    def action_cursor_page_down(self) -> None:
        """Page down in a text that is taller than the pane; in any other, leave the key to the history."""
        self._page(super().action_cursor_page_down)

    def _page(self, turn: Callable[[], None]) -> None:
        if self.wrapped_document.height <= self.size.height:
            raise SkipAction
        turn()

    # ------------------------------------------------------------------ how it looks

    def render_line(self, y: int) -> Strip:
        """Render a row, and note which one: no more of its line is coloured than stands in it."""
        self._rendered = y + self.scroll_offset.y
        try:
            return super().render_line(y)
        finally:
            self._rendered = None

    def get_line(self, line_index: int) -> Text:
        """Return a line in colour, its mistakes underlined."""
        line = self.document.get_line(line_index)
        start, end = self._seen(line_index)
        styles = {kind: self._role(role) for kind, role in TOKEN_ROLES.items()}
        spans = [
            Span(token.start, token.end, styles[token.kind]) for token in tokens_between(line, start, end)
        ]
        verbatim = self.document.verbatim_line(line_index)
        if verbatim is not line:
            stand_in = self._role(Role.ESCAPE)
            spans += [Span(at, at + 1, stand_in) for at in range(start, end) if verbatim[at] != line[at]]
        spans += self._underlines(line_index, len(line))
        if self.secrets:
            line = self._covered(line, line_index)
        return Text(line, end="", no_wrap=True, spans=spans)

    def _covered(self, line: str, row: int) -> str:
        """Return a line with what is secret in it covered; what it belongs to may stand on other lines."""
        covered = covered_text(self.text, self.secrets).split("\n")[row]
        pairs = zip(line, covered, self.document.verbatim_line(row), strict=True)
        return "".join(shown if shown != typed else char for char, shown, typed in pairs)

    def _seen(self, row: int) -> tuple[int, int]:
        """Return the columns between which a line stands in the row that is rendered, or else all of it."""
        line = self.document[row]
        if self._rendered is None:
            return 0, len(line)
        if not self.soft_wrap:
            return columns_between(line, self.scroll_offset.x, self.scroll_offset.x + self.size.width)
        _, start = self.wrapped_document.offset_to_location(Offset(0, self._rendered))
        breaks = self.wrapped_document.get_offsets(row)
        following = bisect_right(breaks, start)
        return start, breaks[following] if following < len(breaks) else len(line)

    def _role(self, role: str) -> Style:
        return self.get_component_rich_style(role, partial=True)

    def _underlines(self, row: int, length: int) -> Iterator[Span]:
        style = self._role("editor--mistake" if isinstance(self.check, Invalid) else "editor--caution")
        for place in self._places():
            start = place.column - 1 if place.line == row + 1 else 0
            if place.line == row + 1:
                yield Span(start, min(length + 1, start + place.end - place.start), style)

    def _places(self) -> list[Place]:
        if isinstance(self.check, Invalid):
            return [self.check.place]
        return [caution.place for caution in self.check.cautions] if isinstance(self.check, Valid) else []

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return where the partner of a bracket stands, brackets inside strings left out."""
        return partner(self.document.lines, bracket, search_from)
