import subprocess
import sys

import pytest

from client_tui.picture.formats import MOVING, STILL, moving, still
from client_tui.picture.look import Look
from tests.picture.screens import film, scene

BEGINS = {
    "svg": b"<svg ",
    "png": b"\x89PNG\r\n",
    "txt": b"hello",
    "html": b"<!doctype html>",
    "gif": b"GIF89a",
    "webp": b"RIFF",
    "cast": b'{"version": 2',
}
PRINT_WHAT_CAME = """
import sys
from client_tui.picture import formats
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Pane, Pen, Picture, Run, Scene, Shot
pen = Pen("#ffffff", "#000000")
picture = Picture(5, 1, ((Run("hello", 5, pen),),), "#ffffff", "#000000", "#ff0000")
scene = Scene((Pane(picture),))
for suffix in ("svg", "txt", "html"):
    formats.still(suffix, scene, Look())
for suffix in ("svg", "cast"):
    formats.moving(suffix, Film((Shot(0.0, scene),), 1.0), Look())
print("PIL" in sys.modules)
"""


@pytest.mark.parametrize("suffix", STILL)
def test_a_still_is_what_its_ending_says(suffix):
    assert still(suffix, scene("hello"), Look())[:20].lower().startswith(BEGINS[suffix].lower())


@pytest.mark.parametrize("suffix", MOVING)
def test_a_film_is_what_its_ending_says(suffix):
    assert moving(suffix, film(["hello"]), Look())[:20].lower().startswith(BEGINS[suffix].lower())


def test_what_is_no_format_is_refused():
    with pytest.raises(ValueError, match="gif"):
        still("gif", scene("hello"), Look())
    with pytest.raises(ValueError, match="png"):
        moving("png", film(["hello"]), Look())


def test_what_is_text_needs_no_pillow():
    done = subprocess.run([sys.executable, "-c", PRINT_WHAT_CAME], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
