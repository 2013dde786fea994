"""The client beside others, in one run: ``python -m tests.benchmarks [--only MEASURE,…]``.

Each side runs in a pseudo-terminal of its own and gets the same bytes from the same server,
by turns. What counts are the ratios: the figures themselves are this machine's.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import big, filtering, flood, keys, memory, repaint, report, stages, start
from tests.benchmarks.bench import Bench, tell
from tests.benchmarks.sides import sides
from tests.benchmarks.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.benchmarks.figures import Row

MEASURES: Final[dict[str, Callable[[Bench], Iterator[Row]]]] = {
    "start": start.measure,
    "flood": flood.measure,
    "keys": keys.measure,
    "big": big.measure,
    "memory": memory.measure,
    "repaint": repaint.measure,
    "filter": filtering.measure,
    "stages": stages.measure,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the JSON. Return 1 where `--check` is given and a goal missed."""
    options = parser().parse_args(argv)
    with Source() as source:
        bench = Bench(source, sides(options.wsrepl), options.rounds, options.keys, options.frames)
        rows = [row for name in options.only for row in _measured(name, bench)]
    about = report.circumstances()
    sys.stdout.write(report.table(rows, about, options.rounds))
    found = json.dumps(report.as_json(rows, about, options.rounds), indent=1, ensure_ascii=False)
    options.json.write_text(f"{found}\n", encoding="utf-8")
    missed = [goal for row in rows for goal in row.goals if goal.is_reached is False]
    return 1 if options.check and missed else 0


def _measured(name: str, bench: Bench) -> list[Row]:
    tell(f"{name} …")
    return list(MEASURES[name](bench))


def parser() -> argparse.ArgumentParser:
    """Return what reads the flags."""
    found = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.partition(":")[0])
    found.add_argument(
        "--only", type=_measures, default=list(MEASURES), metavar="MEASURE,…", help=", ".join(MEASURES)
    )
    found.add_argument(
        "--json", type=Path, default=Path("benchmarks.json"), metavar="FILE", help="%(default)s"
    )
    found.add_argument("--rounds", type=int, default=3, help="of each measure (%(default)s)")
    found.add_argument("--keys", type=int, default=200, help="that are timed (%(default)s)")
    found.add_argument("--frames", type=int, default=1_000_000, help="that are many (%(default)s)")
    found.add_argument("--wsrepl", metavar="COMMAND", help="how to start wsrepl, where it is not on the PATH")
    found.add_argument("--check", action="store_true", help="end with status 1 where a goal is missed")
    return found


def _measures(names: str) -> list[str]:
    wanted = names.split(",")
    if unknown := [name for name in wanted if name not in MEASURES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(MEASURES)}")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
