import re

import pytest

from client_tui.demo.tape.settings import SETTINGS
from client_tui.demo.tape.tables import settings_table, words_table
from client_tui.demo.tape.words import TABLE

CELL = re.compile(r"(?<!\\)\|")


def rows(table):
    """Return the cells of each row of a table in Markdown."""
    return [[cell.strip() for cell in CELL.split(line)[1:-1]] for line in table.splitlines()]


@pytest.mark.parametrize(("table", "count"), [(words_table(), len(TABLE)), (settings_table(), len(SETTINGS))])
def test_a_table_has_a_head_and_a_row_for_each(table, count):
    head, rule, *body = rows(table)
    assert set(rule) == {"---"}
    assert len(body) == count
    assert {len(row) for row in body} == {len(head), len(rule)} == {4}
    assert table.endswith("|\n")


def test_a_word_is_told_with_its_usages_and_whose_it_is():
    told = {row[0]: row[1:] for row in rows(words_table())}
    assert told["`Hide`"] == ["`Hide`", "the same", "Film nothing from here on"]
    assert told["`ScrollUp`, `ScrollDown`"][1] == "refused"
    assert told["`Send`"][1] == "ours"
    assert told["`Type`"][0] == '`Type "text"`<br>`Type@500ms "text"`'
    assert "`Home`, `F1` … `F24`" in told


def test_a_setting_is_told_with_its_values():
    told = {row[0]: row[1:] for row in rows(settings_table())}
    assert told["`Width`"] == [
        "20…400 cells",
        "adapted",
        "The screen's columns: VHS counts pixels here",
    ]
    assert told["`Shell`"][:2] == ["", "refused"]
    assert told["`Latency`"][2].endswith("It may stand anywhere")
