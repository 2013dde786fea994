import pytest

from client_tui.settings import Settings, Wrong, load

AUTHORIZATION = ("Authorization", "Basic dTpw")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


@pytest.fixture
def config(home):
    path = home / "config" / "jsonws-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def loaded(environ=None, **flags):
    return load(
        flags,
        environ or {},
        key_ids=lambda: ["send"],
        key_fault=lambda keys: "send: there is no such key" if "no-key" in keys.values() else None,
        theme_names=lambda: ["nord"],
    )


def settings(environ=None, **flags):
    found = loaded(environ, **flags)
    assert isinstance(found, Settings), str(found)
    return found


def wrong(environ=None, **flags):
    found = loaded(environ, **flags)
    assert isinstance(found, Wrong)
    return str(found)


def test_the_defaults(home):
    assert settings() == Settings(
        url="ws://127.0.0.1:8000/websock-practice2/v1/",
        state_dir=home / "state" / "jsonws-tui",
    )


def test_everything_that_a_file_can_hold(config, home):
    config.write_text("""
        url = "wss://example.org/"
        insecure = true
        subprotocols = ["v2", "v1"]
        max_size = "16MiB"
        send = ['{"op": "hi"}']
        theme = "nord"
        density = "pretty"
        fold_lines = 40
        show_control_frames = true
        times = "start"
        record = false
        recordings_size = "2GiB"
        recordings_age = "none"
        lab = true
        sent_limit = 10
        state_dir = "~/kept"
        [headers]
        Authorization = "Bearer x"
        [keys]
        send = ["ctrl+s", "f5"]
    """)
    assert settings() == Settings(
        url="wss://example.org/",
        headers=(("Authorization", "Bearer x"),),
        subprotocols=("v2", "v1"),
        max_size=16 * 2**20,
        insecure=True,
        send=('{"op": "hi"}',),
        theme="nord",
        density="pretty",
        fold_lines=40,
        show_control_frames=True,
        times="start",
        record=False,
        recordings_size=2 * 2**30,
        recordings_age=None,
        lab=True,
        keys={"send": "ctrl+s,f5"},
        sent_limit=10,
        state_dir=home / "kept",
    )


def test_flags_go_over_the_environment_and_that_over_the_file(config):
    config.write_text("max_size = 1\nfold_lines = 1\nsent_limit = 1")
    found = settings({"JSONWS_TUI_FOLD_LINES": "2", "JSONWS_TUI_MAX_SIZE": "2"}, max_size="3")
    assert (found.max_size, found.fold_lines, found.sent_limit) == (3, 2, 1)


def test_headers_of_all_layers_come_together(config):
    config.write_text("[headers]\nA = 'file'\nB = 'file'")
    found = settings({"JSONWS_TUI_HEADERS": "b: variable"}, headers=["C: flag"])
    assert found.headers == (("A", "file"), ("b", "variable"), ("C", "flag"))


@pytest.mark.parametrize(
    ("file", "environ", "flags", "url"),
    [
        ("url = 'ws://file/'", {}, {"port": "9"}, "ws://127.0.0.1:9/websock-practice2/v1/"),
        ("url = 'ws://file/'", {"JSONWS_TUI_URL": "ws://variable/"}, {}, "ws://variable/"),
        ("host = 'file'", {"JSONWS_TUI_PORT": "9"}, {"path": "p", "tls": True}, "wss://file:9/p"),
        ("host = 'file'\nport = 9", {}, {"url": "ws://flag/"}, "ws://flag/"),
        ("serve = true", {}, {"url": "ws://flag/"}, "ws://flag/"),
        ("serve = true", {}, {"host": "::1"}, "ws://[::1]:8000/websock-practice2/v1/"),
        ("serve = true", {"JSONWS_TUI_SERVE": "0"}, {}, "ws://127.0.0.1:8000/websock-practice2/v1/"),
        ("tls = true", {"JSONWS_TUI_TLS": "no"}, {}, "ws://127.0.0.1:8000/websock-practice2/v1/"),
        ("url = 'wss://file/'", {"JSONWS_TUI_TLS": "no"}, {}, "wss://file/"),
        ("host = 'file'\nport = 9", {}, {"serve": True}, None),
    ],
)
def test_the_highest_layer_that_says_where_decides(config, file, environ, flags, url):
    config.write_text(file)
    assert settings(environ, **flags).url == url


def test_serving_takes_a_free_port_unless_one_is_given(config):
    config.write_text("port = 9")
    free = settings(serve=True)
    assert (free.serve, free.serve_host, free.serve_port) == (True, "127.0.0.1", 0)
    given = settings(serve=True, host="localhost", port="8001", path="rooms/a/")
    assert (given.serve_host, given.serve_port, given.serve_path) == ("localhost", 8001, "/rooms/a/")
    assert settings(serve=True, port="0").serve_port == 0


def test_the_lab_goes_with_the_bundled_server():
    assert settings(serve=True, lab=True).lab
    assert settings({"JSONWS_TUI_LAB": "yes"}, serve=True).lab


@pytest.mark.parametrize(
    ("file", "flags", "record", "name"),
    [
        ("", {}, True, None),
        ("", {"record": False}, False, None),
        ("", {"record_file": "/r.jsonl"}, True, "/r.jsonl"),
        ("record = false", {"record_file": "/r.jsonl"}, True, "/r.jsonl"),
        ("record_file = '/x'", {"record_file": "/r.jsonl"}, True, "/r.jsonl"),
        ("record_file = '/x'", {"record": False}, False, None),
        ("record_file = '/x'", {}, True, "/x"),
        ("record = true", {"record_file": "/r.jsonl"}, True, "/r.jsonl"),
    ],
)
def test_the_highest_layer_that_says_what_is_recorded_decides(config, file, flags, record, name):
    config.write_text(file)
    found = settings(**flags)
    assert found.record is record
    assert (found.record_file and str(found.record_file)) == name


def test_a_users_name_in_the_url_becomes_a_header():
    found = settings(url="ws://u:p@host/", headers=["X: y"])
    assert (found.url, found.headers) == ("ws://host/", (("X", "y"), AUTHORIZATION))


@pytest.mark.parametrize(
    ("flags", "line"),
    [
        ({"url": "ws://h/", "port": "1"}, "URL: cannot stand beside --port: give one or the other"),
        ({"url": "ws://h/", "host": "x"}, "URL: cannot stand beside --host: give one or the other"),
        ({"url": "ws://h/", "path": "x"}, "URL: cannot stand beside --path: give one or the other"),
        ({"url": "ws://h/", "tls": True}, "URL: cannot stand beside --tls: give one or the other"),
        ({"url": "ws://h/", "serve": True}, "URL: cannot stand beside --serve: give one or the other"),
        (
            {"tls": True, "serve": True},
            "--serve: cannot stand beside --tls: the bundled server speaks no TLS",
        ),
        ({"lab": True}, "--lab: the lab is the bundled server's: give --serve as well"),
        ({"lab": True, "url": "ws://h/"}, "--lab: the lab is the bundled server's: give --serve as well"),
        (
            {"record_file": "x", "record": False},
            "--record: cannot stand beside --no-record: give one or the other",
        ),
        ({"record_file": "~nobody-has-this-name/c"}, "--record: there is no home folder for"),
        ({"port": "0"}, "--port: 0 means a free port, which only --serve can take"),
        ({"port": "65536"}, "--port: must be from 0 to 65535, not 65536"),
        ({"theme": "nrod"}, "--theme: there is no nrod: choose from nord"),
        ({"config": "/nowhere/c.toml"}, "--config: there is no file /nowhere/c.toml"),
        ({"config": "~nobody-has-this-name/c"}, "--config: there is no home folder for"),
        (
            {"url": "ws://u:p@h/", "headers": ["authorization: x"]},
            "URL: has a user's name, and -H an Authorization: give one or the other",
        ),
    ],
)
def test_a_wrong_flag_is_named_with_its_remedy(flags, line):
    assert wrong(**flags).startswith(line)


def test_a_wrong_variable_is_named():
    assert wrong({"JSONWS_TUI_PORT": "x"}) == "JSONWS_TUI_PORT: must be from 0 to 65535, not x"
    assert wrong({"JSONWS_TUI_CONFIG": "/nowhere"}) == "JSONWS_TUI_CONFIG: there is no file /nowhere"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("port = true", "port: must be from 0 to 65535, not True"),
        ("fold_lines = 0", "fold_lines: must be from 1 to 10000, not 0"),
        ("density = 'line'", "density: there is no line: choose from lines, pretty"),
        ("url = 'ws://h/'\nport = 1", "url: cannot stand beside"),
        ("[keys]\nsned = 'f5'", "keys: there is no binding sned: did you mean send?"),
        ("[keys]\nsend = 'no-key'", "keys: send: there is no such key"),
        ("[headers]\nX = 1", "headers: X must be text, or a list of texts"),
        ("host = 1", "host: there is no host"),
        ("times = 'x'", "times: there is no x: choose from before, clock, start"),
        ("recordings_age = 0", "recordings_age: must be a number of days, or none, not 0"),
        ("recordings_size = -1", "recordings_size: must be a number of bytes"),
        ("prot = 1", "prot: there is no such setting: did you mean port?"),
        ("port =", "is not TOML"),
    ],
)
def test_a_wrong_key_of_the_file_is_named_with_the_file(config, content, why):
    config.write_text(content)
    assert wrong().startswith(f"{config}: ")
    assert why in wrong()


def test_what_clashes_in_the_file_is_named_with_the_file(config):
    config.write_text("serve = true\ntls = true")
    clash = f"{config}: serve: cannot stand beside {config}: tls: the bundled server speaks no TLS"
    assert wrong() == clash


def test_another_file_stands_instead_of_the_usual_one(config, tmp_path):
    config.write_text("port = 1")
    other = tmp_path / "other.toml"
    other.write_text("port = 2")
    assert settings({"JSONWS_TUI_CONFIG": str(other)}).url == "ws://127.0.0.1:2/websock-practice2/v1/"
    assert (
        settings({"JSONWS_TUI_CONFIG": "/nowhere"}, config=str(other)).url
        == "ws://127.0.0.1:2/websock-practice2/v1/"
    )


def test_the_state_folder_can_be_moved():
    assert str(settings({"JSONWS_TUI_STATE_DIR": "/elsewhere"}).state_dir) == "/elsewhere"
