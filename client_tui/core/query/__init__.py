"""The language of filter and search: what a line means, what is wrong with it, and how it is coloured."""

from client_tui.core.query.pieces import Part, spans
from client_tui.core.query.reading import literal, names_control_frames, parse
from client_tui.core.query.terms import (
    KINDS,
    LARGE,
    Comparison,
    Is,
    Jq,
    Kind,
    Mistake,
    Pattern,
    Query,
    Size,
    Term,
    Way,
    Word,
)

__all__ = [
    "KINDS",
    "LARGE",
    "Comparison",
    "Is",
    "Jq",
    "Kind",
    "Mistake",
    "Part",
    "Pattern",
    "Query",
    "Size",
    "Term",
    "Way",
    "Word",
    "literal",
    "names_control_frames",
    "parse",
    "spans",
]
