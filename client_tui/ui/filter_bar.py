"""The filter line: an expression as it is typed, what is wrong with it, and how far the looking is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.highlighter import Highlighter
from textual import on
from textual.actions import SkipAction
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from client_tui.core import query
from client_tui.core.completions import completed
from client_tui.core.printable import printable
from client_tui.core.query import Mistake
from client_tui.core.recall import Recall
from client_tui.ui import keys
from client_tui.ui.line_input import LineInput

if TYPE_CHECKING:
    from rich.text import Text
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import DescendantBlur, DescendantFocus

    from client_tui.ui.history import HistoryPane

EXAMPLES: Final = 'words  "a phrase"  /regex/  dir:sent  is:error  size>1k  .type == "tick"'
_LONGEST: Final = 10_000
_BAR_CELLS: Final = 10
_MISTAKE: Final = "filter--mistake"


class FilterBar(Vertical):
    """A line to type a filter into; hidden while there is none.

    Whoever listens to `Changed` filters, and tells by `show` what came of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.FILTER)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"filter--{part.value}" for part in query.Part),
        *("filter--bar", "filter--rest", _MISTAKE),
    }

    class Changed(Message):
        """Another filter is wanted; "" means none."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Cancelled(Message):
        """The user has seen enough: what was found is to stay, and no more is to be looked at."""

    class Kept(Message):
        """The user goes on, with the filter as it is."""

    class Closed(Message):
        """The user wants no filter any more."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._used: list[str] = []
        self._recall = Recall(self._used)
        self._mistake: Mistake | None = None
        self._told: HistoryPane.Filtered | None = None
        self._was_done = False
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Make the line, and the one below it for words."""
        with Horizontal(id="filter-line"):
            yield Static("filter", id="filter-label")
            yield LineInput(
                id="filter-text",
                compact=True,
                highlighter=_Colours(self),
                suggester=_Terms(use_cache=False),
                max_length=_LONGEST,
                select_on_focus=False,
            )
            yield Static("", id="filter-count")
        yield Static("", id="filter-words", markup=False)

    # ------------------------------------------------------------------ what others see of it

    @property
    def is_open(self) -> bool:
        """Whether the line can be seen."""
        return self.has_class("-open")

    @property
    def text(self) -> str:
        """The filter as it is typed."""
        return self.field.value

    @property
    def field(self) -> LineInput:
        """What is typed into."""
        return self.query_one(LineInput)

    @property
    def mistake(self) -> Mistake | None:
        """What is wrong with the filter, and not only unfinished."""
        return None if completed(self.text) is not None else self._mistake

    def open(self) -> None:
        """Show the line, to be typed into."""
        self.add_class("-open")
        self.screen.set_focus(self.field)  # at once: what is typed behind the key is for it
        self._show_words()

    def show(self, event: HistoryPane.Filtered) -> None:
        """Say how much is shown, how far the looking is, and what is wrong."""
        self._told = event
        if event.text == self.text:
            self._was_done = self._was_done or event.is_done
            self._point_at(event.mistake)
        self._show_count()
        self._show_words()

    # ------------------------------------------------------------------ what is typed

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._was_done = self._is_stopped = False
        found = query.parse(event.value)
        self._point_at(found if isinstance(found, Mistake) else None)
        self._show_words()
        self.post_message(self.Changed(event.value))

    def _point_at(self, mistake: Mistake | None) -> None:
        self._mistake = mistake
        self.set_class(self.mistake is not None, "-wrong")
        self.field.refresh()

    def action_recall(self, direction: int) -> None:
        """Walk through the filters that were used."""
        text = self._recall.step(direction, self.text)
        if text is not None:
            self._put(text)

    def action_complete(self) -> None:
        """Take what is offered; where nothing is, the key has its usual meaning."""
        whole = completed(self.text)
        if whole is None:
            raise SkipAction
        self._put(whole)

    def _put(self, text: str) -> None:
        self.field.value = text
        self.field.cursor_position = len(text)

    # ------------------------------------------------------------------ the ways out

    def action_keep(self) -> None:
        """Go to the history, the filter kept; an empty line is closed."""
        if not self.text.strip():
            self.take_away()
            return
        self._remember()
        self.post_message(self.Kept())

    def action_close(self) -> None:
        """Look no further; where nothing is looked for any more, take the filter away."""
        if self.is_looking:
            self._is_stopped = True
            self.post_message(self.Cancelled())
        else:
            self.take_away()

    def take_away(self) -> None:
        """Take the filter away, and close the line."""
        self._remember()
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._point_at(None)
        self._told = None
        self._was_done = self._is_stopped = False
        self.remove_class("-open")
        self.post_message(self.Closed())

    def _remember(self) -> None:
        """Keep the filter for those who go up in the line."""
        text = self.text.strip()
        if text and self._mistake is None:
            self._used[:] = [*(used for used in self._used if used != text), text]
        self._recall.restart()

    # ------------------------------------------------------------------ what is said

    @property
    def is_looking(self) -> bool:
        """Whether much of the conversation has not been looked at yet."""
        told = self._told
        if told is None or told.text != self.text or told.is_done or self._is_stopped:
            return False
        if told.mistake or told.words:
            return False
        return not self._was_done or told.total - told.looked_at > told.total // 10

    def _show_count(self) -> None:
        told = self._told
        if told is None or not self.text.strip():
            words = Content("")
        elif self.is_looking:
            words = Content.assemble(f"{told.count:,} of {told.total:,}  ", self._progress(told))
        elif self._is_stopped:
            words = Content(f"{told.count:,} shown · stopped at {_percent(told)} %")
        else:
            words = Content(f"{told.count:,} of {told.total:,}{'' if self.has_focus_within else ' shown'}")
        self.query_one("#filter-count", Static).update(words)

    def _progress(self, told: HistoryPane.Filtered) -> Content:
        percent = _percent(told)
        done = percent * _BAR_CELLS // 100
        return Content.assemble(
            Content.styled("━" * done, self.get_visual_style("filter--bar", partial=True)),
            Content.styled("━" * (_BAR_CELLS - done), self.get_visual_style("filter--rest", partial=True)),
            f" {percent:2} %",
        )

    def _show_words(self) -> None:
        """Say below the line what is wrong, or what can be typed, while somebody types in it."""
        words = self._words()
        self.set_class(words.cell_length > 0, "-words")
        self.query_one("#filter-words", Static).update(words)

    def _words(self) -> Content:
        if self._mistake is not None:
            mark = "…" if self.mistake is None else "✗"
            return Content(f"{mark} {printable(self._mistake.reason)}")
        if self._told is not None and self._told.words and self.text.strip():
            return Content(f"✗ {printable(self._told.words)}")
        if self._told is not None and self._told.unread and self.text.strip():
            return Content(f"not looked at by jq, as too large for it: {self._told.unread:,}")
        if self.has_focus_within and not self.text.strip():
            return self._examples()
        return Content("")

    def _examples(self) -> Content:
        content = Content(EXAMPLES)
        for start, end, part in query.spans(EXAMPLES):
            content = content.stylize(
                self.get_visual_style(f"filter--{part.value}", partial=True), start, end
            )
        return content

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Say what helps while typing."""
        self._show_count()
        self._show_words()

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Say how much is shown, for those who look at the history."""
        self._show_count()
        self._show_words()


class _Colours(Highlighter):
    """Colours an expression, and underlines what is wrong with it."""

    def __init__(self, bar: FilterBar) -> None:
        self._bar = bar

    def highlight(self, text: Text) -> None:
        """Colour the terms of an expression."""
        for start, end, part in query.spans(text.plain):
            text.stylize(
                self._bar.get_component_rich_style(f"filter--{part.value}", partial=True), start, end
            )
        mistake = self._bar.mistake
        if mistake is not None and mistake.start < len(text):
            end = max(mistake.end, mistake.start + 1)
            text.stylize(self._bar.get_component_rich_style(_MISTAKE, partial=True), mistake.start, end)


class _Terms(Suggester):
    """Offers the rest of a term that has been begun."""

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last term completed."""
        return completed(value)


def _percent(told: HistoryPane.Filtered) -> int:
    """Return how much has been looked at, in full hundredths: all of it is 100 only."""
    return told.looked_at * 100 // told.total if told.total else 100
