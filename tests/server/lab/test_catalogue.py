from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosedOK
from websockets.sync.client import connect

from server.lab.catalogue import CONSUMERS, ENDPOINTS
from server.paths import PATHS

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer


def test_the_list_names_every_endpoint_with_its_parameters_and_closes(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/") as client:
        listed = json.loads(client.recv())["endpoints"]
        with pytest.raises(ConnectionClosedOK):
            client.recv()
        assert client.close_code == 1000
    assert [each["path"] for each in listed] == [endpoint.path for endpoint in ENDPOINTS]
    for each in listed:
        assert each["about"].endswith(".")
        for parameter in each["parameters"]:
            assert {"name", "default", "bounds", "meaning"} == set(parameter)


def test_every_default_is_within_its_own_bounds() -> None:
    for endpoint in ENDPOINTS:
        for parameter in endpoint.parameters:
            spelt = str(int(parameter.default) if isinstance(parameter.default, bool) else parameter.default)
            assert parameter.read(spelt) == parameter.default, (endpoint.path, parameter.name)


def test_an_unknown_path_lists_the_labs_as_well(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/elsewhere/") as client:
        answer = json.loads(client.recv())
    assert answer["paths"] == [*PATHS, *CONSUMERS]
    assert "/lab/flood/" in answer["error"]["message"]


def test_an_ordinary_request_is_told_of_them(lab: EchoServer) -> None:
    connection = HTTPConnection("127.0.0.1", lab.port, timeout=30)
    connection.request("GET", "/lab/flood/")
    body = connection.getresponse().read().decode()
    connection.close()
    assert all(path in body for path in CONSUMERS)


def test_it_is_off_by_default(server: EchoServer) -> None:
    for path in CONSUMERS:
        with connect(f"{server.base}{path}?n=1") as client:
            answer = json.loads(client.recv())
        assert answer["error"]["code"] == "unknown_path"
        assert answer["paths"] == list(PATHS)
