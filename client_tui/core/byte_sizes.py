"""Numbers of bytes as people write them: 65536, 512k, 64MiB."""

from __future__ import annotations

import re
from typing import Final

_SIZE: Final = re.compile(r"([0-9]{1,15}) ?([a-z]*)")
_UNITS: Final = {"": 1, "b": 1} | {
    spelling: base**power
    for power, letter in enumerate("kmg", start=1)
    for spelling, base in ((letter, 1000), (letter + "b", 1000), (letter + "ib", 1024))
}


def parse_size(written: str) -> int | None:
    """Return the number of bytes that is written; None where it is none.

    k, M and G count in thousands, KiB, MiB and GiB in 1024s; upper and lower case are the same.
    """
    match = _SIZE.fullmatch(written.lower())
    if match is None or match[2] not in _UNITS:
        return None
    unit: int = _UNITS[match[2]]
    return int(match[1]) * unit
