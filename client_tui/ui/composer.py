"""The input pane: what will be sent, and whether it is JSON."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on, work
from textual.app import SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content

from client_tui import external_editor
from client_tui.core import amounts, jsontext
from client_tui.core.errors import ClientError
from client_tui.core.jsontext import LARGE, Incomplete, Invalid, Valid
from client_tui.core.printable import printable
from client_tui.core.recall import Recall
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.attachment import Attachment
from client_tui.ui.editor import EDITABLE, Editor
from client_tui.ui.terminal_input import pasted_text
from client_tui.ui.verdict import STYLES, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.jsontext import Check

_TITLE: Final = Content("JSON")


class SentDocuments(Protocol):
    """What was sent before, the oldest first; it takes what is sent now."""

    @property
    def entries(self) -> Sequence[str]:
        """The documents."""

    def add(self, text: str) -> None:
        """Keep one more."""

    def take_problem(self) -> str | None:
        """Return why the list does not survive this run, once; None where it does."""


class Composer(Vertical):
    """An editor, or an attachment in its place, in a frame that carries the verdict.

    `sent` is the list that Up and Down walk through. `submit` takes a text to be sent, or
    returns in words why it does not.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.COMPOSER)

    def __init__(
        self,
        sent: SentDocuments,
        submit: Callable[[str], str | None],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._sent = sent
        self._submit = submit
        self._refused: Check | None = None
        self._unsent: list[str] = []  # whatever their size: nothing else has them
        self._recall = Recall(sent.entries)
        self.border_title = _TITLE

    def compose(self) -> ComposeResult:
        """Make the editor, and the place of an attachment."""
        yield Editor(recall=self.action_recall, outgrow=self._hold, id="editor")
        yield Attachment(recall=self.action_recall, id="attachment")

    def on_mount(self) -> None:
        """Say what kept the list from being read."""
        self._tell_problem()

    @property
    def editor(self) -> Editor:
        """Where the text is typed."""
        return self.query_one(Editor)

    @property
    def attachment(self) -> Attachment:
        """What is too big to be typed."""
        return self.query_one(Attachment)

    @property
    def holds_attachment(self) -> bool:
        """Whether an attachment stands in the editor's place."""
        return self.has_class("-attachment")

    @property
    def text(self) -> str:
        """What would be sent."""
        return self.attachment.text if self.holds_attachment else self.editor.text

    @property
    def check(self) -> Check | None:
        """What the text is; None while an attachment is still being checked."""
        return self.attachment.check if self.holds_attachment else self.editor.check

    # ------------------------------------------------------------------ what the text is

    def put(self, text: str) -> None:
        """Replace what is there: in the editor, or as an attachment where it is too big for it."""
        self._recall.restart()
        self._replace(text)

    def _replace(self, text: str) -> None:
        if len(text) > EDITABLE:
            self._hold(text)
            return
        self._release()
        self.editor.put(text)

    def clear(self) -> None:
        """Empty it, after its text was sent."""
        self._recall.restart()
        self._release()
        self.editor.put("")

    def keep(self, text: str) -> None:
        """Keep a text in the list that Up and Down walk through."""
        self._sent.add(text)
        self._unsent = [unsent for unsent in self._unsent if unsent != text]
        self._recall = self._new_walk()
        self._tell_problem()

    def _new_walk(self) -> Recall:
        """Return a walk that leads through what could not be sent first, then through what was."""
        unsent = set(self._unsent)
        return Recall([*(text for text in self._sent.entries if text not in unsent), *self._unsent])

    def _tell_problem(self) -> None:
        problem = self._sent.take_problem()
        if problem is not None:
            self.app.notify(printable(problem), severity="warning", markup=False)

    def restore(self, text: str) -> bool:
        """Give back a text that could not be sent: into the composer, or as the next that Up brings.

        Tells whether it is in the composer. Where something else is being typed that stays
        there; a draft that was left behind in a walk is one step behind `text`.
        """
        draft = self._recall.restart()
        self._unsent = [unsent for unsent in self._unsent if unsent != text]
        self._unsent += [draft, text] if draft else [text]
        self._recall = self._new_walk()
        if self.text:
            return False
        self.action_recall(-1)
        return True

    def _hold(self, text: str) -> None:
        self.attachment.hold(text)
        self.add_class("-attachment")
        size = amounts.size(len(text.encode("utf-8", "surrogatepass")))
        self.border_title = Content(f"JSON · attachment of {size}: enter sends it, escape drops it")
        self.attachment.focus()
        self._show_verdict(None)
        self._examine(text)

    def _release(self) -> None:
        if self.holds_attachment:
            self.remove_class("-attachment")
            self.border_title = _TITLE
            self.attachment.hold("")
            self.editor.focus()
            self._show_verdict(self.editor.check)

    @work(exclusive=True, group="examine")
    async def _examine(self, text: str) -> None:
        """Check an attachment outside of the event loop: it may be many megabytes."""
        check = await in_thread(lambda: jsontext.check(text), name="check")
        if self.holds_attachment and self.attachment.text is text:  # and was not dropped meanwhile
            self.attachment.check = check
            self._show_verdict(check)

    @on(Editor.Checked)
    def _checked(self, event: Editor.Checked) -> None:
        event.stop()
        # A key that followed at once may have changed the text since, or been refused for what it is.
        is_news = event.check is self.editor.check and event.check is not self._refused
        if is_news and not self.holds_attachment:
            self._show_verdict(event.check)

    def _show_verdict(self, check: Check | None) -> None:
        words, style = verdict(check) if check is not None else Verdict("… checking", "-empty")
        classes = self.classes.difference(STYLES, ("-refused",)) | {style}
        if classes != self.classes:  # a change costs milliseconds: everything in here is styled anew
            self.classes = classes
        self.border_subtitle = Content(words)

    # ------------------------------------------------------------------ sending

    def action_enter(self) -> None:
        """Send a valid document, break the line in an incomplete one, refuse an invalid one."""
        if isinstance(self.check, Incomplete) and not self.holds_attachment and not self._in_string:
            self.editor.action_new_line()
        else:
            self.action_send()

    @property
    def _in_string(self) -> bool:
        """Whether a string is open: a line break in it would be a mistake."""
        return isinstance(self.check, Incomplete) and any(
            opened.kind is jsontext.Kind.STRING for opened in self.check.opened
        )

    def action_send(self) -> None:
        """Send a valid document; refuse anything else, in the frame that carries the reason."""
        if isinstance(self.check, Valid):
            self._send()
        else:
            self._refuse_as_it_is("nothing was sent")

    def action_send_anyway(self) -> None:
        """Send the text as it is."""
        self._send()

    def _send(self) -> None:
        """Hand the text over, and empty the composer before the next key is typed into it."""
        text = self.text
        why_not = self._submit(text)
        if why_not is not None:
            self._refuse(f"✗ nothing was sent: {why_not}")
            return
        self.keep(text)
        self.clear()

    def _refuse_as_it_is(self, what: str) -> None:
        """Say that `what` is so because the text is not a whole document; an empty one needs no words."""
        match self.check:
            case None:
                self._refuse(f"✗ {what}: it is still being checked")
            case Incomplete() as check:
                self._refuse(f"✗ {what}: {verdict(check).words.removeprefix('… ')}")
            case Invalid() as check:
                self._refuse(verdict(check).words)

    def _refuse(self, words: str) -> None:
        """Say in the frame why nothing was done, until the text changes."""
        self._refused = self.check
        self.border_subtitle = Content(words)
        self.add_class("-refused")
        self.app.bell()

    def forget_refusal(self) -> None:
        """Say again what the text is: why it was refused does not hold any more."""
        if self.has_class("-refused"):
            self._refused = None
            self._show_verdict(self.check)

    # ------------------------------------------------------------------ editing

    def action_new_line(self) -> None:
        """Break the line."""
        if not self.holds_attachment:
            self.editor.action_new_line()

    def action_format(self) -> None:
        """Lay the document out over lines."""
        self._relay(jsontext.pretty)

    def action_minify(self) -> None:
        """Take the white space between the tokens out."""
        self._relay(jsontext.compact)

    def _relay(self, layout: Callable[[str], str]) -> None:
        if not isinstance(self.check, Valid):
            self._refuse_as_it_is("nothing was laid out")
            return
        if len(self.text) > LARGE:
            self._refuse("✗ nothing was laid out: the text is too large for it")
            return
        laid_out = layout(self.text)
        if laid_out != self.text:
            self.put(laid_out)

    def action_go_to_mistake(self) -> None:
        """Put the cursor on what is wrong."""
        check = self.editor.check
        if isinstance(check, Invalid) and not self.holds_attachment:
            self.editor.move_cursor((check.place.line - 1, check.place.column - 1))
            self.editor.focus()

    def action_clear(self) -> None:
        """Empty the composer."""
        self.clear()

    def action_recall(self, direction: int) -> None:
        """Walk through what was sent."""
        text = self._recall.step(direction, self.text)
        if text is None:
            return
        self._replace(text)
        if direction < 0 and not self.holds_attachment:
            self.editor.move_cursor((0, len(self.editor.document[0])))

    @on(Attachment.Dropped)
    def _dropped(self, event: Attachment.Dropped) -> None:
        event.stop()
        self._recall.restart()
        self._release()

    def paste(self, text: str) -> None:
        """Take in what was pasted while something else had the focus: at the text's end."""
        self.put(self.text + pasted_text(text))
        self.focus_input()

    def type(self, character: str) -> None:
        """Take a character that was typed while something else had the focus."""
        self.focus_input()
        if not self.holds_attachment:
            self.editor.insert(character)

    def focus_input(self) -> None:
        """Make this the pane that is typed into, at once: the next key is for it."""
        self.screen.set_focus(self.attachment if self.holds_attachment else self.editor)

    def action_open_editor(self) -> None:
        """Edit the text in the user's own editor, the client suspended meanwhile."""
        self._edit_elsewhere(self.text)

    @work(exclusive=True, group="editor")
    async def _edit_elsewhere(self, text: str) -> None:
        """Give the terminal to the user's editor, and take in what it saved.

        The wait is in a thread, so that the connection lives on: pings are answered, and
        what arrives is in the history afterwards. Nothing is painted meanwhile.
        """
        saved, problem = text, None
        try:
            with self.app.batch_update(), self.app.suspend():
                try:
                    saved = await asyncio.to_thread(external_editor.edit, text)
                except (ClientError, OSError) as error:  # let out of this block, it would leave us suspended
                    problem = str(error)
        except SuspendNotSupported:
            problem = "it needs a terminal of its own, and there is none here"
        if problem is not None:
            self.app.notify(
                printable(problem), title="The editor did not open", severity="error", markup=False
            )
        elif saved != text:
            self.put(saved)
