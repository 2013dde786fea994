from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from websockets.sync.client import connect

import client_tui
from server import __version__
from tests.support.echo_server import EchoServer

ROOT = Path(__file__).parents[2]


def run(*flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "server", *flags],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_first_line_is_the_url_and_it_listens_by_then(server: EchoServer) -> None:
    assert server.log().splitlines()[0] == f"Listening on ws://127.0.0.1:{server.port}/websock-practice2/v1/"
    with connect(server.url) as client:
        client.send("1")
        assert client.recv() == "1"


def test_it_runs_without_a_warning() -> None:
    with EchoServer(env={"PYTHONWARNINGS": "error"}) as server, connect(server.url) as client:
        client.send("1")
        assert client.recv() == "1"


def test_the_environment_of_another_django_project_does_no_harm() -> None:
    env = {"DJANGO_SETTINGS_MODULE": "nowhere.settings"}
    with (
        EchoServer(env=env) as server,
        connect(server.url) as client,
    ):
        client.send("1")
        assert client.recv() == "1"


def test_a_log_that_nobody_reads_stops_nobody() -> None:
    command = [sys.executable, "-m", "server", "--port", "0", "--verbose"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Listening on ").strip()
        text = '"' + "x" * 1_000 + '"'
        with connect(url) as client:
            for _ in range(1_000):  # ten times what a pipe holds
                client.send(text)
                assert client.recv() == text
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_a_log_whose_reader_is_gone_stops_nobody() -> None:
    command = [sys.executable, "-m", "server", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Listening on ").strip()
        process.stdout.close()
        with connect(url) as client:
            client.send("1")
            assert client.recv() == "1"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"jsonws-echo-server: --host 127.0.0.1 --port {port}: the port is taken. "
        "Give another one, or --port 0 for a free one.\n"
    )


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--port", "70000"], "--port: '70000' is not a port"),
        (["--host", "no.such.host.invalid"], "--host no.such.host.invalid: no such host"),
        (["--host", "203.0.113.1"], "--host 203.0.113.1 --port 8000: not an address of this machine"),
        (
            ["--redis-url", "redis://:secret@127.0.0.1:1/0"],
            "--redis-url redis://:***@127.0.0.1:1/0: no",
        ),
        (["--redis-url", "nonsense"], "--redis-url nonsense: no Redis"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_status_2(flags: list[str], words: str) -> None:
    done = run(*flags)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"jsonws-echo-server: {words}")


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"jsonws-echo-server {__version__}\n")


def test_client_and_server_have_the_same_version() -> None:
    assert __version__ == client_tui.__version__


def test_the_package_has_the_version_that_its_commands_tell() -> None:
    try:
        installed = version("jsonws-tui")
    except PackageNotFoundError:
        pytest.skip("the tests run from a tree that is not installed")
    assert installed == __version__


def test_help_names_every_flag() -> None:
    done = run("--help")
    assert done.returncode == 0
    flags = set(re.findall(r"--[a-z-]+", done.stdout))
    assert flags >= {
        "--host",
        "--port",
        "--max-size",
        "--redis-url",
        "--lab",
        "--verbose",
        "--version",
        "--help",
    }
