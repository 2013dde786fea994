from __future__ import annotations

import logging
import os

import pytest

from server import logs


def lines_of(fd: int) -> list[str]:
    with os.fdopen(fd, encoding="utf-8") as stream:
        return stream.read().splitlines()


def test_lines_arrive_in_order() -> None:
    reading, writing = os.pipe()
    writer = logs.LineWriter(writing)
    for number in range(100):
        writer.write(f"line {number}")
    writer.close(timeout=30)
    os.close(writing)
    assert lines_of(reading) == [f"line {number}" for number in range(100)]


def test_a_pipe_that_nobody_reads_stops_nobody_and_loses_with_a_word() -> None:
    reading, writing = os.pipe()
    writer = logs.LineWriter(writing)
    for number in range(3 * logs.QUEUE_LINES):
        writer.write(f"line {number:0100}")
    received = b""
    while b"left out" not in received:
        received += os.read(reading, 1 << 20)
    writer.write("again")
    writer.close(timeout=30)
    os.close(writing)
    *_, notice, last = received.decode().splitlines() + lines_of(reading)
    assert notice.endswith("lines were left out, because nobody read the log")
    assert last == "again"


def test_a_reader_that_is_gone_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    writer = logs.LineWriter(writing)
    writer.write("for nobody")
    writer.close(timeout=30)
    writer.write("nor this")
    os.close(writing)


@pytest.fixture
def one_line() -> logging.Formatter:
    return logs.OneLine()


def record(message: str, *, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("server", logging.INFO, __file__, 1, message, (), info)


def test_a_message_is_one_harmless_line(one_line: logging.Formatter) -> None:
    assert one_line.format(record("a\nb\x1b[31m")).endswith(r" a\u000ab\u001b[31m")


def test_an_exception_is_one_line_with_its_place(one_line: logging.Formatter) -> None:
    try:
        int("x")
    except ValueError as error:
        line = one_line.format(record("failed", error=error))
    assert " failed: ValueError: " in line
    assert f"({__file__}:" in line


def test_a_traceback_logged_as_text_is_cut_to_its_last_line(one_line: logging.Formatter) -> None:
    line = one_line.format(record("Traceback (most recent call last):\n  File\nValueError: no\n"))
    assert line.endswith(" ValueError: no")
