"""What the tests of the files share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CHROME_HAR = Path(__file__).with_name("chrome.har")
"""What the DevTools of Chrome 150 made of a page with three WebSockets: one that was closed, one that was
dropped, and one to a port that Chrome refuses."""


@pytest.fixture
def chrome_har() -> Any:
    """Return a HAR as Chrome writes it, parsed."""
    return json.loads(CHROME_HAR.read_text())
