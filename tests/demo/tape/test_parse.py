import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.demo.tape import (
    Hide,
    Mistakes,
    Output,
    Press,
    Redact,
    Require,
    Screenshot,
    SetTo,
    Show,
    Tape,
    TypeText,
    parse,
)
from client_tui.demo.tape.parse import LARGEST, LONGEST_LINE, MOST_COMMANDS, MOST_MISTAKES, MOST_TAPES
from client_tui.demo.tape.settings import SETTINGS
from client_tui.demo.tape.words import WORDS


def told(text, name="x.tape", **known):
    """Return the mistakes of a tape as they are shown."""
    mistakes = parse(text, name, **known)
    assert isinstance(mistakes, Mistakes), mistakes
    return str(mistakes).splitlines()


def taken(text, name="x.tape", **known):
    """Return the commands of a tape."""
    tape = parse(text, name, **known)
    assert isinstance(tape, Tape), str(tape)
    return list(tape.commands)


def test_a_tape_is_its_commands_in_their_order_with_their_places():
    commands = taken("# a comment\n\nHide\n  Type 'x' Enter\n", "a/b.tape")
    assert commands == [Hide(), TypeText("x"), Press("enter")]
    assert [(command.file, command.line) for command in commands] == [
        ("a/b.tape", line) for line in (3, 4, 4)
    ]


def test_what_it_requires_is_apart():
    tape = parse("Require jq\nHide\nRequire 'my tool'", "x.tape")
    assert tape == Tape("x.tape", (Hide(),), (Require("jq"), Require("my tool")))
    assert [each.line for each in tape.requires] == [1, 3]


@pytest.mark.parametrize("text", ["", "\n", "# only this", "\ufeff", "\r\n\r\n", " \t "])
def test_a_tape_may_be_empty(text):
    assert taken(text) == []


@pytest.mark.parametrize("text", ["Hide\r\nShow\r\n", "\ufeffHide\nShow", "Hide\n\n\tShow  \n"])
def test_a_tape_of_another_editor_is_the_same(text):
    assert taken(text) == [Hide(), Show()]


def test_only_a_line_feed_ends_a_line():
    assert taken("Type 'a\u2028b'\nHide") == [TypeText("a\u2028b"), Hide()]
    assert told("Hide\rShow") == [
        "x.tape:1: a lone carriage return ends no line: a line ends with a line feed"
    ]


def test_all_mistakes_are_told_the_first_of_each_line():
    assert told("Etner Ennter\nHide\nSleep\n  'text'\nExit 3") == [
        "x.tape:1: there is no word Etner: did you mean Enter?",
        "x.tape:3: Sleep needs a time such as 500ms or 2s",
        "x.tape:4: 'text' is no word: a line begins with Type, Enter, Wait, Screenshot and the like, "
        "and # begins a comment",
        "x.tape:5: there is no word Exit: did you mean Expect?",
    ]


@pytest.mark.parametrize("text", ["type 'x'", "TYPE 'x'", "Tpye 'x'"])
def test_an_unknown_word_has_a_remedy(text):
    assert told(text) == [f"x.tape:1: there is no word {text[:4]}: did you mean Type?"]


def test_control_characters_are_no_text():
    (line,) = told("Type 'a\x00b\x1b]0;x\x07'")
    assert line == (
        "x.tape:1: U+0000 is a control character, not text: a key is written as a word, such as Ctrl+A"
    )
    assert len(told("\x00\n" * 1000)) == MOST_MISTAKES


@pytest.mark.parametrize(
    "line", ["Theme '{}'", "{}", "Output {}.jpg", "Connect {}", "Wait /({}/", "Sleep {}s"]
)
def test_a_mistake_in_a_long_word_can_be_read(line):
    (told_of,) = parse(line.format("x" * 50_000), "x.tape", themes={"nord", "x"})
    assert len(told_of.reason) < 400
    assert len(told_of.text) < 100


# ---------------------------------------------------------------------- what must fit to what stands before


VALUES = {"Width": "80", "Height": "24", "Title": "'x'", "MarginFill": "'#000000'", "CursorBlink": "false"}
VALUES |= {"Theme": "nord", "Window": "none", "WindowBar": "none", "Density": "lines", "Times": "clock"}


@pytest.mark.parametrize(
    "setting", [each for each in SETTINGS.values() if each.kind], ids=lambda each: each.name
)
def test_settings_stand_before_the_first_command_but_for_those_of_time_and_title(setting):
    line = f"Set {setting.name} {VALUES.get(setting.name, '1')}"
    assert len(taken(f"{line}\n{line}\nHide")) == 3
    if setting.late:
        assert len(taken(f"Hide\n{line}")) == 2
    else:
        name = setting.canonical or setting.name
        why = f"Set {name} stands before the first command, which is in line 2"
        assert told(f"\nHide\n{line}") == [f"x.tape:3: {why}"]


def test_what_is_said_of_the_session_is_no_first_command():
    text = "Output a.gif\nRequire jq\nEnv NO_COLOR b\nRedact .a\nSet Title 'x'\nSet Width 80"
    assert taken(text)[-1] == SetTo("Width", 80)
    assert Redact(("a",)) in taken(text)


def test_no_picture_is_written_over_another():
    assert told("Screenshot a.png\nOutput a.svg\nScreenshot ./a.png\nScreenshot a.svg") == [
        "x.tape:3: a.png is written already, in line 1: give each picture its own name",
        "x.tape:4: a.svg is written already, in line 2: give each picture its own name",
    ]


def test_there_are_only_so_many_clients():
    names = [f"Client c{number}" for number in range(5)]
    assert len(taken("\n".join(names[:4] * 2))) == 8
    assert told("\n".join(names)) == ["x.tape:5: a tape has at most 4 clients"]


# ---------------------------------------------------------------------- other tapes


class Files(dict):
    """Texts of files, read by their paths."""

    def __call__(self, path):
        text = self.get(os.path.normpath(path))
        if text is None:
            raise FileNotFoundError(2, "No such file or directory")
        return text if isinstance(text, str) else text.decode()


def test_another_tape_is_gone_on_with_in_its_place():
    files = Files({"a/lib/b.tape": "Show\nSource c.tape", "a/lib/c.tape": "Enter"})
    commands = taken("Hide\nSource lib/b.tape\nHide", "a/a.tape", read=files)
    assert commands == [Hide(), Show(), Press("enter"), Hide()]
    assert [(command.file, command.line) for command in commands] == [
        ("a/a.tape", 1),
        (str(Path("a/lib/b.tape")), 1),
        (str(Path("a/lib/c.tape")), 1),
        ("a/a.tape", 3),
    ]


def test_the_film_of_another_tape_is_not_written_but_its_pictures_are():
    files = Files({"b.tape": "Output b.gif\nScreenshot b.png\nRequire jq"})
    tape = parse("Output a.gif\nSource b.tape", "a.tape", read=files)
    assert tape == Tape("a.tape", (Output("a.gif"), Screenshot("b.png")), (Require("jq"),))


def test_the_settings_may_come_from_another_tape_at_the_beginning_only():
    files = Files({"look.tape": "Set Width 80"})
    assert taken("Source look.tape\nHide", read=files) == [SetTo("Width", 80), Hide()]
    assert told("Hide\nSource look.tape", read=files) == [
        "look.tape:1: Set Width stands before the first command, which is in line 1 of x.tape"
    ]


def test_mistakes_in_another_tape_are_told_where_they_are():
    files = Files({"b.tape": "\nEtner"})
    assert told("Source b.tape\nExit", read=files) == [
        "b.tape:2: there is no word Etner: did you mean Enter?",
        "x.tape:2: there is no word Exit: did you mean Expect?",
    ]


def test_a_tape_may_be_gone_on_with_twice():
    assert taken("Source b.tape\nSource b.tape", read=Files({"b.tape": "Hide"})) == [Hide(), Hide()]


def test_no_tape_goes_on_with_itself():
    files = Files({"a/b.tape": "Source ../a/./c.tape", "a/c.tape": "Source b.tape"})
    assert told("Source x.tape") == ["x.tape:1: x.tape would go on with itself, without an end"]
    assert told("Source a/b.tape", read=files) == [
        "a/../a/c.tape:1: b.tape would go on with itself, without an end"
    ]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("none.tape", "none.tape cannot be read: No such file or directory"),
        ("latin.tape", "latin.tape is no tape: it is not UTF-8"),
    ],
)
def test_a_tape_that_cannot_be_read(path, why):
    assert told(f"Source {path}", read=Files({"latin.tape": b"\xff"})) == [f"x.tape:1: {why}"]


def test_real_files_are_read_and_refused(tmp_path):
    (tmp_path / "b.tape").write_text("Hide")
    (tmp_path / "folder.tape").mkdir()

    def read(path):
        return path.read_text("utf-8")

    name = str(tmp_path / "a.tape")
    assert taken("Source b.tape", name, read=read) == [Hide()]
    (line,) = told("Source folder.tape", name, read=read)
    assert line.endswith("folder.tape cannot be read: Is a directory")
    (line,) = told(f"Source {'x' * 5000}.tape", name, read=read)
    assert line.endswith("cannot be read: File name too long")


def test_without_files_there_is_nothing_to_go_on_with():
    assert told("Source b.tape") == ["x.tape:1: b.tape cannot be read here: a tape alone is at hand"]


# ---------------------------------------------------------------------- too much of it


def test_a_tape_has_a_bound():
    assert taken("#" * LONGEST_LINE) == []
    assert told("#" * (LONGEST_LINE + 1)) == ["x.tape:1: a line has at most 100,000 characters"]
    bound = ["x.tape:1: a tape has at most 1,048,576 characters, with those that it goes on with"]
    assert len(taken("\n" * LARGEST)) == 0
    assert told("\n" * (LARGEST + 1)) == bound
    assert told("Hide\n" * 2_000_000) == bound


def test_the_commands_have_a_bound():
    lines = told("Tab\n" * (MOST_COMMANDS + 1))
    assert lines == [f"x.tape:{MOST_COMMANDS + 1}: a tape has at most {MOST_COMMANDS:,} commands"]


def test_tapes_that_go_on_with_one_another_again_and_again_have_a_bound():
    files = Files({f"{depth}.tape": f"Source {depth + 1}.tape\n" * 10 for depth in range(20)})
    lines = told("Source 0.tape", read=files)
    assert any(line.endswith(f"a tape goes on with at most {MOST_TAPES} others") for line in lines)
    assert len(lines) <= MOST_MISTAKES


def test_tapes_in_a_row_are_no_matter():
    files = Files({f"{depth}.tape": f"Source {depth + 1}.tape" for depth in range(MOST_TAPES)})
    lines = told("Source 0.tape", read=files)
    assert lines == ["49.tape:1: a tape goes on with at most 50 others"]


PIECES = st.sampled_from(
    [
        *WORDS,
        *SETTINGS,
        *"\"'`/@+#.{}[]-\\\t\r\n \0",
        "received",
        "at",
        "json",
        "1s",
        "3",
        "x.png",
        "b.tape",
        "\ud800",
    ]
)


@given(st.text() | st.lists(PIECES | st.text(max_size=3)).map("".join) | st.lists(PIECES).map(" ".join))
def test_any_text_is_a_tape_or_its_mistakes(text):
    read = parse(text, "x.tape", read=Files({"b.tape": "Etner"}))
    if isinstance(read, Mistakes):
        own = [mistake for mistake in read if mistake.file == "x.tape"]
        assert all(1 <= mistake.line <= text.count("\n") + 1 for mistake in own)
        lines = text.removeprefix("\ufeff").split("\n")
        assert all(1 <= mistake.column <= len(lines[mistake.line - 1]) + 1 for mistake in own)
        assert all(line.isprintable() for line in str(read).split("\n"))
        assert 0 < len(read.found) <= MOST_MISTAKES
