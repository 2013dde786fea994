from datetime import UTC, datetime

from client_tui.record.failure import write_failure

AT = datetime(2026, 11, 22, 12, 1, 2, tzinfo=UTC)


def failed() -> Exception:
    try:
        raise ValueError("a lone \ud800")
    except ValueError as error:
        return error


def test_the_traceback_is_written_for_its_owner_alone(tmp_path):
    path = write_failure(tmp_path / "state", failed(), AT)
    assert path is not None
    assert path.name.startswith("failure-20261122-120102-")
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text()
    assert text.startswith("Traceback (most recent call last):")
    assert text.endswith("ValueError: a lone \\ud800\n")


def test_a_folder_that_cannot_be_made_is_no_second_failure(tmp_path):
    (tmp_path / "file").touch()
    assert write_failure(tmp_path / "file" / "state", failed(), AT) is None
