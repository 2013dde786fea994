import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.render.hexdump import BYTES_A_LINE, HexLines

data = st.binary(max_size=100)


@given(data)
def test_the_bytes_can_be_read_back(data):
    lines = list(HexLines(data))
    assert bytes.fromhex("".join(line[10:58] for line in lines)) == data
    assert [int(line[:8], 16) for line in lines] == list(range(0, max(1, len(data)), BYTES_A_LINE))


@given(data)
def test_the_ascii_among_them_stands_beside_them(data):
    beside = "".join(line[60:] for line in HexLines(data))
    assert beside == "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    assert all(line.isprintable() for line in HexLines(data))


@given(data, st.slices(7))
def test_it_is_a_sequence(data, part):
    lines = HexLines(data)
    assert len(lines) == len(list(lines))
    assert lines[part] == list(lines)[part]
    assert lines[-1] == list(lines)[-1]
    with pytest.raises(IndexError):
        lines[len(lines)]


def test_how_it_looks():
    assert list(HexLines(b"\x00hello world\xff, again")) == [
        "00000000  00 68 65 6c 6c 6f 20 77  6f 72 6c 64 ff 2c 20 61  .hello world., a",
        "00000010  67 61 69 6e                                       gain",
    ]


def test_no_bytes_are_one_line():
    assert len(HexLines(b"")) == 1
