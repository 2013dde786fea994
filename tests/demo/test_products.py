import os
from pathlib import Path

import pytest

from client_tui.core.errors import ClientError
from client_tui.demo.products import Mode, Products, produce
from client_tui.demo.take import Reel, Still, Take
from client_tui.picture.formats import MOVING, STILL
from client_tui.picture.look import Look
from tests.picture.screens import film, scene

LOOK = Look()


def take(**screens):
    """Return what a tape has made whose pictures are text."""
    return Take(tuple(Still(f"{name}.txt", scene(text), LOOK) for name, text in screens.items()), (), 1.0)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_pictures_and_films_are_written_each_in_its_format_into_folders_that_are_made(tmp_path):
    stills = tuple(Still(f"s/a.{suffix}", scene("one"), LOOK) for suffix in STILL)
    reels = tuple(Reel(f"f/b.{suffix}", film(["one"], ["two"]), LOOK) for suffix in MOVING)
    folder = tmp_path / "not" / "there"
    products = produce(Take(stills, reels, 1.0), folder, Mode.WRITE)
    assert products == Products(tuple(folder / each.path for each in (*stills, *reels)))
    assert files(folder) == sorted(each.path for each in (*stills, *reels))
    begin = {path.suffix: path.read_bytes()[:16] for path in (folder / "s").iterdir()}
    assert begin[".txt"].startswith(b"one")
    assert begin[".png"].startswith(b"\x89PNG")
    assert b"<svg" in begin[".svg"]
    assert begin[".html"].lower().startswith(b"<!doctype html")
    begin = {path.suffix: path.read_bytes()[:16] for path in (folder / "f").iterdir()}
    assert begin[".gif"].startswith(b"GIF89a")
    assert begin[".webp"].startswith(b"RIFF")
    assert begin[".cast"].startswith(b'{"version": 2')
    assert b"<svg" in begin[".svg"]


def test_a_film_and_a_picture_can_both_be_svg(tmp_path):
    both = Take((Still("a.svg", scene("x"), LOOK),), (Reel("b.svg", film(["x"], ["y"]), LOOK),), 2.0)
    produce(both, tmp_path, Mode.WRITE)
    assert "<animate" not in (tmp_path / "a.svg").read_text()
    assert "<animate" in (tmp_path / "b.svg").read_text()


def test_an_ending_is_one_in_capitals_too(tmp_path):
    produce(Take((Still("A.TXT", scene("x"), LOOK),), (), 1.0), tmp_path, Mode.WRITE)
    assert (tmp_path / "A.TXT").read_text().strip() == "x"


def test_what_is_there_is_written_over(tmp_path):
    produce(take(a="old"), tmp_path, Mode.WRITE)
    assert produce(take(a="new"), tmp_path, Mode.WRITE).written == (tmp_path / "a.txt",)
    assert (tmp_path / "a.txt").read_text().strip() == "new"
    assert files(tmp_path) == ["a.txt"]


def test_a_check_writes_nothing_and_says_what_differs(tmp_path):
    produce(take(a="one", b="two"), tmp_path, Mode.WRITE)
    products = produce(take(a="one", b="2", c="three"), tmp_path, Mode.CHECK)
    assert products.written == ()
    assert products.differences == (
        (tmp_path / "b.txt", "from line 1 on:\n- two\n+ 2"),
        (tmp_path / "c.txt", "there is no such picture yet"),
    )
    assert files(tmp_path) == ["a.txt", "b.txt"]
    assert (tmp_path / "b.txt").read_text().strip() == "two"


def test_a_check_of_the_same_finds_nothing_and_makes_no_folder(tmp_path):
    produce(take(a="one"), tmp_path, Mode.WRITE)
    assert produce(take(a="one"), tmp_path, Mode.CHECK) == Products()
    assert produce(Take((), (), 0.0), tmp_path / "b", Mode.CHECK) == Products()
    assert not (tmp_path / "b").exists()


def test_an_update_writes_only_what_differs(tmp_path):
    produce(take(a="one", b="two"), tmp_path, Mode.WRITE)
    before = (tmp_path / "a.txt").stat()
    products = produce(take(a="one", b="2", c="three"), tmp_path, Mode.UPDATE)
    assert products == Products((tmp_path / "b.txt", tmp_path / "c.txt"))
    assert (tmp_path / "a.txt").stat().st_ino == before.st_ino
    assert (tmp_path / "a.txt").stat().st_mtime_ns == before.st_mtime_ns
    assert (tmp_path / "b.txt").read_text().strip() == "2"
    assert (tmp_path / "c.txt").read_text().strip() == "three"


def test_pixels_that_are_packed_otherwise_are_the_same_picture(tmp_path):
    from PIL import Image

    picture = Take((Still("a.png", scene("x"), LOOK),), (), 1.0)
    produce(picture, tmp_path, Mode.WRITE)
    path = tmp_path / "a.png"
    drawn = path.read_bytes()
    with Image.open(path) as image:
        image.load()
        image.save(path, compress_level=0)
    assert path.read_bytes() != drawn
    assert produce(picture, tmp_path, Mode.CHECK) == Products()


# ---------------------------------------------------------------------- what cannot be


def test_a_folder_in_the_place_of_a_picture_is_told_in_words(tmp_path):
    (tmp_path / "a.txt").mkdir()
    for mode, title in (
        (Mode.CHECK, "A picture cannot be compared"),
        (Mode.WRITE, "A picture cannot be written"),
    ):
        with pytest.raises(ClientError) as failure:
            produce(take(a="one"), tmp_path, mode)
        assert (failure.value.title, failure.value.message) == (
            title,
            f"{tmp_path / 'a.txt'}: Is a directory",
        )
    assert files(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(ClientError, match=r"A picture cannot be written: .*/file is no folder"):
        produce(take(a="one"), tmp_path / "file", Mode.WRITE)
    assert (tmp_path / "file").read_text() == "precious"


def test_on_a_full_disk_the_old_picture_stays_and_nothing_beside_it(tmp_path):
    produce(take(a="old"), tmp_path, Mode.WRITE)
    (tmp_path / f".a.txt.{os.getpid()}").symlink_to("/dev/full")
    with pytest.raises(ClientError, match=r"a\.txt: No space left on device"):
        produce(take(a="new"), tmp_path, Mode.WRITE)
    assert (tmp_path / "a.txt").read_text().strip() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_does_not_lead_out_of_the_folder(tmp_path):
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "link").symlink_to(elsewhere)
    take = Take((Still("link/a.txt", scene("x"), LOOK),), (), 1.0)
    for mode in Mode:
        with pytest.raises(ClientError, match="leads out of"):
            produce(take, folder, mode)
    assert list(elsewhere.iterdir()) == []


def test_where_the_folder_of_the_user_was_removed_it_is_told_in_words(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for mode in Mode:
        with pytest.raises(ClientError, match=r"not written: a\.txt: No such file or directory"):
            produce(take(a="one"), Path(), mode)


@pytest.mark.parametrize("mode", Mode)
def test_a_link_that_leads_to_itself_is_told_in_words(tmp_path, mode):
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(ClientError, match="link"):
        produce(take(a="one"), tmp_path / "link", mode)


def test_what_is_no_file_is_not_compared(tmp_path):
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    with pytest.raises(ClientError, match="is no file"):
        produce(Take((Still("a.txt", scene("x"), LOOK),), (), 1.0), tmp_path, Mode.CHECK)
