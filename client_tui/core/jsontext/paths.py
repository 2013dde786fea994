"""From a line of a pretty document to the path and the value that it shows.

Everything is read off the lines themselves, as `layout.pretty` gives them: one member or
item a line, and indentation that tells who belongs to whom. Nothing is kept for it, so a
pane can answer "copy path" for a document of any size without a tree in memory.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from client_tui.core.jsontext.grammar import STRING

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY: Final = re.compile(rf" *+({STRING}): ")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def path_of(lines: Sequence[str], index: int) -> str:
    """Return the jq path of what stands on line `index` (from 0): ``.channels[0]``, or ``.`` for the root.

    The line of a closing bracket has the path of what it closes.
    """
    steps = []
    line = _start_of(lines, index)
    while line > 0:
        indent = _indent(lines[line])
        parent, items_before = _parent(lines, line, indent)
        key = _KEY.match(lines[line])
        steps.append(_step(key[1]) if key else f"[{items_before}]")
        line = parent
    return _joined(steps[::-1])


def value_of(lines: Sequence[str], index: int) -> str:
    """Return the value on line `index` (from 0), verbatim: without its key and the comma behind it.

    An object or an array comes with all its lines, indented as if it were the document. The
    line of a closing bracket gives what it closes.
    """
    start = _start_of(lines, index)
    indent = _indent(lines[start])
    key = _KEY.match(lines[start])
    first = lines[start][key.end() if key else indent :]
    if not first.endswith(("[", "{")):
        return first.removesuffix(",")
    later = range(start + 1, len(lines))
    end = next((line for line in later if _indent(lines[line]) <= indent), len(lines) - 1)
    rest = (lines[line][indent:] for line in range(start + 1, end + 1))
    return "\n".join([first, *rest]).removesuffix(",")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_closing(line: str, indent: int) -> bool:
    return line[indent : indent + 1] in ("]", "}")


def _start_of(lines: Sequence[str], index: int) -> int:
    """Return the line on which the value begins that line `index` begins or closes."""
    indent = _indent(lines[index])
    if not _is_closing(lines[index], indent):
        return index
    return next((line for line in range(index - 1, -1, -1) if _indent(lines[line]) <= indent), 0)


def _parent(lines: Sequence[str], index: int, indent: int) -> tuple[int, int]:
    """Return the line that opens the container around line `index`, and how many items stand between."""
    pad = " " * indent
    items = 0
    for line in range(index - 1, -1, -1):
        text = lines[line]
        if not text.startswith(pad):
            return line, items
        items += text[indent : indent + 1] not in " ]}"
    return 0, items


def _step(string: str) -> str:
    """Spell a key as jq takes it: ``.name``, or ``["any text"]``."""
    key = json.loads(string)
    if _NAME.fullmatch(key):
        return f".{key}"
    return f"[{json.dumps(key, ensure_ascii=bool(_SURROGATE.search(key)))}]"


def _joined(steps: list[str]) -> str:
    """Put the steps together: a path begins with a dot, whatever its first step is."""
    path = "".join(steps)
    return path if path.startswith(".") else f".{path}"
