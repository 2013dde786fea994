"""JSON as text: checked as it is typed, coloured, laid out, and never through a parse and a dump."""

from client_tui.core.jsontext.check import LARGE, check, is_json
from client_tui.core.jsontext.layout import NotJsonError, compact, count_lines, pretty, preview_lines
from client_tui.core.jsontext.outcome import (
    Caution,
    Check,
    Empty,
    Incomplete,
    Invalid,
    Kind,
    Opened,
    Place,
    Valid,
)
from client_tui.core.jsontext.paths import path_of, value_of
from client_tui.core.jsontext.skeleton import is_shallow, skeleton
from client_tui.core.jsontext.tokens import Token, TokenKind, tokens

__all__ = [
    "LARGE",
    "Caution",
    "Check",
    "Empty",
    "Incomplete",
    "Invalid",
    "Kind",
    "NotJsonError",
    "Opened",
    "Place",
    "Token",
    "TokenKind",
    "Valid",
    "check",
    "compact",
    "count_lines",
    "is_json",
    "is_shallow",
    "path_of",
    "pretty",
    "preview_lines",
    "skeleton",
    "tokens",
    "value_of",
]
