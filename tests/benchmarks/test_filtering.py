import re

import orjson
import pytest

from tests.benchmarks import payloads
from tests.benchmarks.filtering import FILTERS

FRAMES = 2 * payloads.PRICES


def lets_in(name, text, payload):
    """Decide as the filters' own words mean it, on the payload itself."""
    if name == "a text":
        return text.encode() in payload
    if name == "a regex":
        return re.search(text.strip("/").encode(), payload) is not None
    field, limit = re.fullmatch(r"\.(\w+) > (\d+)", text).groups()
    return orjson.loads(payload)[field] > int(limit)


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_a_filter_lets_in_what_the_benchmark_counts_on(each):
    numbers = range(payloads.FIRST, payloads.FIRST + FRAMES)
    wanted = [number for number in numbers if lets_in(each.name, each.text, payloads.payload(number, 100))]
    assert wanted == [number for number in numbers if each.accepts(number)]
    assert 0 < each.count(FRAMES) == len(wanted) < FRAMES / 50
