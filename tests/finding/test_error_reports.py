import pytest

from client_tui.finding.error_reports import reports_error


@pytest.mark.parametrize(
    "text",
    [
        '{"error": "no"}',
        '{"id": 1, "error": {"code": -32601}}',
        '{"errors": [{"message": "x"}]}',
        '{"error": true}',
        '{"error": 5}',
        '{"type": "error"}',
        '{"type":"ERROR","x":[1,2]}',
        '{"event": "Error"}',
        '{"status": "error", "data": null}',
        '{"op": "error"}',
        '{"kind": "error"}',
        '{"action": "error"}',
        '{"level": "error"}',
        '{"result": "error"}',
        '{"\\u0065rror": 1}',
        '{"type": "\\u0065\\u0072\\u0072\\u006f\\u0072"}',
        '{"error": null, "errors": ["x"]}',
        ' {"error": {"deep": ' + "[" * 300 + "]" * 300 + "}} ",
    ],
    ids=lambda text: repr(text[:40]),
)
def test_reports(text):
    assert reports_error(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"error": ' + "[" * 100_000,
        "error",
        '"error"',
        '["error"]',
        '{"error": null}',
        '{"error": false}',
        '{"error": 0}',
        '{"error": ""}',
        '{"errors": []}',
        '{"error": {}}',
        '{"data": {"error": "x"}}',
        '{"type": "errors"}',
        '{"type": {"error": 1}}',
        '{"message": "error"}',
        '{"error": "x"',
        '{"error": "\udcff"}',
        '{"type": "\\ud800error"}',
        '{"type": "error or not, this is far too long to be one"}',
        "[" * 100_000 + '"error"',
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_reports_none(text):
    assert not reports_error(text)
