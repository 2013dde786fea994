import json

import pytest

from tests.benchmarks import report
from tests.benchmarks.__main__ import MEASURES, parser
from tests.benchmarks.figures import Goal, Row, Value
from tests.benchmarks.sides import BARE, OURS, WSREPL

ABOUT = {
    "date": "2026-11-22",
    "cores": 2,
    "processor": "a processor",
    "system": "Linux",
    "python": "CPython 3.11",
    "versions": {"textual": "8.2"},
}
ROWS = [
    Row("start", "to connected", "ms", {OURS: Value(50.0), WSREPL: Value(100.0)}),
    Row(
        "flood",
        "frames",
        "frames/s",
        {
            OURS: Value(60_000.0, (60_000.0,)),
            BARE: Value(100_000.0),
            WSREPL: Value(None, note="not within 30 s"),
        },
        (Goal("at least 0.6 of the bare loop", 0.6, 0.6, is_minimum=True),),
    ),
]


def test_the_table_has_a_column_for_each_side_that_was_measured_and_ratios():
    lines = [line for line in report.table(ROWS, ABOUT, 3).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == ["", OURS, BARE, WSREPL, "goal"]
    assert cells[2] == ["to connected", "50.0 ms", "—", "100 ms (0.50)", ""]
    assert cells[3][1:4] == ["60,000/s", "100,000/s (0.60)", "not within 30 s"]
    assert cells[3][4] == "at least 0.6 of the bare loop: reached (0.60)"
    assert len({len(line) for line in lines}) == 1


def test_the_table_says_when_and_on_what():
    head = report.table(ROWS, ABOUT, 3)
    assert head.startswith("2026-11-22, 2 cores (a processor), Linux, CPython 3.11, textual 8.2; rounds: 3.")


def test_the_json_has_everything():
    found = json.loads(json.dumps(report.as_json(ROWS, ABOUT, 3)))
    flood = found["rows"][1]
    assert found["date"] == "2026-11-22"
    assert flood["ratios"] == {BARE: 0.6, WSREPL: None}
    assert flood["values"][OURS] == {"figure": 60_000.0, "rounds": [60_000.0], "note": ""}
    assert flood["goals"][0]["is_reached"] is True


def test_the_circumstances_of_this_machine_can_be_written():
    about = report.circumstances()
    assert about["cores"] >= 1
    assert set(json.loads(json.dumps(about))) == set(ABOUT)


def test_measures_can_be_chosen_and_a_wrong_one_is_refused(capsys):
    assert parser().parse_args(["--only", "start,flood"]).only == ["start", "flood"]
    assert parser().parse_args([]).only == list(MEASURES)
    with pytest.raises(SystemExit):
        parser().parse_args(["--only", "nothing"])
    assert "'nothing' is none of start, flood" in capsys.readouterr().err
