"""For every test: the developer's own machine stays out, and no property has a deadline."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path

# Both a deadline and a measure of how fast examples are made fail on a slow machine.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Of the environment, what the client, Textual or the server reads.
NAMES = {"NO_COLOR", "VISUAL", "EDITOR", "REDIS_URL", "COLUMNS", "LINES"}


@pytest.fixture(autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home and a terminal of its own, and no variable that the client or Textual reads."""
    home: Path = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("JSONWS_TUI_", "XDG_")) or name in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COLORTERM", "truecolor")  # with 16 colours another theme is the default


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run beside one another: they wait for terminals and peers half of the time."""
    return max(2, 3 * (os.cpu_count() or 1) // 2)
