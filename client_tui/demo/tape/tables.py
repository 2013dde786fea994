"""The tables of the documentation, in Markdown: every word and every setting, beside VHS's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.demo.tape.settings import SETTINGS
from client_tui.demo.tape.words import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from client_tui.demo.tape.settings import Setting
    from client_tui.demo.tape.words import Word

_REFUSED = "refused"


def words_table() -> str:
    """Return a table of all words, which ends with a line break."""
    return _table(("Word", "Written", "VHS", "What it does"), map(_of_word, TABLE))


def settings_table() -> str:
    """Return a table of all settings, which ends with a line break."""
    return _table(("Setting", "Values", "VHS", "What it is"), map(_of_setting, SETTINGS.values()))


def _of_word(word: Word) -> tuple[str, ...]:
    first, last = word.names[0], word.names[-1]
    is_row = last[1:].isdigit()  # of function keys
    names = (
        (f"`{first}`", f"`{word.names[1]}` … `{last}`") if is_row else (f"`{name}`" for name in word.names)
    )
    whose = word.whose.value if word.read else _REFUSED
    return ", ".join(names), "<br>".join(f"`{usage}`" for usage in word.usages), whose, word.meaning


def _of_setting(setting: Setting) -> tuple[str, ...]:
    if setting.kind is None:
        return f"`{setting.name}`", "", _REFUSED, setting.meaning
    place = ". It may stand anywhere" if setting.late else ""
    return f"`{setting.name}`", setting.kind.usage, setting.whose.value, setting.meaning + place


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(map(_row, (head, ("---",) * len(head), *rows)))


def _row(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"
