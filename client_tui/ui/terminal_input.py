"""What was typed and pasted, from what the terminal made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category

if TYPE_CHECKING:
    from textual import events

_WITH_MODIFIER: Final = re.compile(r"(shift\+)?(ctrl|alt|meta|super|hyper)\+")


def typed_character(event: events.Key) -> str | None:
    """Return the character that a key types, None where it is a command.

    A no-break space, an ideographic one and the joiners inside an emoji are typed too:
    Textual's `is_printable` leaves them out.
    """
    char = event.character
    if char is None or len(char) != 1 or category(char) == "Cc" or _WITH_MODIFIER.match(event.key):
        return None
    return char


def pasted_text(text: str) -> str:
    """Return what was pasted.

    Most terminals turn each line break of a paste into the CR that the Enter key gives.
    Where there is an LF the terminal did not do so, and every CR is the text's own.
    """
    return text if "\n" in text else text.replace("\r", "\n")
