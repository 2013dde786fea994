"""Each room imported in a fresh process: what may come along with it, and nothing else that counts."""

import subprocess
import sys

import pytest

# What costs time at the start, or belongs to one room only.
FOREIGN = {
    "PIL",
    "asyncio",
    "channels",
    "daphne",
    "django",
    "jq",
    "platformdirs",
    "rich",
    "textual",
    "twisted",
    "websockets",
}
ROOMS = {
    *("cli", "core", "demo", "ending", "external_editor", "finding", "picture", "record", "render"),
    *("serving", "settings", "threads", "ui", "wire"),
}
COUNTS = FOREIGN | {"server"} | {f"client_tui.{room}" for room in ROOMS}

MAY_COME = {
    "core": set(),
    "settings": {"client_tui.core", "platformdirs"},
    "record": {"client_tui.core"},
    "serving": {"client_tui.core"},
    "ending": {"asyncio"},
    "external_editor": {"client_tui.core"},
    "threads": {"asyncio"},
    "render": {"client_tui.core", "rich"},
    "picture": {"client_tui.core", "PIL", "rich"},
    "finding": {"client_tui.core", "client_tui.record", "asyncio", "jq"},
    "wire": {"client_tui.core", "client_tui.threads", "asyncio", "websockets"},
    "ui": {
        *(
            "client_tui.core",
            "client_tui.external_editor",
            "client_tui.finding",
            "client_tui.picture",
            "client_tui.record",
            "client_tui.render",
            "client_tui.settings",
            "client_tui.threads",
        ),
        *("asyncio", "platformdirs", "rich", "textual"),
    },
    "demo": {f"client_tui.{room}" for room in ROOMS - {"cli", "demo"}}
    | {"asyncio", "jq", "platformdirs", "rich", "textual", "websockets"},
    "cli": {
        *("client_tui.core", "client_tui.finding", "client_tui.record", "client_tui.settings"),
        *("asyncio", "jq", "platformdirs"),
    },
}
THE_VERSION_COSTS = {"client_tui.cli", "client_tui.core", "client_tui.settings", "platformdirs"}

IMPORT_ALL_OF_A_ROOM = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(module.name)
print(*sys.modules)
"""
PRINT_THE_VERSION = """
import sys
from client_tui.cli import main
main(["--version"])
print(*sys.modules)
"""


def came_along(program: str, *argv: str) -> set[str]:
    """Return what of COUNTS a fresh process holds in the end."""
    command = [sys.executable, "-W", "ignore", "-c", program, *argv]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    modules = done.stdout.splitlines()[-1].split()
    return COUNTS.intersection(modules)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_brings_only_what_stands_below_it(room):
    assert came_along(IMPORT_ALL_OF_A_ROOM, f"client_tui.{room}") <= MAY_COME[room] | {f"client_tui.{room}"}


def test_the_package_itself_brings_nothing():
    assert came_along("import client_tui, sys; print(*sys.modules)") == set()


def test_the_server_is_a_stranger_to_the_client():
    assert not {name for name in came_along(IMPORT_ALL_OF_A_ROOM, "server") if name.startswith("client_tui")}


def test_the_version_costs_no_screen_no_socket_and_no_server():
    assert came_along(PRINT_THE_VERSION) == THE_VERSION_COSTS
