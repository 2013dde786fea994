"""The table and the JSON of a run: when, on what machine, the figures, and which goals were reached."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.sides import NAMES, OURS, versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.figures import Row

_LEGEND: Final = f"In brackets: the figure of {OURS} divided by that one."


def circumstances() -> dict[str, Any]:
    """Return when and on what this runs."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": versions(),
    }


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def table(rows: Sequence[Row], about: dict[str, Any], rounds: int) -> str:
    """Return the table, as Markdown that can be read as it is."""
    names = [name for name in NAMES if any(name in row.values for row in rows)]
    lines = [["", *names, "goal"], *(_cells(row, names) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names) + 2)]
    spelled = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    rule = " | ".join("-" * width for width in widths)
    used = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    machine = f"{about['cores']} cores ({about['processor']}), {about['system']}, {about['python']}"
    head = f"{about['date']}, {machine}, {used}; rounds: {rounds}.\n{_LEGEND}"
    return "\n".join([head, "", *(f"| {line} |" for line in (spelled[0], rule, *spelled[1:]))]) + "\n"


def _cells(row: Row, names: Sequence[str]) -> list[str]:
    return [row.what, *(_cell(row, name) for name in names), "; ".join(goal.in_words() for goal in row.goals)]


def _cell(row: Row, name: str) -> str:
    if name not in row.values:
        return "—"
    ratio = None if name == OURS else row.ratio(OURS, name)
    return row.values[name].in_words(row.unit) + (f" ({ratio:.2f})" if ratio is not None else "")


def as_json(rows: Sequence[Row], about: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Return everything, the figures of all rounds and the ratios too."""
    return about | {"rounds": rounds, "rows": [_as_json(row) for row in rows]}


def _as_json(row: Row) -> dict[str, Any]:
    others = [name for name in row.values if name != OURS]
    goals = [asdict(goal) | {"is_reached": goal.is_reached} for goal in row.goals]
    return asdict(row) | {"ratios": {name: row.ratio(OURS, name) for name in others}, "goals": goals}
