"""The file of a tape that is written: new, whole up to its last line, and silent when the disk is not."""

import os
import signal
import subprocess
import sys

import pytest

from client_tui.core.errors import ClientError
from client_tui.demo.tape.parse import LARGEST
from client_tui.demo.tape_file import TapeFile


def test_the_last_lines_change_and_those_before_stay(tmp_path):
    path = tmp_path / "new.tape"
    tape = TapeFile(path)
    tape.add('Type "a"\n')
    tape.change('Type "ä b"\n')
    assert path.read_text("utf-8") == 'Type "ä b"\n'
    tape.add("Up\n")
    tape.change("Up 2\n")
    tape.change("")
    tape.add("Enter\n")
    tape.close()
    assert path.read_text("utf-8") == 'Type "ä b"\nEnter\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert tape.trouble == ""


def test_nothing_is_written_over_another_file(tmp_path):
    path = tmp_path / "mine.tape"
    path.write_text("Enter\n")
    with pytest.raises(ClientError, match="already: name another"):
        TapeFile(path)
    with pytest.raises(ClientError, match="No tape can be recorded"):
        TapeFile(tmp_path / "no" / "folder.tape")
    assert path.read_text() == "Enter\n"


def test_more_than_a_tape_can_have_is_not_written(tmp_path):
    tape = TapeFile(tmp_path / "long.tape")
    line = f"# {'x' * 1000}\n"
    while not tape.trouble:
        tape.add(line)
    tape.add("Enter\n")
    assert tape.trouble == "a tape has at most 1,048,576 characters"
    text = (tmp_path / "long.tape").read_text()
    assert LARGEST - len(line) < len(text) <= LARGEST
    assert text.endswith(line)


FULL = """
import resource, signal, sys
from pathlib import Path
from client_tui.demo.tape_file import TapeFile
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
tape = TapeFile(Path(sys.argv[1]))
for _ in range(20):
    tape.add("Type 'abcdef'\\n")
print(tape.trouble)
"""


def test_a_disk_that_takes_no_more_is_told_and_no_line_is_torn(tmp_path):
    path = tmp_path / "full.tape"
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert path.read_text() == "Type 'abcdef'\n" * 7


KILLED = """
import sys
from pathlib import Path
from client_tui.demo.tape_file import TapeFile
tape = TapeFile(Path(sys.argv[1]))
tape.add("Up\\n")
tape.change("Up 2\\n")
print("now", flush=True)
sys.stdin.read()
"""


def test_what_is_written_is_there_when_the_client_is_killed(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "killed.tape")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout.readline() == b"now\n"
        os.kill(child.pid, signal.SIGKILL)
    assert (tmp_path / "killed.tape").read_text() == "Up 2\n"
