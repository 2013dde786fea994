r"""Whether a text is a document, whatever its depth and its escapes: yes or no, and no reason.

The walk in `grammar` tells where a text is wrong, and takes half a second and more for a MB
of brackets. A screen may show such a document on each of its lines, so this is C code's
work: each step leaves less of the text, and in the end there are brackets, which must match.
"""

from __future__ import annotations

import re
from typing import Final

from client_tui.core.jsontext.grammar import BOUNDARY, NUMBER, STRING

_STRINGS: Final = re.compile(STRING)
_SCALARS: Final = re.compile(rf"(?:{NUMBER}|true|false|null){BOUNDARY}")
_SPACE: Final = str.maketrans("", "", " \t\n\r")
_BARE: Final = re.compile(r'[\[\]{},:"0]*+')
# Values with what opens before and closes behind them, and a comma between two; "(" is "{" and its first key.
_ORDER: Final = re.compile(r"(?:[\[(]*+0[\]}]*+(?:[,;](?!\Z)|\Z))++")
_ROUNDS: Final = 4
_TURNS: Final = re.compile(r"([\[(]++)|[\]}]++")
_CLOSERS: Final = str.maketrans("[(", "]}")


def is_document(text: str) -> bool:
    """Tell whether `text` is one JSON document (RFC 8259), in time that grows with its length alone."""
    bones = _bones(text)
    return _ORDER.fullmatch(bones) is not None and _brackets_match(bones)


def _bones(text: str) -> str:
    """Return what is left of a text; "" where it holds what no document does.

    A value that is no container, or an empty one, is ``0``, ``{"key":`` is ``(``, and ``,"key":`` is ``;``.
    Of anything that stands where it may not, something is left that is none of these.
    """
    bare, strings = _STRINGS.subn('"', text)
    if bare.count('"') != strings:  # one does not end, or holds what none may hold
        return ""
    bare = _SCALARS.sub("0", bare).translate(_SPACE)
    if not _BARE.fullmatch(bare):
        return ""
    keyed = bare.replace('":', "k").replace('"', "0")
    return keyed.replace("{k", "(").replace(",k", ";").replace("{}", "0").replace("[]", "0")


def _brackets_match(bones: str) -> bool:
    """Tell whether what opens is closed, and each comma stands in a container of its own kind.

    A comma is taken for the end of one container and the beginning of another.
    """
    brackets = bones.replace("0", "").replace(",", "][").replace(";", "}(")
    for _ in range(_ROUNDS):  # what is wide goes, what is deep stays
        brackets = brackets.replace("[]", "").replace("(}", "")
    open_now: list[str] = []
    for turn in _TURNS.finditer(brackets):
        if turn[1]:
            open_now.extend(turn[0])
        elif not _close(open_now, turn[0]):
            return False
    return not open_now


def _close(open_now: list[str], closers: str) -> bool:
    """Close as many containers as there are `closers`, and tell whether they are of those kinds."""
    wanted = "".join(open_now[-len(closers) :]).translate(_CLOSERS)
    del open_now[-len(closers) :]
    return wanted[::-1] == closers
