"""A new file: for its owner, whole, and over nothing that is there; for a full disk see test_export_file."""

import pytest

from client_tui.core.errors import ClientError
from client_tui.record.new_file import write_new

WORDS = "Nothing was painted"


def write(path, data=b"data"):
    return write_new(path, lambda out: out.write(data), otherwise=WORDS)


def test_it_is_for_its_owner_alone_and_its_size_is_told(tmp_path):
    assert write(tmp_path / "new") == 4
    assert (tmp_path / "new").read_bytes() == b"data"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_what_is_there_stays_a_link_too(tmp_path):
    (tmp_path / "file").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(ClientError, match=f"there is a file {tmp_path / name} already: name another"):
            write(tmp_path / name)
    assert (tmp_path / "file").read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["no/such/folder/out", "a\0b", "x" * 300, ""])
def test_what_cannot_be_made_is_told(tmp_path, name):
    with pytest.raises(ClientError) as caught:
        write(tmp_path / name)
    assert caught.value.title == WORDS
    assert str(tmp_path) in caught.value.message


def test_in_a_folder_that_takes_no_file_it_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ClientError, match="Not a directory"):
        write(tmp_path / "file" / "new")


def test_an_exception_of_whoever_writes_leaves_no_file(tmp_path):
    def fail(out):
        out.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path / "new", fail, otherwise=WORDS)
    assert not list(tmp_path.iterdir())
