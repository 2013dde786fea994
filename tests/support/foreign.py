"""What a terminal would obey or be misled by, by name: for tests that look at what the client paints."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "OSC 0, title": "\x1b]0;owned\x07",
    "OSC 52, clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "OSC 8, link": "\x1b]8;;http://evil/\x1b\\link\x1b]8;;\x1b\\",
    "CSI, erase": "\x1b[2J",
    "DCS": "\x1bP+q544e\x1b\\",
    "APC": "\x1b_Gevil\x1b\\",
    "reset": "\x1bc",
    "BEL": "\x07",
    "NUL": "\x00",
    "CR and BS": "gone\rover\x08",
}
"""C0 controls, which JSON holds only as escapes."""

HIDDEN: Final = {
    "C1 CSI": "\x9b2J",
    "C1 DCS": "\x90q\x9c",
    "C1 OSC": "\x9d0;owned\x9c",
    "DEL": "a\x7fb",
    "bidi override": "\u202eevil",
    "bidi isolate": "\u2066evil\u2069",
    "zero width": "a\u200b\u200d\ufeffb",
    "tags": "a\U000e0041\U000e0042",
    "line separator": "a\u2028b\u2029c",
}
"""What may stand in JSON's strings as it is."""

MARKUP: Final = {
    "a closing tag": "[/x]",
    "an action": "[@click=app.exit]here[/]",
    "a style": "[bold red]loud",
    "a link": "[link=http://evil/]here",
}
"""Harmless to a terminal; read as markup it would act, vanish, or fail."""

EVERYTHING: Final = COMMANDS | HIDDEN | MARKUP
WORST: Final = "".join(EVERYTHING.values())
"""All of it in one."""
