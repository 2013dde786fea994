import pytest

from client_tui.core.byte_sizes import parse_size


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("0", 0),
        ("65536", 65536),
        ("12b", 12),
        ("1k", 1000),
        ("1kB", 1000),
        ("2 KiB", 2048),
        ("64MiB", 64 * 2**20),
        ("3M", 3_000_000),
        ("1G", 10**9),
        ("1gib", 2**30),
    ],
)
def test_a_number_of_bytes(written, count):
    assert parse_size(written) == count


@pytest.mark.parametrize("written", ["", "k", "-1", "1.5k", "1t", "1  k", " 1", "9" * 16, "one", "1k\n", "١"])
def test_what_is_none(written):
    assert parse_size(written) is None
