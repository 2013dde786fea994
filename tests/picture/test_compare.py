import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from client_tui.core.printable import is_printable
from client_tui.picture.compare import difference
from client_tui.picture.formats import MOVING, STILL, moving, still
from client_tui.picture.look import Look
from tests.picture.screens import film, scene

LOOK = Look(scale=1)
PIXELS = ("png", "gif", "webp")


def made(suffix, *screens):
    """Return a picture, or a film of several screens."""
    if suffix in STILL:
        return still(suffix, scene(*screens[0], width=20), LOOK)
    return moving(suffix, film(*screens), LOOK)


@pytest.mark.parametrize("suffix", sorted({*STILL, *MOVING}))
def test_the_same_picture_differs_in_nothing_and_another_one_in_something(suffix):
    one, other = made(suffix, ["hello", "you"], ["bye", ""]), made(suffix, ["hallo", "you"], ["bye", ""])
    assert difference(suffix, one, one) == ""
    words = difference(suffix, one, other)
    assert words
    assert all(map(is_printable, words.splitlines()))


def test_lines_that_differ_are_told_as_they_were_and_as_they_are():
    assert difference("txt", b"a\nb\nc\nd\n", b"a\nB\nc\nd\ne\n") == "from line 2 on:\n- b\n+ B\n+ e"
    assert difference("txt", b"a\nb\n", b"b\n") == "from line 1 on:\n- a"


def test_ends_of_lines_differ_too():
    assert difference("txt", b"a\nb\n", b"a\r\nb\r\n") == "nothing that is seen differs"


def test_a_long_line_is_told_where_it_differs():
    old, new = "x" * 5000 + "old" + "y" * 5000, "x" * 5000 + "new" + "y" * 5000
    words = difference("cast", old.encode(), new.encode())
    assert "- …" + "x" * 40 + "old" in words
    assert "+ …" + "x" * 40 + "new" in words
    assert len(words) < 400


def test_of_markup_its_elements_are_told():
    old, new = b"<svg><g><text>one</text></g></svg>", b"<svg><g><text>two</text></g></svg>"
    assert (
        difference("svg", old, new)
        == "from line 3 on:\n- <text>one</text></g></svg>\n+ <text>two</text></g></svg>"
    )


def test_however_much_differs_little_is_told():
    old, new = (b"\n".join(b"%d" % n for n in range(start, 5000, 2)) for start in (0, 1))
    words = difference("txt", old, new)
    assert len(words.splitlines()) == 22
    assert words.endswith("\n…")


def test_what_a_file_holds_is_told_in_escapes():
    words = difference("cast", b"\x1b]0;title\x07", b"\xff\x9b")
    assert "\\u001b" in words
    assert all(map(is_printable, words.splitlines()))


def test_pixels_that_differ_are_counted_and_their_box_is_told():
    old, new = Image.new("RGB", (40, 30)), Image.new("RGB", (40, 30))
    new.putpixel((5, 6), (0, 0, 1))
    assert difference("png", data(old), data(new)) == "1 pixel differs, between 5,6 and 5,6"
    new.putpixel((20, 8), (9, 0, 0))
    assert difference("png", data(old), data(new)) == "2 pixels differ, between 5,6 and 20,8"


def data(image, kind="PNG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def test_how_pixels_are_packed_is_no_difference():
    image = Image.effect_mandelbrot((60, 60), (-3, -2.5, 2, 2.5), 100)
    loose, tight = (data(image, compress_level=level) for level in (0, 9))
    assert loose != tight
    assert difference("png", loose, tight) == ""


def test_what_is_clear_and_what_is_not_differ():
    old, new = Image.new("RGBA", (4, 4), (1, 2, 3, 0)), Image.new("RGBA", (4, 4), (1, 2, 3, 255))
    assert difference("png", data(old), data(new)) == "16 pixels differ, between 0,0 and 3,3"


@pytest.mark.parametrize("suffix", PIXELS)
def test_sizes_that_differ_are_told(suffix):
    old = moving(suffix, film(["a"], width=9), LOOK) if suffix != "png" else still("png", scene("a"), LOOK)
    new = moving(suffix, film(["a"], width=10), LOOK) if suffix != "png" else still("png", scene("ab"), LOOK)
    before, after = (Image.open(BytesIO(it)).size for it in (old, new))
    assert difference(suffix, old, new) == f"{after[0]}×{after[1]} pixels instead of {before[0]}×{before[1]}"


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_the_frame_that_differs_is_told(suffix):
    one = moving(suffix, film(["a"], ["b"], ["c"]), LOOK)
    assert difference(suffix, one, moving(suffix, film(["a"], ["x"], ["c"]), LOOK)).startswith("frame 2: ")
    fewer, more = moving(suffix, film(["a"], ["b"]), LOOK), "frame 3: there was none before"
    slower = moving(suffix, film(["a"], ["b"], ["c"], step=2), LOOK)
    assert difference(suffix, one, slower) == "frame 1: shown for 2000 ms instead of 1000 ms"
    assert difference(suffix, one, fewer) in (
        "frame 2: shown for 2000 ms instead of 1000 ms",
        "frame 3: there is none any more",
    )
    assert difference(suffix, fewer, one) in ("frame 2: shown for 1000 ms instead of 2000 ms", more)


@pytest.mark.parametrize("suffix", PIXELS)
@given(st.data())
def test_a_broken_file_is_told_to_be_broken(suffix, data):
    whole = WHOLE[suffix]
    cut = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=20))
    for broken in (whole[:cut] + junk, junk):
        words = difference(suffix, whole, broken)
        assert broken == whole or words == "" or is_printable(words)
    assert difference(suffix, whole, junk).startswith("the new one is broken: ")
    assert difference(suffix, junk, whole).startswith("the one before is broken: ")


WHOLE = {suffix: made(suffix, ["hello"], ["you"]) for suffix in PIXELS}


def test_a_picture_that_would_fill_the_memory_is_not_unpacked():
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb += chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    assert "broken" in difference("png", bomb, WHOLE["png"])
    large = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">LLBBBBB", 9000, 9000, 8, 2, 0, 0, 0))
    large += chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    assert "pixels instead of 9000×9000" in difference("png", large, WHOLE["png"])


def chunk(kind, content):
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def test_names_within_an_svg_are_not_told():
    svg = '<svg xmlns="x" class="j{0}-"><g class="j{0}-a">{1}</g></svg>'
    old, new = svg.format("aaaaaa", "one").encode(), svg.format("bbbbbb", "two").encode()
    words = difference("svg", old, new)
    assert "one" in words
    assert "two" in words
    assert "aaaaaa" not in words
    assert difference("svg", old, svg.format("cccccc", "one").encode()) == "nothing that is seen differs"
