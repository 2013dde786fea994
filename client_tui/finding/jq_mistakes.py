"""Why an expression is none of jq's, in words with the remedy: jq's own words are a compiler's.

They look like this, with a column that counts bytes, and a second line that shows the place::

    jq: error: tick/0 is not defined at <top-level>, line 1, column 10:
        .type == tick
                 ^^^^
    jq: 1 compile error
"""

from __future__ import annotations

import re
from typing import Final

from client_tui.core.query import Mistake

_PLACE: Final = re.compile(r"jq: error: (.*?) at <top-level>, line (\d+), column (\d+):\n.*\n *(\^*)")
_UNDEFINED: Final = re.compile(r"(\$?)([\w:]+)(?:/(\d+))? is not defined", re.ASCII)
_LABEL: Final = re.compile(r"\$\*label-(\w+)(?:/\d+)? is not defined", re.ASCII)
_MODULE: Final = re.compile(r"(?:\s|#[^\n]*\n)*(import|include|module)\b")
_STRING: Final = r'"(?:\\.|[^"\\])*"?'
_TOKEN: Final = re.compile(rf"{_STRING}|#[^\n]*|[(\[{{]|[)\]}}]|(?:[=!<>|+\-*%]|//?)=|=", re.DOTALL)
_OPENING: Final = {"(", "[", "{"}
_CLOSING: Final = {")", "]", "}"}
_SETTING: Final = {"="}
_HALF: Final = re.compile("[\ud800-\udfff]")
_MEANT: Final = {
    "'": 'a string stands in double quotes: "tick"',
    "&": "jq writes and, not &&",
    "|": "jq writes or, not ||",
    "!": "jq writes | not behind it, or !=",
}
_OTHER_TERMS: Final = {"dir", "is", "size"}
AS_TEXT: Final = "; to find the line as text, put it in quotes"
"""The end of a reason that is a remedy in a filter only."""


def forbidden(expression: str, start: int) -> Mistake | None:
    """Return why an expression is not tried at all; `start` is where it begins in the line."""
    if (at := expression.find("\0")) >= 0:
        return Mistake(start + at, start + at + 1, "NUL is no character for jq")
    if half := _HALF.search(expression):
        return Mistake(start + half.start(), start + half.end(), "half of a character is none for jq")
    if module := _MODULE.match(expression):
        words = f"{module[1]} reads other files, which is not done here"
        return Mistake(start + module.start(1), start + module.end(1), words)
    if (sign := _assignment(expression)) is not None:
        return Mistake(start + sign, start + sign + 1, "= changes a value; == compares two")
    return None


def explain(expression: str, start: int, message: str) -> Mistake:
    """Put jq's words about an expression that begins at `start` of the line into ours."""
    match = _PLACE.search(message)
    if match is None:
        words = _words(message.removeprefix("jq: error: "), expression)
        return Mistake(start, start + len(expression), words)
    at, end = _range(expression, int(match[2]), int(match[3]), len(match[4]))
    return Mistake(start + at, start + end, _words(match[1], expression[at:end]))


def _assignment(expression: str) -> int | None:
    """Return where a value is set outside of all brackets: then the answer is always yes."""
    depth = 0
    for match in _TOKEN.finditer(expression):
        token = match[0]
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth -= 1
        elif token in _SETTING and depth == 0:
            return match.start()
    return None


def _range(expression: str, line: int, column: int, width: int) -> tuple[int, int]:
    """Return where a place of jq's is in the expression, in characters; at least one of them."""
    lines = expression.split("\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    data = lines[min(line, len(lines)) - 1].encode()
    at = before + len(data[: column - 1].decode("utf-8", "ignore"))
    end = before + len(data[: column - 1 + max(1, width)].decode("utf-8", "ignore"))
    at = min(at, max(0, len(expression) - 1))
    return at, max(end, at + 1)


def _words(message: str, shown: str) -> str:
    if "INVALID_CHARACTER" in message or message.startswith("syntax error, unexpected '|'"):
        return _MEANT.get(shown, f"{shown} means nothing here{AS_TEXT}")
    if "QQSTRING_TEXT" in message or "QQSTRING_INTERP_END" in message:
        return 'the closing " of a string is missing'
    if "unexpected end of file" in message or message.startswith("Top-level program not given"):
        return "the expression ends too early"
    if message == "memory exhausted":
        return "the expression is nested too deep"
    if shown in _OTHER_TERMS:
        return f"a jq expression goes up to the line's end: {shown} belongs before it"
    if message.startswith("syntax error, unexpected "):
        return f"{shown} is not expected here{AS_TEXT}"
    if match := _LABEL.match(message):
        return f"there is no label ${match[1]}"
    if match := _UNDEFINED.match(message):
        return _undefined(*match.groups())
    return message.partition("\n")[0]


def _undefined(dollar: str, name: str, count: str | None) -> str:
    if dollar:
        return f"there is no variable ${name}"
    if count not in (None, "0"):
        return f"jq has no function {name} with {count} argument{'s' if count != '1' else ''}"
    return f'jq has no function {name}; a string stands in double quotes: "{name}"'
