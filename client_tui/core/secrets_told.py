"""Secrets that a text tells: what stands under their names, in the query of a URL and in a document.

A text may be any stretch of a document, as a screen shows it: begun amid a string, cut, wrapped in another
one, or no JSON at all. So names are looked for, and no grammar; where it is not sure what belongs to a name,
it takes it. No text takes longer than its length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, quote_plus, unquote, unquote_plus

import orjson

from client_tui.core.printable import printable
from client_tui.core.redaction import spellings
from client_tui.core.secret_names import COVER, TELLING, is_secret_member, is_secret_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

# A separator may be spelt as Go's JSON does it. What ends a value may be the text around the URL, or the
# query of a URL in its own.
_PARAMETERS: Final = re.compile(
    r"""(?:[?&;#]|\\u0026)(?P<name>[^\s=&?;#"'<>\\]{1,80}+)="""
    r"""(?P<value>(?:[^\s&#;?"'<>\\^`{|}…│]|\?(?![^\s=&?]{1,80}+=))++)"""
)
_PUNCTUATION: Final = ".,:!?)]"
_NAMES: Final = re.compile(
    r"""(?:(?P<quote>\\{0,7}+["'])(?P<name>(?:(?!(?P=quote))[^\\\n]|\\(?!["'])[^\n]){1,80}?)(?P=quote)"""
    r"""|(?<![\w$.-])(?P<bare>[\w$.-]{1,80}+))[ \t\r\n⏎]*+(?::|==?)[ \t\r\n⏎]*+"""
)
_QUOTE: Final = re.compile(r"""\\*+["']""")
_STRINGS: Final = {
    quote: re.compile(rf"{quote}(?:[^{quote}\\]++|\\.)*+{quote}?", re.DOTALL) for quote in ('"', "'")
}
_WORD: Final = re.compile(r"""[^\s,;&\]}"'\\<>│]++""")
_PIECES: Final = re.compile(
    r"""[{}\[\],:]|"(?:[^"\\]++|\\.)*+"?|'(?:[^'\\]++|\\.)*+'?"""
    r"""|\\++"[^"\\]*+(?:\\++")?|[^\s{}\[\],:"'\\][^\s{}\[\],:"\\]*+|\\++""",
    re.DOTALL,
)
_FOLLOWED_BY_COLON: Final = re.compile(r"\s*+:")
_LEAD: Final = 120
"""Characters before a value, at most, that it is told by where it is short."""
_TELLS_NOTHING: Final = re.compile(rf"(?:true|false|null|None|undefined|[{COVER}*…]*)")


class Secret(NamedTuple):
    """A text to be covered wherever it stands, as a screen shows it.

    One that is too short to be told by itself is covered only behind the words `before` it.
    """

    text: str
    before: str = ""


class Told(NamedTuple):
    """A value in a text, the name of the member that it is under, and how it may stand on a screen."""

    name: str
    start: int
    end: int
    secrets: tuple[Secret, ...]


def in_urls(words: str) -> set[Secret]:
    """Return what is secret in the queries of URLs in a text, percent-encoded or not."""
    found = _parameters(words)
    return found | _parameters(unquote(words)) if "%" in words and "=" in unquote(words) else found


def _parameters(words: str) -> set[Secret]:
    return {
        secret
        for match in _PARAMETERS.finditer(words)
        if is_secret_parameter(unquote_plus(match["name"]), match["value"])
        for secret in _of_parameter(f"{match['name']}=", match["value"])
    }


def _of_parameter(before: str, value: str) -> Iterator[Secret]:
    for written in {value, value.rstrip(_PUNCTUATION)}:
        read = {unquote(written), unquote_plus(written)}
        encoded = {spelt for each in read for spelt in (quote(each, safe=""), quote_plus(each))}
        for text in {written, *read, *encoded}:
            yield from _secret(text, before)


def in_document(text: str) -> Iterator[Told]:
    """Yield what stands under secret names in a document, or in a stretch of one.

    Of an object or an array that is all that is said in it, but for its members' names.
    """
    done = 0
    for match in _NAMES.finditer(text):
        name = _name(match["name"] or match["bare"])
        if match.start() < done or not is_secret_member(name):
            continue
        values, done = _values(text, match.end())
        for start, end in values:
            yield Told(name, start, end, tuple(_of_value(text, match.start(), start, end)))


def _name(written: str) -> str:
    if "\\" not in written:
        return written
    try:
        return str(orjson.loads(f'"{written}"'))
    except orjson.JSONDecodeError:
        return written


def _values(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Return from where to where the value that begins there is said, quotes included; and where it ends."""
    if text[at : at + 1] in ("{", "["):
        return _inner_values(text, at)
    if opening := _QUOTE.match(text, at):
        end = _end_of_string(text, opening)
        return [(at, end)], end
    word = _WORD.match(text, at)
    return ([word.span()], word.end()) if word else ([], at)


def _end_of_string(text: str, opening: re.Match[str]) -> int:
    """Return where a string ends: one within another has quotes with backslashes before them."""
    mark = opening[0]
    if len(mark) == 1:
        string = _STRINGS[mark].match(text, opening.start())
        return string.end() if string else len(text)
    escapes = len(mark) - 1
    for found in _QUOTE.finditer(text, opening.end()):
        more = len(found[0]) - len(mark)
        if found[0].endswith(mark) and more % (2 * escapes + 2) == 0:  # else it is a quote within the string
            return found.end()
    return len(text)


def _inner_values(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Return where strings, numbers and words stand in an object or an array, and where that ends."""
    found: list[tuple[int, int]] = []
    depth = 0
    for piece in _PIECES.finditer(text, at):
        if piece[0] in "{[":
            depth += 1
        elif piece[0] in "}]":
            depth -= 1
            if not depth:
                return found, piece.end()
        elif piece[0] not in ",:" and not _FOLLOWED_BY_COLON.match(text, piece.end()):
            found.append(piece.span())
    return found, len(text)


def _of_value(text: str, name_at: int, start: int, end: int) -> Iterator[Secret]:
    """Yield how a value may stand on a screen; a short one only behind what is before it in its line."""
    written = text[start:end]
    mark = _QUOTE.match(written)
    opening = mark[0] if mark else ""
    begins = max(name_at, start - _LEAD, text.rfind("\n", max(0, start - _LEAD), start) + 1)
    before = printable(text[begins:start] + opening)
    bare = written[len(opening) :]
    bare = bare.removesuffix(opening) if opening else bare
    for spelt in {bare} if len(opening) != 1 else spellings(f'"{bare}"'):
        for line in {spelt, *spelt.split("\n")}:
            shown = printable(f"-{line}")[1:]  # a mark that begins it is drawn into its quote
            yield from _secret(shown, before)


def _secret(text: str, before: str) -> Iterator[Secret]:
    if _TELLS_NOTHING.fullmatch(text):
        return
    if len(text) >= TELLING:
        yield Secret(text)
    elif before.strip():
        yield Secret(text, before)
