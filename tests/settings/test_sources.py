import os
from pathlib import Path

import pytest

from client_tui.settings import Wrong
from client_tui.settings.options import options
from client_tui.settings.sources import Given, from_environment, from_file, from_flags

TABLE = options(list, lambda _: None, list)


def test_flags_that_were_not_given_are_left_out():
    assert from_flags({"port": "1", "host": None, "help": True}, TABLE) == {"port": Given("1", "--port")}


def test_variables():
    environ = {"JSONWS_TUI_MAX_SIZE": "1k", "JSONWS_TUI_CONFIG": "x", "JSONWS_TUI_URL": "", "HOME": "/"}
    assert from_environment(environ, TABLE) == {"max_size": Given("1k", "JSONWS_TUI_MAX_SIZE")}


def test_variables_that_hold_several_values():
    environ = {"JSONWS_TUI_HEADERS": "A: b, c\nD: e\n", "JSONWS_TUI_SUBPROTOCOLS": "a, b"}
    layer = from_environment(environ, TABLE)
    assert [layer[name].value for name in ("headers", "subprotocols")] == [["A: b, c", "D: e"], ["a", "b"]]


@pytest.mark.parametrize("name", ["JSONWS_TUI_THEM", "JSONWS_TUI_KEYS"])
def test_an_unknown_variable_is_a_mistake(name):
    wrong = from_environment({name: "x"}, TABLE)
    assert isinstance(wrong, Wrong)
    assert str(wrong).startswith(f"{name}: there is no such variable: ")


def test_a_file(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbfport = 1\r\n[keys]\r\nsend = "f5"\r\n')
    assert from_file(path, TABLE) == {
        "port": Given(1, f"{path}: port"),
        "keys": Given({"send": "f5"}, f"{path}: keys"),
    }


def test_no_file_is_no_mistake_unless_one_is_named(tmp_path):
    path = tmp_path / "config.toml"
    assert from_file(path, TABLE) == {}
    assert from_file(path, TABLE, named_by="--config") == Wrong(f"there is no file {path}", "--config")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"port = \n", "line 1, column 8"),
        (b"port = 1\nport = 2\n", "line 2"),
        (b"port = 1\n\xff", "is not UTF-8 in line 2"),
        (b"max-size = 1\n", "max-size: there is no such setting: did you mean max_size?"),
        (b"x = " + b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_a_bad_file_is_told_with_its_place(tmp_path, content, why):
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    wrong = from_file(path, TABLE)
    assert str(wrong).startswith(f"{path}: ")
    assert why in str(wrong)


def test_a_file_that_cannot_be_read(tmp_path):
    assert from_file(tmp_path, TABLE) == Wrong("cannot be read: Is a directory", str(tmp_path))


def test_where_there_can_be_no_file_there_is_none(tmp_path):
    (tmp_path / "home").write_text("")
    assert from_file(tmp_path / "home" / "config.toml", TABLE) == {}


def test_a_file_without_an_end_is_not_read_to_it():
    wrong = Wrong("is larger than any settings file: it has at most 1,048,576 bytes", "/dev/zero")
    assert from_file(Path("/dev/zero"), TABLE) == wrong


def test_nobody_waits_for_what_somebody_may_write_into_a_pipe(tmp_path):
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    assert from_file(path, TABLE) == Wrong("is a named pipe, and no file", str(path))
