from __future__ import annotations

import pytest

from server.options import Options, UsageError, parse


def test_the_defaults() -> None:
    assert parse([], {}) == Options("127.0.0.1", 8000, 16 * 1024 * 1024, None, verbose=False)


def test_every_flag() -> None:
    flags = ["--host", "::1", "--port", "0", "--max-size", "99", "--redis-url", "redis://h/1", "--verbose"]
    assert parse(flags, {"REDIS_URL": "redis://other"}) == Options("::1", 0, 99, "redis://h/1", verbose=True)


def test_the_lab_is_off_unless_it_is_asked_for() -> None:
    assert not parse([], {}).lab
    assert parse(["--lab"], {}).lab


def test_the_environment_stands_in_for_the_flag() -> None:
    assert parse([], {"REDIS_URL": "redis://h"}).redis_url == "redis://h"
    assert parse([], {"REDIS_URL": ""}).redis_url is None


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--port", "99999"], "--port: '99999' is not a port: give 0 to 65535"),
        (["--port", "-1"], "--port"),
        (["--port", "x"], "--port"),
        (["--port"], "--port"),
        (["--max-size", "0"], "--max-size: '0' is not a size: give a number of bytes"),
        (["--max-size", "16M"], "--max-size"),
        (["--bogus"], "--bogus"),
        (["--verb"], "--verb"),
        (["here\x1b[31m\n"], r"here\u001b[31m\u000a"),
    ],
)
def test_a_wrong_one_is_named_in_one_line(flags: list[str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(flags, {})
    assert words in str(caught.value)
    assert str(caught.value).isprintable()
