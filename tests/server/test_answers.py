from __future__ import annotations

import json

from server import answers
from server.jsontext import Problem


def test_the_shape_of_an_answer() -> None:
    answer = json.loads(answers.error(Problem("invalid_json", 'not "this"', 2, 7), paths=["/a/"]))
    assert answer == {
        "error": {"code": "invalid_json", "message": 'not "this"', "line": 2, "column": 7},
        "paths": ["/a/"],
    }
