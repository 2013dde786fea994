"""What a key costs in the composer: ``python -m tests.benchmarks.composer_keys [--keys N]``.

The real app types into documents of 10 kB and 64 kB, at the end and in the middle. A cost
is the time from the key's event to the screen being painted, without the wait for the next
frame (Textual paints at most sixty times a second), and without a terminal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ["TEXTUAL_FPS"] = "5000"  # read once, when Textual is imported

from textual import events

from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.settings import Settings
from client_tui.ui.app import JsonwsApp
from client_tui.ui.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.ui.editor import Editor

GOALS: Final = {10_000: 16.0, 64_000: 50.0}  # from bytes to milliseconds, for the median
SIZE: Final = (120, 36)
TYPED: Final = '12, "ab": true '
WARM_UP: Final = 20  # keys


def documents(size: int) -> dict[str, str]:
    """Return documents of about `size` bytes, by what is particular about them."""
    count = size // 80
    items = [
        {"id": n, "name": f"somebody {n}", "price": n / 4, "tags": ["a", "b"], "ok": True}
        for n in range(count)
    ]
    minified = json.dumps(items, separators=(",", ":"))
    wide = json.dumps(
        [item | {"name": "世界の人々"} for item in items], separators=(",", ":"), ensure_ascii=False
    )
    rows = ",\n".join(json.dumps(items[n : n + 12], separators=(",", ":")) for n in range(0, count, 12))
    pretty = json.dumps(items, indent=2)
    return {
        "pretty": fitted(pretty, size),
        "pretty, invalid": broken(fitted(pretty, size)),
        "one line": fitted(minified, size),
        "one line, invalid": broken(fitted(minified, size)),
        "one line, wide": fitted(wide, size),
        "long lines": fitted(rows, size),
    }


def fitted(text: str, size: int) -> str:
    """Cut a document behind an item, where it is longer than `size`, and leave its array open."""
    return text[: text.rindex("}", 0, size) + 1]


def broken(text: str) -> str:
    """Put a mistake into the middle."""
    at = text.index(",", len(text) // 2)
    return f"{text[:at]},{text[at:]}"


async def key_costs(text: str, place: str, count: int) -> list[float]:
    """Type `count` keys into a document, and return what each cost in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Path(folder))
        async with app.run_test(size=SIZE) as pilot:
            editor = screen(app).composer.editor
            editor.put(text)
            row = editor.document.line_count // 2
            editor.move_cursor(
                editor.document.end if place == "end" else (row, len(editor.document[row]) // 2)
            )
            await pilot.pause()
            return [await key_cost(app, editor, key) for key in keys(WARM_UP + count)][WARM_UP:]


def open_app(folder: Path) -> JsonwsApp:
    """Return the app, connected to nothing."""
    settings = Settings(url=None, state_dir=folder)
    return JsonwsApp(
        settings,
        make_client=unconnected,
        make_finder=Finder,
        recording=Recording(None, lambda: Header("", "", 0.0)),
        sent=SentList(folder / "sent.jsonl"),
    )


def unconnected(*_: object) -> None:
    """Stand for what connects: there is no URL to connect to."""
    raise NotImplementedError


def screen(app: JsonwsApp) -> MainScreen:
    """Return the conversation."""
    found = app.screen
    assert isinstance(found, MainScreen)
    return found


def keys(count: int) -> Iterator[events.Key]:
    """Return so many keys, as the terminal would send them."""
    return (events.Key("space" if char == " " else char, char) for char in islice(cycle(TYPED), count))


async def key_cost(app: JsonwsApp, editor: Editor, key: events.Key) -> float:
    """Press a key, and wait until the editor has been painted."""
    painted = asyncio.Event()
    start = time.perf_counter()
    editor.post_message(key)
    editor.call_later(app.screen.call_after_refresh, painted.set)
    await painted.wait()
    return (time.perf_counter() - start) * 1000


async def measure(count: int) -> bool:
    """Print a line for each case, and return whether every goal was reached."""
    tell(f"{'document':<20}{'bytes':>8}  {'typed at':<8}{'median':>10}{'p99':>10}{'goal':>9}")
    reached = True
    for size, goal in GOALS.items():
        for name, text in documents(size).items():
            for place in ("end", "middle"):
                costs = await key_costs(text, place, count)
                median, p99 = statistics.median(costs), statistics.quantiles(costs, n=100)[-1]
                reached &= median <= goal
                tell(
                    f"{name:<20}{len(text.encode()):>8,}  {place:<8}{median:>7.1f} ms{p99:>7.1f} ms"
                    f"{goal:>6.0f} ms{'' if median <= goal else '  missed'}"
                )
    return reached


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, and end with status 1 where a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition(".")[0])
    parser.add_argument("--keys", type=int, default=100, help="how many keys are measured in each document")
    return 0 if asyncio.run(measure(parser.parse_args().keys)) else 1


if __name__ == "__main__":
    sys.exit(main())
