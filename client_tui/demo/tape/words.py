"""Every word of a tape, VHS's and ours, once: how it is written, what it does, or why it is refused.

Tapes are read by this table, and the documentation's table is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from client_tui.demo.tape import commands, sentences
from client_tui.demo.tape.keys import NAMED
from client_tui.demo.tape.settings import Whose

if TYPE_CHECKING:
    from collections.abc import Callable

    from client_tui.demo.tape.commands import Command
    from client_tui.demo.tape.reader import Reader

_SCROLLS: Final = "the client scrolls by its own keys: write PageUp, PageDown, Ctrl+Home or Ctrl+End"


@dataclass(frozen=True, slots=True)
class Word:
    """Words that are read in the same way; each of `usages` is one way of writing them.

    Where `read` is None they are refused, and `meaning` is the reason.
    """

    names: tuple[str, ...]
    usages: tuple[str, ...]
    meaning: str
    read: Callable[[Reader], Command] | None
    whose: Whose = Whose.SAME


_A, _O = Whose.ADAPTED, Whose.OURS
_OURS: Final = ("Home", *(f"F{number}" for number in range(1, 25)))
_KEYS: Final = tuple(name for name in NAMED if name not in _OURS)

TABLE: Final = (
    Word(
        ("Output",),
        ("Output NAME.gif",),
        "Write the film as gif, webp, cast (asciicast v2) or svg; that of a sourced tape is not written",
        sentences.output,
        _A,
    ),
    Word(("Set",), ("Set NAME VALUE",), "Set one of the settings below", sentences.set_to, _A),
    Word(
        ("Require",),
        ("Require PROGRAM",),
        "Do not begin where a program is missing",
        sentences.require,
    ),
    Word(
        ("Env",),
        ('Env NO_COLOR "1"',),
        "Set a variable of the environment: `NO_COLOR`, a proxy, or where certificates are",
        sentences.env,
    ),
    Word(
        ("Source",),
        ("Source other.tape",),
        "Go on with another tape, and then with this one; the path is seen from this tape",
        sentences.source,
        _A,
    ),
    Word(
        ("Redact",),
        ("Redact .password", "Redact ..token", "Redact .items[].token", 'Redact .["odd key"]'),
        "Cover what stands there in every document",
        sentences.redact,
        _O,
    ),
    Word(
        ("Type",),
        ('Type "text"', 'Type@500ms "text"'),
        "Type a text, in quotes of one of three kinds and without escapes; several are joined with a space",
        sentences.type_text,
    ),
    Word(
        _KEYS, ("Enter", "Up 3", "Tab@500ms 2"), "Press a key, so often, and every so long", sentences.press
    ),
    Word(
        _OURS,
        ("Home", "F6", "F3@1s 2"),
        "The same for the keys that VHS has no word for",
        sentences.press,
        _O,
    ),
    Word(
        ("Ctrl", "Alt", "Shift"),
        ("Ctrl+R", "Ctrl+Shift+O", "Alt+Up@1s 2", "Shift+Tab"),
        "Press one key while others are held; a letter is the same in both cases: Shift is written out",
        sentences.press,
        _A,
    ),
    Word(
        ("Copy",),
        ('Copy "text"', 'Copy json "two\\nlines"'),
        "Put a text onto the clipboard: any text at all, as a string of JSON",
        sentences.copy,
        _A,
    ),
    Word(("Paste",), ("Paste",), "Paste it, as a terminal does", lambda _: commands.Paste()),
    Word(
        ("Sleep",),
        ("Sleep 500ms", "Sleep 2s", "Sleep 0.5"),
        "Let time pass on the tape: nobody waits for it",
        sentences.sleep,
    ),
    Word(
        ("Wait",),
        (
            *("Wait", "Wait settled", "Wait /regex/", "Wait+Line@10s /regex/"),
            *("Wait received 3", "Wait sent 3", "Wait open", "Wait closed"),
        ),
        "Wait until nothing is under way, for a text on the screen or in the row of the cursor, for so many "
        "frames, or for the connection; up to a limit. In VHS, `Wait /regex/` looks in the row of the "
        "cursor, and `Wait` alone for a prompt",
        sentences.wait,
        _A,
    ),
    Word(("Hide",), ("Hide",), "Film nothing from here on", lambda _: commands.Hide()),
    Word(("Show",), ("Show",), "Film again", lambda _: commands.Show()),
    Word(
        ("Screenshot",),
        ("Screenshot NAME.png",),
        "Write a picture of the screen: as svg, png, txt or html",
        sentences.screenshot,
        _A,
    ),
    Word(("Theme",), ("Theme NAME",), "Change the colours", sentences.change_theme, _O),
    Word(
        ("Annotate",),
        ('Annotate "text" at 5', 'Annotate "text" at /regex/'),
        "Write a remark beside a row: the one with that number, from 1, or the first that matches",
        sentences.annotate,
        _O,
    ),
    Word(
        ("Serve",),
        ("Serve", "Serve lab", "Serve stop"),
        "Start the server that comes with the package, with its laboratory, or end it",
        sentences.serve,
        _O,
    ),
    Word(
        ("Client",),
        ("Client NAME",),
        "Go on in the client of this name; a new name opens another one beside the first",
        sentences.client,
        _O,
    ),
    Word(
        ("Connect",),
        ("Connect ws://127.0.0.1:8000/", "Connect /rooms/lobby/"),
        "Connect to a URL, or to a path of the server that was started",
        sentences.connect,
        _O,
    ),
    Word(
        ("Send",),
        ('Send {"x": 1}', "Send '{\"x\": 1}'"),
        "Send a JSON document, verbatim: the rest of the line, or what stands in single quotes or backticks",
        sentences.send,
        _O,
    ),
    Word(
        ("Expect",),
        ("Expect .x == 1",),
        "Fail unless a jq expression, which is the rest of the line, holds for the newest received frame",
        sentences.expect,
        _O,
    ),
    Word(("ScrollUp", "ScrollDown"), ("ScrollUp 10",), _SCROLLS, None),
)
WORDS: Final = {name: word for word in TABLE for name in word.names}
