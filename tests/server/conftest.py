from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.echo_server import EchoServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def server() -> Iterator[EchoServer]:
    """One server for a module's tests. None of them may leave a traceback or an error in its log."""
    with EchoServer() as running:
        yield running
    assert running.process.returncode == 0
    assert "Traceback" not in running.log()
    assert "Error" not in running.log()
    assert "xception" not in running.log()
