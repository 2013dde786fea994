import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.redaction import Each
from client_tui.demo.tape import (
    Annotate,
    Client,
    Connect,
    Copy,
    Env,
    Expect,
    Hide,
    Output,
    Paste,
    Press,
    Redact,
    Require,
    Scope,
    Screenshot,
    SendJson,
    Serve,
    SetTo,
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
    commands,
    merged,
    parse,
    write,
)
from client_tui.demo.tape.keys import MODIFIERS, NAMED, combined, word_of
from client_tui.demo.tape.picture_paths import FILMS, STILLS
from client_tui.demo.tape.quoting import can_be_quoted
from client_tui.demo.tape.sentences import VARIABLES
from client_tui.demo.tape.settings import SETTINGS

LINE = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\"'` #/\\"))
"""What a keyboard types, and a line of a tape holds."""
QUOTABLE = LINE.filter(can_be_quoted)
NAME = QUOTABLE.filter(lambda text: 0 < len(text) <= 40)
SECONDS = st.integers(0, 36_000_000).map(lambda tenths: tenths / 10_000)
SPEED = st.none() | SECONDS
LIMIT = st.none() | SECONDS.filter(bool)
COUNT = st.integers(1, 1000)
KEYS = st.sampled_from([*NAMED, *"ar1.@\\+/#'"])
KEY = (
    st.tuples(st.lists(st.sampled_from(sorted(MODIFIERS)), unique=True), KEYS)
    .map(lambda parts: combined([*parts[0], parts[1]]))
    .filter(lambda key: isinstance(key, str) and word_of(key) is not None)
)
REGEX = st.sampled_from([r"a+b", r"a\/b", r"\\", r"^ *# 1$", "'\"`", "世界", r"[.]\d{3}\s"]).map(re.compile)
DOCUMENT = st.sampled_from(['{"x":  1.10}', '"hello"', "[]", " [1] ", ' "it\'s"', "1e400", '"\\ud800"', " 5"])
PATH = st.from_regex(r"[A-Za-z0-9_# -]{1,9}(/[a-z]{1,9}){0,2}", fullmatch=True)
STEPS = st.lists(st.text() | st.just(Each.ELEMENT), min_size=1)
SECRETS = STEPS.map(tuple) | STEPS.map(lambda steps: (Each.DEPTH, *steps))
VALUES = {
    "Width": st.integers(20, 400),
    "Height": st.integers(8, 150),
    "TypingSpeed": SECONDS,
    "Theme": NAME,
    "Padding": st.integers(0, 200),
    "Margin": st.integers(0, 500),
    "MarginFill": st.from_regex("#[0-9a-f]{6}", fullmatch=True),
    "BorderRadius": st.integers(0, 100),
    "Window": st.sampled_from([None, "Colorful", "ColorfulRight", "Rings", "RingsRight"]),
    "Title": QUOTABLE,
    "Scale": st.integers(1, 4),
    "Framerate": st.integers(1, 60),
    "PlaybackSpeed": st.integers(1, 100).map(lambda tenths: tenths / 10),
    "LoopOffset": st.integers(0, 10_000).map(lambda parts: parts / 100),
    "WaitTimeout": SECONDS.filter(lambda seconds: seconds >= 0.001),
    "Latency": SECONDS,
    "Interval": SECONDS,
    "Density": st.sampled_from(["lines", "pretty"]),
    "Times": st.sampled_from(["clock", "start", "before"]),
    "CursorBlink": st.just(False),
}
COMMANDS = {
    Output: st.builds(lambda path, suffix: Output(f"{path}.{suffix}"), PATH, st.sampled_from(FILMS)),
    SetTo: st.one_of(*(st.builds(SetTo, st.just(name), value) for name, value in VALUES.items())),
    Env: st.builds(Env, st.sampled_from(VARIABLES), QUOTABLE),
    Redact: st.builds(Redact, SECRETS),
    TypeText: st.builds(TypeText, LINE, SPEED),
    Press: st.builds(Press, KEY, COUNT, SPEED),
    Copy: st.builds(Copy, st.text()),
    Paste: st.just(Paste()),
    Sleep: st.builds(Sleep, SECONDS),
    WaitSettled: st.builds(WaitSettled, LIMIT),
    WaitReceived: st.builds(WaitReceived, COUNT, LIMIT),
    WaitSent: st.builds(WaitSent, COUNT, LIMIT),
    WaitState: st.builds(WaitState, st.sampled_from(State), LIMIT),
    WaitRegex: st.builds(WaitRegex, REGEX, st.sampled_from(Scope), LIMIT),
    Hide: st.just(Hide()),
    Show: st.just(Show()),
    Screenshot: st.builds(lambda path, suffix: Screenshot(f"{path}.{suffix}"), PATH, st.sampled_from(STILLS)),
    Theme: st.builds(Theme, NAME),
    Annotate: st.builds(Annotate, QUOTABLE, st.integers(1, 150) | REGEX),
    Serve: st.builds(Serve, st.booleans()),
    StopServing: st.just(StopServing()),
    Client: st.builds(Client, NAME),
    Connect: st.builds(
        Connect, st.sampled_from(["/", "/a?b=c%20d", "ws://h:1/x", "wss://u:p@h/", "ws://[::1]/'"])
    ),
    SendJson: st.builds(SendJson, DOCUMENT),
    Expect: st.builds(Expect, st.sampled_from([".", ".a == \"# 'no'\"", ".a|not # one"])),
}


def read(text):
    tape = parse(text, "x.tape")
    assert isinstance(tape, Tape), f"{tape}\n{text}"
    return tape.commands


def test_every_command_and_setting_is_tried():
    kinds = {each for each in vars(commands).values() if isinstance(each, type)}
    kinds = {each for each in kinds if each.__base__ is commands.Command}
    assert kinds - set(COMMANDS) == {Require, commands.Source}
    assert set(VALUES) == {each.canonical or each.name for each in SETTINGS.values() if each.kind}


@given(st.one_of(*COMMANDS.values()))
def test_a_command_is_read_back(command):
    assert tuple(merged(read(write([command])))) == (command,)


@given(st.lists(COMMANDS[TypeText] | COMMANDS[Press] | COMMANDS[Copy] | COMMANDS[SendJson] | COMMANDS[Sleep]))
def test_commands_are_read_back_in_their_order(asked):
    assert tuple(merged(read(write(asked)))) == tuple(merged(asked))


@given(st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\"'`\n\t")))
def test_any_text_is_typed_whole_with_control_characters_as_keys(text):
    asked = read(write([TypeText(text)]))
    typed = "".join(each.text for each in asked if isinstance(each, TypeText))
    assert typed == re.sub("[\0-\x1f\x7f-\x9f]", "", text)
    assert sum(isinstance(each, Press) for each in asked) == len(re.findall("[\0-\x1f\x7f]", text))


def test_what_it_requires_is_read_back():
    required = [Require("jq"), Require("my tool"), Require("Enter")]
    tape = parse(write(required), "x.tape")
    assert tape == Tape("x.tape", (), tuple(required))


def test_a_tape_is_written_plainly():
    asked = [
        *(Output("hello.gif"), SetTo("TypingSpeed", 0.05), Connect("/ws/"), TypeText('{"x": 1}')),
        *(Press("enter"), WaitReceived(1), Press("up", 3, 0.5), WaitRegex(re.compile("a/b"))),
        *(Screenshot("a b.png"), Theme("Enter")),
    ]
    assert write(asked).splitlines() == [
        "Output hello.gif",
        "Set TypingSpeed 50ms",
        "Connect /ws/",
        "Type '{\"x\": 1}'",
        "Enter",
        "Wait received 1",
        "Up@500ms 3",
        r"Wait /a\/b/",
        'Screenshot "a b.png"',
        'Theme "Enter"',
    ]


def test_a_text_that_no_quotes_hold_is_typed_piece_by_piece():
    assert write([TypeText('say "it\'s `so`"\tnow\n', 0.1)]).splitlines() == [
        "Type@100ms `say \"it's `",
        "Type@100ms '`so`\"'",
        "Tab@100ms",
        'Type@100ms "now"',
        "Ctrl+J@100ms",
    ]


def test_a_long_text_is_typed_in_several_lines():
    text = write([TypeText("x" * 200_000)])
    assert max(map(len, text.splitlines())) < 1100
    assert tuple(merged(read(text))) == (TypeText("x" * 200_000),)


@pytest.mark.parametrize(
    "command",
    [
        SendJson('{\n"x": 1}'),
        Expect(".a\n"),
        Annotate("\"'`", 1),
        SetTo("Title", "two\nlines"),
        SetTo("Shell", "bash"),
        Press("super+x"),
        Press("a"),
        WaitRegex(re.compile("a\nb")),
    ],
    ids=str,
)
def test_what_no_tape_can_hold_is_an_error(command):
    with pytest.raises(ValueError, match="no tape"):
        write([command])


# ---------------------------------------------------------------------- merging


def test_equal_presses_become_one_with_a_count():
    asked = [Press("up", line=7), Press("up"), Press("up", 2), Press("down"), Press("down", speed=1.0)]
    once = list(merged(asked))
    assert once == [Press("up", 4), Press("down"), Press("down", speed=1.0)]
    assert once[0].line == 7


def test_typed_texts_become_one():
    asked = [TypeText("a"), TypeText("b"), Press("enter"), TypeText("c"), TypeText("d", 0.1)]
    assert list(merged(asked)) == [TypeText("ab"), Press("enter"), TypeText("c"), TypeText("d", 0.1)]


def test_no_count_is_greater_than_a_tape_can_hold():
    assert list(merged([Press("up", 600), Press("up", 600)])) == [Press("up", 600), Press("up", 600)]


def test_what_is_between_keeps_them_apart():
    asked = [Press("up"), Sleep(1.0), Press("up"), Sleep(1.0), Sleep(1.0)]
    assert list(merged(asked)) == asked
    assert list(merged([])) == []
