import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.sync.client import connect

import client_tui
from client_tui.core.errors import ClientError
from client_tui.serving import LOG_LINES, BundledServer, server_environment

PATH = "/websock-practice2/v1/"
LISTENS = "print('listening on ws://127.0.0.1:4711/', flush=True)"
UNTIL_STDIN_CLOSES = f"import sys; {LISTENS}; sys.stdin.read()"


def child(program: str, **options: float) -> BundledServer:
    return BundledServer("127.0.0.1", 0, PATH, command=[sys.executable, "-c", program], **options)


@pytest.fixture
def server():
    server = BundledServer("127.0.0.1", 0, PATH)
    yield server
    server.stop()


def test_it_echoes_until_it_is_stopped(server):
    url = server.start()
    assert server.url == url
    with connect(url, proxy=None) as socket:
        socket.send('{"x":1}')
        assert socket.recv() == '{"x":1}'
    assert server.returncode is None
    server.stop()
    assert server.returncode == 0
    assert not server.has_failed
    assert url.partition(PATH)[0] in "\n".join(server.log())


@pytest.mark.parametrize(
    ("lab", "answer"), [(True, '{"type":"flood","seq":1,'), (False, '{"error":{"code":"unknown')]
)
def test_the_lab_is_there_where_it_is_asked_for(lab, answer):
    server = BundledServer("127.0.0.1", 0, "/lab/flood/?n=1", lab=lab)
    with connect(server.start(), proxy=None) as socket:
        assert socket.recv().startswith(answer)
    server.stop()


def test_the_servers_own_path_gives_way_to_the_one_that_is_wanted():
    server = child(UNTIL_STDIN_CLOSES)
    assert server.start() == "ws://127.0.0.1:4711" + PATH
    server.stop()


def test_neither_the_folder_nor_the_environment_of_a_django_project_gets_in(server, tmp_path, monkeypatch):
    (tmp_path / "server.py").write_text("raise SystemExit('the wrong server')")
    (tmp_path / "django.py").write_text("raise SystemExit('the wrong django')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "mysite.settings")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    with connect(server.start(), proxy=None) as socket:
        socket.send("[]")
        assert socket.recv() == "[]"


def test_a_pythonpath_comes_after_the_folder_this_client_is_in(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setattr("site.getsitepackages", list)
    assert (
        server_environment()["PYTHONPATH"] == f"{Path(client_tui.__file__).parents[1]}{os.pathsep}/somewhere"
    )


def test_an_installed_client_needs_no_pythonpath(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setattr("site.getsitepackages", lambda: [str(Path(client_tui.__file__).parents[1])])
    assert "PYTHONPATH" not in server_environment()


def test_a_port_that_is_taken_is_said_in_the_servers_words(server):
    port = int(server.start().split(":")[2].partition("/")[0])
    second = BundledServer("127.0.0.1", port, PATH)
    with pytest.raises(ClientError, match=str(port)) as caught:
        second.start()
    assert "the port is taken" in caught.value.message.splitlines()[0]
    assert "Traceback" not in caught.value.message
    assert second.has_failed


def test_an_early_end_is_told_with_the_last_lines():
    server = child("import sys; print('one'); sys.exit('no such thing')")
    with pytest.raises(ClientError, match=r"did not start: no such thing\nBefore that it said:\none$"):
        server.start()
    assert server.returncode == 1
    assert server.has_failed


def test_an_end_without_a_word():
    with pytest.raises(ClientError, match="It ended without a word"):
        child("").start()


def test_a_server_that_does_not_listen_is_ended():
    server = child("import sys; print('thinking', flush=True); sys.stdin.read()", wait=0.3)
    with pytest.raises(ClientError, match=r"did not listen within 0\.3 s"):
        server.start()
    assert server.returncode is not None


def test_a_command_that_cannot_be_run():
    server = BundledServer("127.0.0.1", 0, PATH, command=["/nowhere/python"])
    with pytest.raises(ClientError, match="/nowhere/python: No such file"):
        server.start()


def test_a_server_that_will_not_end_is_killed():
    server = child(
        f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {UNTIL_STDIN_CLOSES}", patience=0.1
    )
    server.start()
    server.stop()
    assert server.returncode == -signal.SIGKILL


def test_stop_comes_from_any_thread_and_as_often_as_it_likes():
    server = child(UNTIL_STDIN_CLOSES)
    server.start()
    threads = [threading.Thread(target=server.stop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.returncode == -signal.SIGTERM
    assert not server.has_failed


def test_stop_before_start_leaves_nothing_to_run():
    server = child(UNTIL_STDIN_CLOSES)
    server.stop()
    with pytest.raises(ClientError):
        server.start()
    assert server.returncode is None


def test_stop_while_it_starts(tmp_path):
    running = tmp_path / "running"
    os.mkfifo(running)
    server = child(f"open({str(running)!r}, 'w').close(); import sys; sys.stdin.read()")
    with ThreadPoolExecutor() as threads:
        starting = threads.submit(server.start)
        running.read_bytes()
        server.stop()
        with pytest.raises(ClientError):
            starting.result()
    assert not server.has_failed


def test_the_log_is_bounded_and_never_fills_the_pipe():
    server = child(f"[print('x' * 1000, number) for number in range(5000)]; {UNTIL_STDIN_CLOSES}")
    server.start()
    assert len(server.log()) == LOG_LINES
    assert server.log()[-2].endswith(" 4999")
    server.stop()


def test_a_line_without_an_end_and_bytes_that_are_not_utf_8():
    program = f"import sys; sys.stdout.buffer.write(b'\\xff' * 3); {LISTENS}; sys.stdin.read()"
    server = child(program)
    server.start()
    assert server.log()[0].startswith("\\xff\\xff\\xff")
    server.stop()


def test_the_terminals_ctrl_c_does_not_reach_it(server):
    server.start()
    assert os.getsid(server.pid) == server.pid


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_when_the_client_is_killed(how):
    program = (
        "from client_tui.serving import BundledServer\n"
        f"server = BundledServer('127.0.0.1', 0, {PATH!r}); server.start()\n"
        "print(server.pid, flush=True); input()"
    )
    client = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    descriptor = os.pidfd_open(int(client.stdout.readline()))
    client.send_signal(how)
    client.communicate()
    assert select.select([descriptor], [], [], 30)[0], "the server outlived its client"
    os.close(descriptor)
