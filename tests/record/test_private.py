import os
import threading

import pytest

from client_tui.record.private import open_private, write_whole


def test_file_and_folder_are_the_owners_alone(tmp_path):
    path = tmp_path / "state" / "file"
    old = os.umask(0)
    try:
        os.close(open_private(path, os.O_WRONLY | os.O_CREAT))
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_mode_that_the_owner_chose_stays(tmp_path):
    path = tmp_path / "file"
    path.touch()
    path.chmod(0o640)
    os.close(open_private(path, os.O_WRONLY))
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_in_the_place_of_the_folder_is_told_of_as_such(tmp_path):
    (tmp_path / "state").touch()
    for path in (tmp_path / "state" / "file", tmp_path / "state" / "deeper" / "file"):
        with pytest.raises(NotADirectoryError):
            open_private(path, os.O_WRONLY | os.O_CREAT)


def test_children_do_not_inherit_the_descriptor(tmp_path):
    descriptor = open_private(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    assert not os.get_inheritable(descriptor)
    os.close(descriptor)


def test_everything_is_written_where_one_write_takes_less():
    # A pipe takes 64 KiB at once, so the writer comes back for the rest while the reader empties it.
    reader, writer = os.pipe()
    data = bytes(range(256)) * 4096
    thread = threading.Thread(target=lambda: (write_whole(writer, data), os.close(writer)))
    thread.start()
    with os.fdopen(reader, "rb") as file:
        assert file.read() == data
    thread.join()
