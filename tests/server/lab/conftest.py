from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.echo_server import EchoServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def lab() -> Iterator[EchoServer]:
    """One server with the lab for a module's tests. None of them may leave an error in its log."""
    with EchoServer("--lab") as running:
        yield running
    assert running.process.returncode == 0
    assert "Traceback" not in running.log()
    assert "Error" not in running.log()
    assert "xception" not in running.log()
    assert "took too long" not in running.log()
