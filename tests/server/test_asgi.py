from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from websockets.sync.client import connect


def test_the_daphne_command_runs_it_too() -> None:
    command = [sys.executable, "-W", "error", "-m", "daphne", "--port", "0", "server.asgi:application"]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as daphne:
        assert daphne.stderr is not None
        try:
            found = next(filter(None, (re.search(r"TCP address .*:(\d+)", line) for line in daphne.stderr)))
            base = f"ws://127.0.0.1:{found[1]}"
            with connect(f"{base}/websock-practice2/v1/") as client:
                client.send(" [1.10]")
                assert client.recv() == " [1.10]"
                client.send(b"\xff")
                assert json.loads(client.recv())["error"]["code"] == "binary"
            with connect(f"{base}/rooms/lobby/") as client:
                client.send("2")
                assert client.recv() == "2"
            for path in ("/elsewhere/", "/lab/"):
                with connect(f"{base}{path}") as client:
                    assert json.loads(client.recv())["error"]["code"] == "unknown_path"
        finally:
            daphne.terminate()
        rest = daphne.stderr.read()
    assert "Traceback" not in rest
