from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from client_tui.settings import Settings

SETTINGS = Settings(
    url="ws://host/",
    headers=(("Authorization", "Bearer secret"),),
    state_dir=Path("state"),
)


def test_settings_are_frozen():
    with pytest.raises(FrozenInstanceError):
        SETTINGS.url = "ws://other/"  # type: ignore[misc]


def test_secrets_of_headers_stay_out_of_tracebacks_and_logs():
    assert "secret" not in repr(SETTINGS)
