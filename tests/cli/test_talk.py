import io
import sys

import pytest

from client_tui.cli.talk import FAILED, WRONG_USE, put, refuse, report_failure, say


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


def test_closed_streams_are_no_failure(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    put("data")
    say("talk")


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
