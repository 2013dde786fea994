import errno
import io
import sys
from pathlib import Path

import pytest

from client_tui.cli.talk import (
    BROKEN_PIPE,
    FAILED,
    WRONG_USE,
    OutputError,
    put,
    refuse,
    report_failure,
    report_output,
    say,
    settle_output,
    standard_output,
)


def test_data_goes_to_standard_output_as_it_is(capsys):
    put("a\x1b\n")
    assert capsys.readouterr() == ("a\x1b\n", "")


def test_talk_goes_to_standard_error_in_one_harmless_line(capsys):
    say("no \x1b[2J\nfile")
    assert capsys.readouterr() == ("", "jsonws-tui: no \\u001b[2J\\u000afile\n")


def test_what_stands_below_has_lines_of_its_own(capsys):
    say("it waited. On the screen:", "  a\x1b[2J", "  b")
    assert capsys.readouterr().err == "jsonws-tui: it waited. On the screen:\n  a\\u001b[2J\n  b\n"


def test_what_is_refused_is_wrong_use(capsys):
    assert refuse("no such file") == WRONG_USE
    assert capsys.readouterr().err == "jsonws-tui: no such file\n"


def test_data_fits_into_any_encoding(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "ascii"))
    put("世")
    sys.stdout.flush()
    assert raw.getvalue() == b"\\u4e16"


def test_where_there_is_no_standard_error_nothing_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    say("talk")


def test_a_standard_error_that_takes_no_more_changes_nothing(monkeypatch):
    with Path("/dev/full").open("w", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert refuse("talk") == WRONG_USE
        settle_output()


@pytest.mark.parametrize("write", [lambda: put("data"), lambda: standard_output().__enter__()])
def test_a_standard_output_that_is_closed_is_told(monkeypatch, write):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="it is closed"):
        write()


@pytest.mark.parametrize(
    ("cause", "status", "said"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), BROKEN_PIPE, ""),
        (OSError(errno.ENOSPC, "No space left"), FAILED, "jsonws-tui: standard output: No space left\n"),
    ],
)
def test_why_standard_output_takes_no_more_is_said_but_of_a_reader_that_has_gone(capsys, cause, status, said):
    error = OutputError(cause.strerror)
    error.__cause__ = cause
    assert report_output(error) == status
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("can_be_written", [True, False])
def test_a_failure_is_one_line_and_a_traceback_in_a_file(capsys, tmp_path, can_be_written):
    folder = tmp_path / "state"
    if not can_be_written:
        folder.write_text("no folder")
    assert report_failure(ValueError("no such \x1b thing"), folder) == FAILED
    said = capsys.readouterr().err
    if can_be_written:
        (path,) = folder.iterdir()
        where = f"the traceback is in {path}"
    else:
        where = f"its traceback could not be written to {folder}"
    assert said == f"jsonws-tui: the client failed: ValueError: no such \\u001b thing; {where}\n"
