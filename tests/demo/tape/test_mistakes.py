from client_tui.demo.tape import Mistake, Mistakes

FIRST = Mistake("a.tape", 3, 6, "Etner", "there is no word Etner: did you mean Enter?")


def test_a_mistake_is_one_line_with_its_place():
    assert str(FIRST) == "a.tape:3: there is no word Etner: did you mean Enter?"


def test_what_is_foreign_in_it_is_escaped_when_it_is_shown():
    shown = str(Mistake("\x1b]0;x\x07.tape", 1, 1, "", "there is no word \x9b\n"))
    assert shown.isprintable()
    assert shown.endswith(r"there is no word \u009b\u000a")


def test_all_mistakes_are_shown_a_line_each():
    both = Mistakes((FIRST, Mistake("b.tape", 1, 1, "x", "y")))
    assert str(both).splitlines() == [str(FIRST), "b.tape:1: y"]
    assert list(both) == list(both.found)
