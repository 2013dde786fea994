import pytest

from client_tui.demo.tape.picture_paths import FILMS, STILLS, film, still
from client_tui.demo.tape.reader import NotReadError, Reader

ENDINGS = "gif, webp, cast or svg"


def reason(read, path):
    with pytest.raises(NotReadError) as caught:
        read(Reader(path))
    return caught.value.reason


@pytest.mark.parametrize("suffix", FILMS)
def test_the_path_of_a_film(suffix):
    assert film(Reader(f"img/hello.{suffix}")) == f"img/hello.{suffix}"


@pytest.mark.parametrize("suffix", STILLS)
def test_the_path_of_a_picture(suffix):
    assert still(Reader(f"hello.{suffix} Enter")) == f"hello.{suffix}"


@pytest.mark.parametrize(
    ("written", "path"),
    [("'my film.gif'", "my film.gif"), ("./a//b/./c.gif", "a/b/c.gif"), ("..a/b.gif", "..a/b.gif")],
)
def test_one_file_has_one_path(written, path):
    assert film(Reader(written)) == path


@pytest.mark.parametrize("path", ["/etc/x.gif", "../x.gif", "a/../../x.gif", "a/../b.gif", "//host/x.gif"])
def test_no_path_leads_out_of_the_folder(path):
    assert (
        reason(film, path)
        == f"{path} leads out of the folder of the pictures: name a file in it, or below it"
    )
    assert "leads out of the folder" in reason(still, path.replace("gif", "png"))


@pytest.mark.parametrize("path", [r"..\x.gif", r"C:\x.gif", "C:x.gif", r"\\host\x.gif"])
def test_nor_does_one_of_another_system(path):
    assert "holds a backslash or a colon" in reason(film, path)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("x.mp4", f"is made by ffmpeg, which is not needed here: a film is a {ENDINGS}"),
        ("x.webm", f"is made by ffmpeg, which is not needed here: a film is a {ENDINGS}"),
        ("x.png", "is a picture, not a film: Screenshot takes one"),
        ("x.ascii", "is a text, not a film: Screenshot NAME.txt takes one"),
        ("frames/", f"is a folder: one file is written, a {ENDINGS}"),
        ("x", f"has none of the endings that are written: {ENDINGS}"),
        (".gif", f"has none of the endings that are written: {ENDINGS}"),
    ],
)
def test_what_is_no_film(path, why):
    assert reason(film, path) == f"{path} {why}"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("x.gif", "is a film, not a picture: Output writes one"),
        ("x.jpg", "has none of the endings that are written: svg, png, txt or html"),
    ],
)
def test_what_is_no_picture(path, why):
    assert reason(still, path) == f"{path} {why}"
