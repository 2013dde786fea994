import subprocess
import sys

import pytest

from client_tui.core.errors import ClientError
from client_tui.record.export_file import export_file
from client_tui.record.lines import Header
from tests.support.recordings import START, URL, a_bit_of_everything, lines_of

HEADER = Header("0.1.0", URL, START)


class StoppedError(Exception):
    """Somebody has had enough."""


def test_it_is_written_for_its_owner_alone_and_its_size_is_told(tmp_path):
    path = tmp_path / "out.jsonl"
    size = export_file(path, a_bit_of_everything(), HEADER, "ndjson")
    assert path.read_bytes() == lines_of(a_bit_of_everything())
    assert path.stat().st_size == size
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_not_overwritten(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("precious")
    with pytest.raises(ClientError, match=f"there is a file {path} already: name another"):
        export_file(path, [], HEADER, "json")
    assert path.read_text() == "precious"


def test_what_lies_behind_a_link_is_not_overwritten_either(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(ClientError, match="already"):
        export_file(tmp_path / "link", [], HEADER, "json")
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("name", ["no/such/folder/out", "a\0b", "x" * 300])
def test_what_cannot_be_written_is_told(tmp_path, name):
    with pytest.raises(ClientError, match="Nothing was exported"):
        export_file(tmp_path / name, [], HEADER, "json")


def test_whoever_stops_it_leaves_no_file(tmp_path):
    def entries():
        yield from a_bit_of_everything() * 10_000
        raise StoppedError

    with pytest.raises(StoppedError):
        export_file(tmp_path / "out", entries(), HEADER, "ndjson")
    assert not list(tmp_path.iterdir())


FULL = """
import resource, signal, sys
from pathlib import Path
from client_tui.core.errors import ClientError
from client_tui.record.export_file import export_file
from tests.record.test_export_file import HEADER
from tests.support.recordings import ticks
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    export_file(Path(sys.argv[1]), ticks(10_000), HEADER, "json")
except ClientError as error:
    print(error)
"""


def test_a_file_that_takes_no_more_is_not_left_there(tmp_path):
    path = tmp_path / "out"
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"Nothing was exported: {path}: File too large\n"
    assert not path.exists()
