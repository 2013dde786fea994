import re

import pytest

from client_tui.core.redaction import Each
from client_tui.demo.tape import (
    Annotate,
    Client,
    Connect,
    Copy,
    Env,
    Expect,
    Hide,
    Mistakes,
    Output,
    Paste,
    Press,
    Redact,
    Scope,
    Screenshot,
    SendJson,
    Serve,
    Show,
    Sleep,
    State,
    StopServing,
    Tape,
    Theme,
    TypeText,
    WaitReceived,
    WaitRegex,
    WaitSent,
    WaitSettled,
    WaitState,
    parse,
)


def read(line):
    """Return the commands of a line."""
    tape = parse(line, "x.tape")
    assert isinstance(tape, Tape), str(tape)
    return list(tape.commands)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ('Type "hello you"', TypeText("hello you")),
        ("Type@500ms 'a' \"b\"", TypeText("a b", 0.5)),
        ("Type@.5'a'", TypeText("a", 0.5)),
        ("Type `\"Backtick\" 'Quote'` # comment", TypeText("\"Backtick\" 'Quote'")),
        (r'Type "C:\new"', TypeText(r"C:\new")),
        ("Enter", Press("enter")),
        ("Up 3", Press("up", 3)),
        ("Backspace@1 3", Press("backspace", 3, 1.0)),
        ("PageDown", Press("pagedown")),
        ("F6", Press("f6")),
        ("Home", Press("home")),
        ("Ctrl+R@1s 2", Press("ctrl+r", 2, 1.0)),
        ("Ctrl+Shift+O", Press("ctrl+shift+o")),
        ("Alt+.", Press("alt+full_stop")),
        ("Shift+Tab 2", Press("shift+tab", 2)),
        ("Shift+a", Press("A")),
        ("Copy 'a' 'b'", Copy("a b")),
        (r'Copy json "two\nlines\u0000"', Copy("two\nlines\0")),
        ('Copy "json"', Copy("json")),
        ("Paste", Paste()),
        ("Sleep 500ms", Sleep(0.5)),
        ("Sleep 2", Sleep(2.0)),
        ("Wait", WaitSettled()),
        ("Wait@10s", WaitSettled(10.0)),
        ("Wait settled", WaitSettled()),
        ("Wait /a b/", WaitRegex(re.compile("a b"))),
        ("Wait+Screen /a/", WaitRegex(re.compile("a"))),
        ("Wait+Line@10ms /a/", WaitRegex(re.compile("a"), Scope.LINE, 0.01)),
        ("Wait received 3", WaitReceived(3)),
        ("Wait@1s sent 1", WaitSent(1, 1.0)),
        ("Wait open", WaitState(State.OPEN)),
        ("Wait@1s closed", WaitState(State.CLOSED, 1.0)),
        ("Hide", Hide()),
        ("Show", Show()),
        ("Output a.gif", Output("a.gif")),
        ("Screenshot 'a b.png'", Screenshot("a b.png")),
        ("Theme nord", Theme("nord")),
        ('Annotate "here" at 5', Annotate("here", 5)),
        ('Annotate "here" at /^ *1/', Annotate("here", re.compile("^ *1"))),
        ("Serve", Serve()),
        ("Serve lab", Serve(lab=True)),
        ("Serve stop", StopServing()),
        ("Client 'the other'", Client("the other")),
        ("Connect ws://127.0.0.1:8000/a?b=c", Connect("ws://127.0.0.1:8000/a?b=c")),
        ("Connect wss://user:secret@example.org/", Connect("wss://user:secret@example.org/")),
        ("Connect /rooms/lobby/", Connect("/rooms/lobby/")),
        ("Env NO_COLOR value", Env("NO_COLOR", "value")),
        ('Env http_proxy ""', Env("http_proxy", "")),
        ("Redact .items[].token", Redact(("items", Each.ELEMENT, "token"))),
    ],
)
def test_a_sentence_is_a_command(line, command):
    assert read(line) == [command]


@pytest.mark.parametrize(
    ("line", "document"),
    [
        ('Send {"x":  1.10, "x": -0}  ', '{"x":  1.10, "x": -0}'),
        ('Send "hello"', '"hello"'),
        ('Send "it\'s # \\"1\\""', '"it\'s # \\"1\\""'),
        ("Send [1, 2]", "[1, 2]"),
        ("Send 1e400", "1e400"),
        ("Send '{\"x\": 1}'", '{"x": 1}'),
        ("Send ` {}`", " {}"),
        ('Send "[1]"', '"[1]"'),
        ("Send '[1]' # and a comment", "[1]"),
    ],
)
def test_what_is_sent_is_verbatim(line, document):
    assert read(line) == [SendJson(document)]


def test_a_document_in_quotes_may_be_followed_by_another_sentence():
    assert read("Send '{}' Wait received 1") == [SendJson("{}"), WaitReceived(1)]


def test_an_expression_is_the_rest_of_the_line():
    assert read('Expect .a == "# no comment" | not # one  ') == [Expect('.a == "# no comment" | not # one')]


def test_several_sentences_may_stand_in_a_line():
    commands = [TypeText("a"), Press("enter", 2), WaitSettled(), Sleep(1.0), Hide()]
    assert read('Type "a"Enter 2 Wait Sleep 1s Hide# all of it') == commands


@pytest.mark.parametrize(
    ("line", "wrong", "reason"),
    [
        ("Type", "", "Type needs a text in quotes"),
        ("Type hello", "hello", "Type needs a text in quotes, not hello"),
        ('Type@fast "x"', "fast", "Type needs a time behind its @, such as 500ms or 2s, not fast"),
        ('Type "a\tb"', '"a\tb"', "a tab is a key, not a text: write Tab"),
        ("Up 0", "0", "Up needs a count from 1 to 1000, not 0"),
        ("Up -1", "-1", "Up needs a count from 1 to 1000, not -1"),
        ("Up 1000000000", "1000000000", "Up needs a count from 1 to 1000, not 1000000000"),
        ("Ctrl+R 2.5", "2.5", "Ctrl+R needs a count from 1 to 1000, not 2.5"),
        ("Ctrl", "Ctrl", "Ctrl needs a key behind it: Ctrl+Tab, say"),
        ("Ctrl + R", "Ctrl", "Ctrl needs a key behind it: Ctrl+Tab, say"),
        (
            "Hide Ctrl+A+B",
            "Ctrl+A+B",
            "A is no modifier: only Ctrl, Alt and Shift are held, and one key is pressed",
        ),
        ("Hide 3", "3", "Hide takes no 3"),
        ("Sleep 1s 2s", "2s", "Sleep takes no 2s"),
        ("Set Width 80 90", "90", "Set Width takes no 90"),
        ("Sleep -1", "-1", "Sleep needs a time such as 500ms or 2s, not -1"),
        ("Wait+Foo /x/", "Wait+Foo", "Wait+Foo is none: write Wait+Screen or Wait+Line"),
        (
            "Wait+Line+Screen /x/",
            "Wait+Line+Screen",
            "Wait+Line+Screen is none: write Wait+Screen or Wait+Line",
        ),
        ("Wait+Line", "", "Wait+Line needs a regular expression between slashes"),
        ("Wait@0 /x/", "Wait@0", "a Wait of no time waits for nothing"),
        ("Wait received", "", "Wait needs a number of frames from 1 to 1000000"),
        (
            "Wait for it",
            "for",
            "Wait needs settled, open, closed, received and a number, sent and a number, "
            "a /regex/ or nothing, not for",
        ),
        ("Wait /(/", "/(/", "/(/ is no regular expression: missing ), unterminated subpattern at position 0"),
        ('Annotate "x"', "", "Annotate needs at behind its text, and a row or a /regex/"),
        ('Annotate "x" at 0', "0", "Annotate needs a row from 1 to 150, not 0"),
        ("Serve me", "me", "Serve needs lab, stop or nothing, not me"),
        (f"Client {'x' * 41}", "x" * 41, "a client's name has at most 40 characters"),
        ("Connect", "", "Connect needs a URL, or a path such as /ws/"),
        ("Connect http://h/", "http://h/", "http://h/ is not a WebSocket URL: say ws://h/"),
        (
            "Connect /a#b",
            "/a#b",
            "/a#b holds a #, a space or a control character: write them as %23 and %20, say",
        ),
        ("Send", "", "Send needs a JSON document"),
        ('Send {"x": }', ":", "not JSON: a value is missing after the colon"),
        ('Send {"x": 1', "", "not JSON: it ends where a comma or } is missing"),
        ('Send {"x": 1} # no', "# no", "not JSON: JSON has no comments"),
        ("Send '{\"x\": nope}'", "nope", "not JSON: nope is no JSON value: text stands in double quotes"),
        ('Send "[1]" # no', "# no", "not JSON: JSON has no comments"),
        ('Send "it', "", "not JSON: it ends where the closing quote is missing"),
        ("Send 'it", "'it", "the closing ' is missing: a text ends in the line that it begins in"),
        ("Send ''", "''", "Send needs a JSON document, and there is nothing in the quotes"),
        ("Expect # nothing", "", "Expect needs a jq expression"),
        ("Expect .a = 1", "=", "not jq: = changes a value; == compares two"),
        (f"Expect {'.a' * 5001}", ".a" * 30 + "…", "an expression has at most 10000 characters"),
        ("Expect .a )", ")", "not jq: ) means nothing here"),
        ("Copy json {}", "{}", 'a string of JSON stands behind Copy json, such as "a\\nb"'),
        ("Copy json nope", "nope", 'a string of JSON stands behind Copy json, such as "a\\nb"'),
        (
            "Env NO_COLOUR x",
            "NO_COLOUR",
            "NO_COLOUR is not a tape's to set: did you mean NO_COLOR?",
        ),
        ("Source x.txt", "x.txt", "x.txt is no tape: its name ends with .tape"),
        ("Require", "", "Require needs the name of a program"),
        ("Theme", "", "Theme needs the name of a theme"),
    ],
)
def test_what_is_wrong_is_named_with_the_remedy(line, wrong, reason):
    mistakes = parse(line, "x.tape")
    assert isinstance(mistakes, Mistakes)
    (mistake,) = mistakes
    assert (mistake.reason, mistake.text) == (reason, wrong)
    assert line[mistake.column - 1 :].startswith(wrong.removesuffix("…"))


def test_a_string_of_json_of_any_depth_is_no_matter():
    mistakes = parse(f"Copy json {'[' * 20_000}", "x.tape")
    assert isinstance(mistakes, Mistakes)
