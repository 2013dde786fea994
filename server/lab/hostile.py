"""Text frames that nobody wants to receive, and that every client must live through."""

from __future__ import annotations

import json
from typing import ClassVar, Final

from server.lab.endpoint import LabConsumer
from server.lab.framing import TEXT, frame
from server.lab.parameters import Choice, Switch

_CONTROLS: Final = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))

_TEXTS: Final = {
    "controls": _CONTROLS,
    "nul": "before\x00after",
    "title": "\x1b]0;this title was set by a payload\x07",
    "clipboard": "\x1b]52;c;dGhpcyB3YXMgY29waWVkIGJ5IGEgcGF5bG9hZA==\x07",
    "colours": "\x1b[31mred\x1b[0m \x9b32mgreen\x1b[0m",
    "screen": "\x1b[2J\x1b[H\x1b[?1049l\x1b[?25l\x1bc",
    "device": "\x1bPq#0;2;0;0;0#0~~@@vv@@~~$\x1b\\ \x1b[6n \x1b[c \x1b_APC\x1b\\",
    "markup": "[/x] [bold]bold[/bold] [@click=app.exit]leave[/] [link=http://example.org]here[/link]",
    "bidi": "safe\u202egnp.exe\u202c \u2066isolated\u2069 \u200fright to left",
    "zero-width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh\u3164i",
    "separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "combining": "Z\u0335\u0321\u0322" + "\u0301" * 50 + " 👩\u200d👩\u200d👧\u200d👦 ﷽",
}
"""Each once in a JSON string as it is, which is no JSON where it has control characters."""

_CONTROL_NAMES: Final = tuple(name for name, text in _TEXTS.items() if any(char < " " for char in text))


def _documents() -> dict[str, str]:
    """Spell all frames, by name."""
    as_they_are = {name: f'{{"{name}": "{text}"}}' for name, text in _TEXTS.items()}
    escaped = {f"{name}-escaped": json.dumps({f"{name}-escaped": _TEXTS[name]}) for name in _CONTROL_NAMES}
    return as_they_are | escaped | {
        "empty": "",
        "blank": " \r\n\t ",
        "no-json": "NaN",
        "bom": '\ufeff{"bom": true}',
        "surrogates": r'{"surrogates": ["\ud800", "\udfff", "\udc00\ud800", "\ud83e\udd80"]}',
        "numbers": f'{{"numbers": [1e400, -1e400, 1e-400, -0, 1.10, {"9" * 5_000}, 0.{"1" * 5_000}]}}',
        "same-keys": '{"same-keys": 1, "same-keys": {"a": 2, "a": 3}, "same-keys": 4}',
        "odd-keys": r'{"odd-keys": {"": 1, " ": 2, "a.b": 3, "a\"b": 4, "\u001b[31m": 5, "__proto__": 6}}',
        "nest-2000": "[" * 2_000 + "]" * 2_000,
        "objects-2000": '{"a":' * 2_000 + "1" + "}" * 2_000,
        "nest-100000": "[" * 100_000 + "]" * 100_000,
        "long-line": f'{{"long-line": "{"世 " * 250_000}"}}',
        "many-lines": "[" + "\n" * 50_000 + "]",
    }  # fmt: skip


FRAMES: Final = _documents()
"""What is sent, by name, in this order."""

REASON: Final = "\x1b]0;owned\x07\x1b[31m [/x][@click=app.exit] \u202egnirts \u2028\x00"

ONLY: Final = Choice("only", "all", "the name of the one frame to send", ("all", *FRAMES))
CLOSE: Final = Switch("close", default=False, meaning="whether to close then, with a hostile reason")


class Hostile(LabConsumer):
    """One connection to ``/lab/hostile/``."""

    path: ClassVar = "/lab/hostile/"
    about: ClassVar = (
        "Sends escape sequences, markup, overrides, odd numbers and deep nesting, one frame of each."
    )
    parameters: ClassVar = (ONLY, CLOSE)

    async def work(self) -> None:
        """Send them; then stay until the client leaves, or close."""
        only = self.values[ONLY]
        for name in FRAMES if only == "all" else (only,):
            await self.send_frames(frame(TEXT, FRAMES[name].encode()), 1)
        if self.values[CLOSE]:
            await self.close(1000, REASON)
