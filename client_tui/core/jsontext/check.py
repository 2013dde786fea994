"""The check of a text as it is typed, and the quick answer for a frame that arrives."""

from __future__ import annotations

from typing import Final

import msgspec
import orjson

from client_tui.core.jsontext import cautions, mistakes, unfinished
from client_tui.core.jsontext.any_depth import is_document
from client_tui.core.jsontext.culprits import not_a_character
from client_tui.core.jsontext.grammar import read, skip_space
from client_tui.core.jsontext.outcome import Check, Empty, Invalid, Kind, Valid, kind_at, place

LARGE: Final = 2**20
"""Characters. Of a longer text only the grammar is checked: looking for what readers lose takes seconds."""
SLOWLY: Final = 2**20
"""Bytes. A larger payload that only our own reading could judge is not judged: it takes 0.1 s a MB."""
_FRAME: Final = msgspec.json.Decoder(msgspec.Raw)


def check(text: str) -> Check:
    """Say what `text` is as JSON: empty, valid, incomplete or invalid (RFC 8259).

    The grammar decides, not a parser's limits: any depth and any number are valid, and get
    a caution where other readers would lose them. The time grows with the length alone. Of a
    text longer than `LARGE`, members are not counted, and there are no cautions.
    """
    if skip_space(text, 0) == len(text):
        return Empty()
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        return _check_with_surrogate(text, error.start)
    if len(text) > LARGE:
        return Valid(_kind(text), None, size) if is_json(text.encode()) else _check_slowly(text, size)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _check_slowly(text, size)
    if cautions.may_mislead(text):
        return _with_cautions(text, size, cautions.MANY_LEVELS)  # deeper than that, orjson refuses
    return Valid(_kind(text), len(value) if isinstance(value, dict | list) else None, size)


def _check_slowly(text: str, size: int) -> Check:
    """Find out why orjson refused, or that the text is a document all the same."""
    reading = read(text)
    fault = reading.fault
    if fault is None:
        return _with_cautions(text, size, reading.depth)
    return unfinished.describe(text, fault) or mistakes.explain(text, fault)


def _with_cautions(text: str, size: int, depth: int) -> Valid:
    kind = _kind(text)
    survey = cautions.survey(text, depth)
    return Valid(kind, survey.members if kind in (Kind.OBJECT, Kind.ARRAY) else None, size, survey.cautions)


def _check_with_surrogate(text: str, at: int) -> Invalid:
    """Check a text whose character at `at` has no UTF-8: that is its first mistake, if none comes before."""
    before = check(text[:at])
    if isinstance(before, Invalid):
        return before
    return Invalid(place(text, at, at + 1), not_a_character(text[at]))


def _kind(text: str) -> Kind:
    return kind_at(text, skip_space(text, 0))


def is_json(payload: bytes) -> bool | None:
    """Whether `payload` is one JSON document in UTF-8 (RFC 8259 §8.1), as fast as can be told.

    Never raises. Nesting has no limit of its own: msgspec stops at Python's recursion limit,
    and hands over to our own. That is slow: where it would have to judge more than
    `SLOWLY`, the answer is None.
    """
    try:
        _FRAME.decode(payload)
    except RecursionError:
        return _is_json_slowly(payload)
    except msgspec.DecodeError:
        # All that msgspec refuses against the grammar are lone surrogate escapes.
        return _is_json_slowly(payload) if _may_hold_surrogate(payload) else False
    return payload.isascii() or _decoded(payload) is not None  # msgspec lets any byte pass in a string


def _may_hold_surrogate(payload: bytes) -> bool:
    return b"\\ud" in payload or b"\\uD" in payload


def _is_json_slowly(payload: bytes) -> bool | None:
    if len(payload) > SLOWLY:
        return None
    text = _decoded(payload)
    return text is not None and is_document(text)


def _decoded(payload: bytes) -> str | None:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return None
