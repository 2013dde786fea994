from __future__ import annotations

import pytest

from server.origins import is_allowed, is_loopback


@pytest.mark.parametrize(
    "origin",
    ["http://localhost", "http://localhost:3000", "https://127.0.0.1:8443", "http://127.1.2.3", "http://[::1]:80",
     "http://app.localhost:5173", "HTTP://LOCALHOST"],
)  # fmt: skip
def test_pages_of_this_machine_are_let_in(origin: str) -> None:
    assert is_loopback(origin)


@pytest.mark.parametrize(
    "origin",
    ["http://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org", "null", "", "file://",
     "http://localhost@example.org", "http://notlocalhost", "http://10.0.0.1", "http://[::1", "localhost",
     "ftp://localhost", "http://", "chrome-extension://localhost"],
)  # fmt: skip
def test_others_are_not(origin: str) -> None:
    assert not is_loopback(origin)


def test_a_program_without_an_origin_is_let_in() -> None:
    assert is_allowed([(b"host", b"127.0.0.1:8000")])


def test_every_origin_counts() -> None:
    assert not is_allowed([(b"origin", b"http://localhost"), (b"origin", b"http://example.org")])
