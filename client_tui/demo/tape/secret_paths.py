"""The paths of secrets, as jq writes paths: ``.password``, ``.items[].token``, ``.["odd key"]``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NoReturn

from client_tui.core.redaction import Each
from client_tui.demo.tape.quoting import json_string

if TYPE_CHECKING:
    from client_tui.core.redaction import Path
    from client_tui.demo.tape.reader import Reader

_STRING: Final = r'"(?:\\.|[^"\\])*"'
_STEP: Final = re.compile(
    rf"(?P<each>\.?\[\])|\.?\[(?P<key>{_STRING})\]|\.(?P<text>{_STRING})|\.(?P<name>[A-Za-z_]\w*)", re.ASCII
)
_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_EXAMPLES: Final = '.password, ..password, .items[].token or .["odd key"]'


def secret_path(reader: Reader) -> Path:
    """Take a path up to the next blank."""
    if not reader.next_is("."):
        reader.need(f"a path such as {_EXAMPLES}")
    start = reader.at
    steps: list[str | Each] = []
    if reader.next_is(".."):
        reader.at += 1
        steps.append(Each.DEPTH)
    while match := _STEP.match(reader.line, reader.at):
        reader.at = match.end()
        steps.append(_step(reader, match))
    if not any(step is not Each.DEPTH for step in steps) or reader.line[reader.at : reader.at + 1].strip():
        _refuse(reader, start)
    return tuple(steps)


def _step(reader: Reader, match: re.Match[str]) -> str | Each:
    if match["each"]:
        return Each.ELEMENT
    if match["name"]:
        return match["name"]
    try:
        return str(json.loads(match["key"] or match["text"]))
    except ValueError:
        reader.refuse(f"{match['key'] or match['text']} is no string of JSON", match.start(), match.end())


def _refuse(reader: Reader, start: int) -> NoReturn:
    """Say what is wrong with a path that goes on with what is no step."""
    rest = reader.line[reader.at :]
    if re.match(r"\.?\[-?\d", rest):
        reader.refuse("one element alone is not covered: [] covers the same in each", reader.at)
    if rest.startswith("-"):
        reader.refuse('a name with a hyphen is written .["such-a-one"]', start)
    reader.refuse(f"a path looks like {_EXAMPLES}", start)


def written_path(path: Path) -> str:
    """Return a path as it is written."""
    is_deep = path[:1] == (Each.DEPTH,)
    text = "".join(map(_written, path[is_deep:]))
    return "." * is_deep + (text if text.startswith(".") else f".{text}")


def _written(step: str | Each) -> str:
    if isinstance(step, Each):
        return "[]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{json_string(step)}]"
