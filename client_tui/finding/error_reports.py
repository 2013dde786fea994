"""Whether a JSON document reports an error, as far as one can tell without knowing the service."""

from __future__ import annotations

from typing import Final

import msgspec
import orjson

_NONE: Final = msgspec.Raw(b"null")


class _Report(msgspec.Struct):
    """The members of an object that may tell of an error; what else stands in it does not count."""

    error: msgspec.Raw = _NONE
    errors: msgspec.Raw = _NONE
    type: msgspec.Raw = _NONE
    event: msgspec.Raw = _NONE
    status: msgspec.Raw = _NONE
    op: msgspec.Raw = _NONE
    kind: msgspec.Raw = _NONE
    action: msgspec.Raw = _NONE
    level: msgspec.Raw = _NONE
    result: msgspec.Raw = _NONE


_NAMED: Final = ("type", "event", "status", "op", "kind", "action", "level", "result")
_parse = msgspec.json.Decoder(_Report).decode


def reports_error(text: str) -> bool:
    """Tell whether `text` is a JSON object that reports an error.

    It does so where `error` or `errors` holds something: not null, false, 0, or empty. And where
    one of `_NAMED` is "error", in capitals or not. What is nested deeper than Python's recursion
    limit is not read.
    """
    if "error" not in text and "error" not in text.lower() and "\\u" not in text:
        return False
    try:
        report = _parse(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return _holds(report.error) or _holds(report.errors) or any(_is_error(report, name) for name in _NAMED)


def _holds(value: msgspec.Raw) -> bool:
    try:
        return bool(orjson.loads(bytes(value)))
    except orjson.JSONDecodeError:  # what orjson cannot read is not nothing
        return True


def _is_error(report: _Report, name: str) -> bool:
    value = bytes(getattr(report, name))
    if not value.startswith(b'"') or len(value) > len('"error"') * 6:  # each character may be an escape
        return False
    try:
        return str(orjson.loads(value)).casefold() == "error"
    except orjson.JSONDecodeError:
        return False
