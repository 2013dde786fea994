import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.finding import jq_program
from client_tui.finding.jq_program import JqProgram
from client_tui.finding.process import child_environment

DOCUMENTS = ['{"a":1}', "[1,2]", "null", '"x"', "3", "true", "false", "[]", '{"a":[1,false]}', "1e400"]
NO_JSON = [
    "",
    " ",
    "NaN",
    "nan",
    "1 2",
    "[1,]",
    "{'a':1}",
    "// x\n1",
    "[1",
    "1]",
    '"\udcff"',
    "\ufeff1",
    "{} #",
]


def held(expressions, documents):
    """Return which documents expressions hold for, asked all together and one at a time."""
    program = JqProgram([expressions] if isinstance(expressions, str) else expressions)
    together = program.answers(documents, range(len(documents)), lambda _name: None)
    alone = [
        name
        for name, document in enumerate(documents)
        if JqProgram(program_of(expressions)).answers([document], [name], lambda _name: None).held
    ]
    assert together.held == alone
    again = program.answers(documents, range(len(documents)), lambda _name: None)
    assert again == together
    return together.held


def program_of(expressions):
    return [expressions] if isinstance(expressions, str) else expressions


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (".", [0, 1, 3, 4, 5, 7, 8, 9]),
        (".a", [0, 8]),
        (".a?", [0, 8]),
        ("not", [2, 6]),
        (".[]?", [0, 1, 8]),
        (".. == 1", [0, 1, 8]),
        ("empty", []),
        ("null, false, 1", list(range(10))),
        ("error", []),
        ("error(null)", []),
        ("false, error", []),
        ("1, error", list(range(10))),
        ("error, 1", []),
        ("repeat(1)", list(range(10))),
        ("limit(3; repeat(1))", list(range(10))),
        ("halt", []),
        ("1, halt", list(range(10))),
        ("halt_error", []),
        ('"x" | halt_error(1)', []),
        ("if . == 3 then halt else . end", [0, 1, 3, 5, 7, 8, 9]),
        ("input", []),
        ("inputs", []),
        ("[inputs] | length == 0", list(range(10))),
        ("input_line_number", []),
        ("input_filename", []),
        ("error({__jq: 0})", []),
        (".a | if . then error({__jq: 0}) else 1, 1 end", [2]),
        ("label $out | 1, break $out", list(range(10))),
        ("label $holds__ | false, break $holds__", []),
        ("debug", [0, 1, 3, 4, 5, 7, 8, 9]),
        ("stderr", [0, 1, 3, 4, 5, 7, 8, 9]),
        ("now > 0", list(range(10))),
        ("1 # a comment", list(range(10))),
        ("def f: .; f", [0, 1, 3, 4, 5, 7, 8, 9]),
        ('"x" | modulemeta', []),
        ("get_search_list == []", list(range(10))),
        (". > 1e300", [0, 1, 3, 7, 8, 9]),
    ],
)
def test_what_holds(expression, names):
    assert held(expression, DOCUMENTS) == names


def test_several_expressions_hold_together():
    assert held([".a?", ".a == 1"], DOCUMENTS) == [0]
    assert held([".[]?", "length > 1"], DOCUMENTS) == [1]


@pytest.mark.parametrize("document", NO_JSON)
def test_what_is_not_json_never_holds(document):
    assert held("true", [document, "1", document]) == [1]


def test_what_is_json_but_none_for_jq_never_holds():
    deep = "[" * 20_000 + "]" * 20_000
    assert held("true", ['"\\ud800"', "1", deep, "2", "[" * 2000 + "]" * 2000]) == [1, 3, 4]


def test_a_document_that_is_too_large_is_told_of(monkeypatch):
    monkeypatch.setattr(jq_program, "LARGEST", 10)
    program = JqProgram(["true"])
    answers = program.answers(["1", "[1,2,3,4,5,6]", "2"], [7, 8, 9], lambda _name: None)
    assert (answers.held, answers.too_large) == ([7, 9], 1)
    answers = program.answers(["[1,2,3]", "[4,5,6]"], [1, 2], lambda _name: None)
    assert (answers.held, answers.too_large) == ([1, 2], 0)


def test_each_document_is_told_of_before_it_is_asked_about():
    told = []
    JqProgram(["."]).answers(["1", "2"], [11, 12], told.append)
    assert told == [11, 12]


def test_more_are_asked_about_at_once_where_it_is_quick_and_fewer_where_it_is_slow():
    program = JqProgram(["."])
    assert program.batch == 1
    for _ in range(50):
        program.answers(["1"], [0], lambda _name: None)
    quick = program.batch
    assert quick > 1
    slow = JqProgram(["[range(200000)] | length"])
    slow.batch = quick
    slow.answers(["1"], [0], lambda _name: None)
    assert slow.batch < quick


@given(st.lists(st.recursive(st.none() | st.booleans() | st.integers(), st.lists, max_leaves=5), max_size=70))
def test_the_answers_are_those_of_the_documents(values):
    documents = [
        str(value).replace("None", "null").replace("True", "true").replace("False", "false")
        for value in values
    ]
    answers = JqProgram(['type == "array" and length > 1'])
    names = range(100, 100 + len(values))
    expected = [
        name for name, value in zip(names, values, strict=True) if isinstance(value, list) and len(value) > 1
    ]
    assert answers.answers(documents, names, lambda _name: None).held == expected


def test_nothing_is_printed(tmp_path):
    program = (
        "from client_tui.finding.jq_program import JqProgram\n"
        "for expression in ('debug', 'stderr', 'debug(1)', 'error', 'halt_error', 'input'):\n"
        "    JqProgram([expression]).answers(['1', '[2]'], [0, 1], lambda name: None)\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=child_environment(), capture_output=True, check=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert not list(tmp_path.iterdir())
