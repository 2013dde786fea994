import struct
from pathlib import Path

import pytest
from PIL import ImageFont

from client_tui.picture import fonts
from client_tui.picture.charmap import CharacterMap, character_map

SHIPPED = sorted((Path(fonts.__file__).parent / "fonts").glob("*.ttf"))
REGULAR = next(path for path in SHIPPED if path.name == "JetBrainsMono-Regular.ttf")


def group_table(*groups: tuple[int, int, int]) -> bytes:
    """Return a subtable of format 12."""
    return struct.pack(">HHLLL", 12, 0, 16 + 12 * len(groups), 0, len(groups)) + b"".join(
        struct.pack(">LLL", *group) for group in groups
    )


def font_file(cmap: bytes, platform: tuple[int, int] = (3, 10), start: int = 0) -> bytes:
    """Return a font with nothing in it but a cmap of one subtable; `start` is where it lies in its file."""
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0)
    table = struct.pack(">HHHHL", 0, 1, *platform, 12) + cmap
    return head + struct.pack(">4sLLL", b"cmap", 0, start + 28, len(table)) + table


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_a_font_is_said_to_lack_it_draws_as_it_draws_what_is_no_character(path):
    font = ImageFont.truetype(path, 20, layout_engine=ImageFont.Layout.BASIC)

    def drawn(char: str) -> bytes:
        return bytes(font.getmask(char))

    missing, has = drawn("\uffff"), character_map(path)
    for code in (
        *range(0x21, 0x7F),
        *range(0xA1, 0xAD),
        *range(0x370, 0x400),
        *range(0x2500, 0x2600),
        0x1F600,
    ):
        assert (drawn(chr(code)) == missing) == (chr(code) not in has), hex(code)


def test_a_character_beyond_the_basic_plane_is_looked_for_too():
    found = CharacterMap(group_table((0x41, 0x43, 5), (0x1F600, 0x1F64F, 8)))
    assert [char in found for char in "@ABCD😀🙏\U0001f650"] == [
        False,
        True,
        True,
        True,
        False,
        True,
        True,
        False,
    ]


def test_a_group_that_begins_with_no_glyph_lacks_its_first_character():
    found = CharacterMap(group_table((0x41, 0x43, 0)))
    assert [char in found for char in "ABC"] == [False, True, True]


def test_what_is_no_single_character_is_in_no_font():
    has = character_map(REGULAR)
    assert "a" in has
    assert "ab" not in has
    assert "" not in has
    assert 97 not in has


def test_of_a_collection_the_first_font_counts(tmp_path):
    path = tmp_path / "two.ttc"
    collection = struct.pack(">4sHHLL", b"ttcf", 1, 0, 1, 16)
    path.write_bytes(collection + font_file(group_table((0x41, 0x41, 1)), start=16))
    assert "A" in character_map(path)
    assert "B" not in character_map(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\0\0",
        b"ttcf\0\1\0\0\0\0\0\1\xff\xff\xff\xff",
        b"GIF89a" * 20,
        font_file(b""),
        font_file(group_table((0x41, 0x43, 1)), platform=(1, 0)),
        font_file(struct.pack(">HHLLL", 12, 0, 16, 0, 0xFFFFFFFF)),
        font_file(struct.pack(">HHHH", 4, 8, 0, 0xFFFF)),
        font_file(struct.pack(">HH", 6, 4)),
        struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0) + struct.pack(">4sLLL", b"glyf", 0, 0, 0),
    ],
    ids=[
        "empty",
        "cut",
        "nowhere",
        "other",
        "no table",
        "other encoding",
        "cut table",
        "short",
        "format",
        "none",
    ],
)
def test_a_broken_font_has_no_characters(tmp_path, content):
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    assert "A" not in character_map(path)


def test_a_font_that_is_gone_has_no_characters(tmp_path):
    assert "A" not in character_map(tmp_path / "gone.ttf")
