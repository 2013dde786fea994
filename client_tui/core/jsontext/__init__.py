"""JSON as text: checked as it is typed, coloured, laid out, and never through a parse and a dump."""

from client_tui.core.jsontext.check import check, is_json
from client_tui.core.jsontext.editing import Edit, between_pair, inside_string, line_break, typed
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
from client_tui.core.jsontext.tokens import Token, TokenKind, tokens

__all__ = [
    "Caution",
    "Check",
    "Edit",
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
    "between_pair",
    "check",
    "compact",
    "count_lines",
    "inside_string",
    "is_json",
    "line_break",
    "path_of",
    "pretty",
    "preview_lines",
    "tokens",
    "typed",
    "value_of",
]
