"""One entry in full, opened from the history as a person opens it."""

import json

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.ui.document_view import DocumentView
from client_tui.ui.inspector import Inspector, faces

NESTED = b'{"a": [1, {"b": "\\u0041"}], "c d": 1.10}'
PRETTY = ["{", '  "a": [', "    1,", "    {", '      "b": "\\u0041"', "    }", "  ],", '  "c d": 1.10', "}"]


def frame(payload, direction=Direction.RECEIVED, opcode=Opcode.TEXT, at=0.0):
    return Frame(at, direction, opcode, payload)


async def inspecting(somebody, *entries):
    """Let entries happen, and open the last."""
    await somebody.tell(*entries)
    somebody.history.focus()
    await somebody.press("enter")
    assert isinstance(somebody.app.screen, Inspector)
    await settled(somebody)


async def settled(somebody):
    await somebody.until(lambda: len(somebody.app.screen.query_one(DocumentView).document))
    await somebody.pilot.pause()


def subtitle(somebody):
    """Return what stands in the lower edge of the inspector's frame; below it is the footer's line."""
    return somebody.text().splitlines()[-2].strip("╰─╯ ")


def title(somebody):
    return somebody.text().splitlines()[0].strip("╭─╮ ")


def lines(somebody):
    view = somebody.app.screen.query_one(DocumentView)
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def view(somebody):
    return somebody.app.screen.face.name


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        (frame(b"[1]"), ["pretty", "raw", "hex"]),
        (frame(b"[1]", opcode=Opcode.BINARY), ["pretty", "raw", "hex"]),
        (frame(b"no JSON"), ["raw", "hex"]),
        (frame(b""), ["raw", "hex"]),
        (frame(b"\xff\xfe"), ["raw", "hex"]),
        (frame(b"\x00\x01", opcode=Opcode.BINARY), ["hex", "raw"]),
        (frame(b"\x03\xe8bye", opcode=Opcode.CLOSE), ["hex", "raw"]),
        (Notice(0.0, NoticeKind.INFO, "connected"), ["notice"]),
    ],
)
def test_the_ways_to_look_at_an_entry_the_best_first(entry, names):
    assert [face.name for face in faces(entry)] == names


async def test_a_frame_pretty_raw_and_in_hex(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(NESTED))
        assert lines(somebody)[:9] == PRETTY
        await somebody.press("tab")
        assert lines(somebody)[0] == NESTED.decode()
        await somebody.press("tab")
        assert lines(somebody)[0].endswith('  {"a": [1, {"b":')
        await somebody.press("tab")
        assert view(somebody) == "pretty"


async def test_the_title_says_what_it_is(desk):
    async with desk(None) as somebody:
        await inspecting(
            somebody, frame(b"1", Direction.SENT, at=1.0), frame(b'"' + b"x" * 20_000 + b'"', at=1.25)
        )
        assert title(somebody).startswith("#2 · text received · ")
        assert title(somebody).endswith(" · 20.0 kB · +250 ms · [pretty] raw hex")
        await somebody.press("left")
        assert " · text sent · " in title(somebody)
        assert title(somebody).endswith(" · 1 B · [pretty] raw hex")


async def test_a_notice_shows_all_that_the_server_answered(desk):
    async with desk(None) as somebody:
        detail = "check it\n\nServer: \x1b[2J\r\nX: [/x]\n\n<h1>no\u2028entry</h1>"
        await inspecting(somebody, Notice(0.0, NoticeKind.ERROR, "HTTP 403", detail))
        assert lines(somebody)[:7] == [
            "HTTP 403",
            "check it",
            "",
            "Server: \\u001b[2J",
            "X: [/x]",
            "",
            "<h1>no\\u2028entry</h1>",
        ]
        await somebody.press("c")
        assert somebody.app.clipboard == f"HTTP 403\n{detail}"


async def test_the_line_and_its_path_are_told_after_every_movement(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(NESTED))
        assert subtitle(somebody) == "line 1 of 9 · ."
        for keys, where in [
            (["down", "down", "down"], "line 4 of 9 · .a[1]"),
            (["end"], "line 9 of 9 · ."),
            (["up"], 'line 8 of 9 · .["c d"]'),
            (["home", "down"], "line 2 of 9 · .a"),
            (["pagedown"], "line 9 of 9 · ."),
            (["pageup"], "line 1 of 9 · ."),
            (["tab"], "line 1 of 1"),
        ]:
            await somebody.press(*keys)
            assert subtitle(somebody) == where


async def test_the_line_is_told_after_a_click(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(NESTED))
        await somebody.pilot.click(DocumentView, offset=(9, 4))
        assert subtitle(somebody) == "line 5 of 9 · .a[1].b"


async def test_stepping_goes_through_the_history_and_stops_at_its_ends(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, *[frame(b"[%d]" % number) for number in range(3)])
        await somebody.press("right")
        assert somebody.app.screen.entry.payload == b"[2]"
        await somebody.press("left", "left")
        assert somebody.app.screen.entry.payload == b"[0]"
        assert somebody.history.cursor == 0
        await somebody.press("down", "left")
        assert somebody.app.screen.entry.payload == b"[0]"
        assert subtitle(somebody) == "line 2 of 3 · .[0]"


async def test_stepping_keeps_the_way_of_looking_where_that_can_be(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(b"no JSON"), frame(b"[1]"))
        await somebody.press("tab", "left")
        assert view(somebody) == "raw"
        await somebody.press("tab", "right")
        assert view(somebody) == "hex"
        await somebody.press("tab", "left")
        assert view(somebody) == "raw"


async def test_hidden_pings_are_stepped_over(desk):
    async with desk(None) as somebody:
        ping = frame(b"1", Direction.SENT, Opcode.PING)
        await inspecting(somebody, frame(b"[0]"), ping, ping, frame(b"[1]"))
        await somebody.press("left")
        assert somebody.app.screen.entry.payload == b"[0]"


async def test_the_traffic_goes_on_behind_it(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(b"[0]"))
        await somebody.tell(*[frame(b"[%d]" % number) for number in range(1, 100)])
        assert somebody.app.screen.entry.payload == b"[0]"
        await somebody.press("right")
        assert somebody.app.screen.entry.payload == b"[1]"
        await somebody.press("escape")
        assert somebody.history.cursor == 1


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_closing_goes_back_to_the_history(desk, key):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(b"[0]"))
        await somebody.press(key)
        assert somebody.app.screen is somebody.main
        assert somebody.app.focused is somebody.history


COPIES = [
    (frame(NESTED), NESTED.decode(), "\n".join(PRETTY)),
    (frame(b'{"a":1.10,\r\n"a":1e400}'), '{"a":1.10,\r\n"a":1e400}', '{\n  "a": 1.10,\n  "a": 1e400\n}'),
    (frame("no\u2028JSON\x1b".encode()), "no\u2028JSON\x1b", "no\u2028JSON\x1b"),
    (frame(b"caf\xe9"), "63 61 66 e9", "caf\\xe9"),
    (frame(b"\x00\xff", opcode=Opcode.BINARY), "00 ff", f"00000000  {'00 ff':<48}  .."),
    (frame(b""), "", ""),
]


async def test_copying_on_the_wire_and_laid_out(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, *[entry for entry, _, _ in COPIES])
        for _, wire, laid_out in reversed(COPIES):
            await somebody.press("c")
            assert somebody.app.clipboard == wire
            await somebody.press("p")
            assert somebody.app.clipboard == laid_out
            await somebody.press("left")


async def test_copying_a_path_and_a_value(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(NESTED))
        for line, path, value in [
            (0, ".", "\n".join(PRETTY)),
            (1, ".a", '[\n  1,\n  {\n    "b": "\\u0041"\n  }\n]'),
            (2, ".a[0]", "1"),
            (4, ".a[1].b", '"\\u0041"'),
            (5, ".a[1]", '{\n  "b": "\\u0041"\n}'),
            (7, '.["c d"]', "1.10"),
        ]:
            somebody.app.screen.document.select(line)
            await somebody.press("k")
            assert somebody.app.clipboard == path
            await somebody.press("v")
            assert somebody.app.clipboard == value


async def test_paths_are_those_of_the_pretty_view(desk):
    async with desk(None, notifications=True) as somebody:
        await inspecting(somebody, frame(NESTED))
        await somebody.press("tab", "k", "v")
        assert somebody.app.clipboard == ""
        await somebody.sees("Paths and values")


async def test_a_key_of_any_text_is_a_path_that_can_be_copied_and_shown(desk):
    async with desk(None) as somebody:
        key = "[/x]\x1b\u202e" * 20
        await inspecting(somebody, frame(json.dumps({key: {"\ud800": 1}}).encode()))
        await somebody.press("down", "down", "k")
        assert somebody.app.clipboard.startswith('.["[/x]\\u001b')
        assert somebody.app.clipboard.endswith('["\\ud800"]')
        assert "\x1b" not in somebody.text()
        await somebody.press("v")
        assert somebody.app.clipboard == "1"


async def test_a_frame_goes_into_the_composer(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(NESTED))
        await somebody.press("e")
        assert somebody.app.screen is somebody.main
        assert somebody.main.composer.text == NESTED.decode()
        assert somebody.main.composer.has_focus_within


BIG = [{"id": number, "name": f"item {number}"} for number in range(100_000)]


@pytest.mark.parametrize(
    ("payload", "keys", "first", "last", "count"),
    [
        (json.dumps(BIG).encode(), [], "[", "]", 400_002),
        (b'"' + b"x" * 10_000_000 + b'"', [], '"xxx', 'x"', 1),
        (b"no JSON\n" * 1_000_000, [], "no JSON", "", 1_000_001),
        (bytes(10_000_000), ["tab"], "00000000  00 00", "................", 625_000),
    ],
    ids=["JSON", "one line", "text", "hex"],
)
async def test_both_ends_of_ten_megabytes_can_be_reached(desk, payload, keys, first, last, count):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(payload))
        await somebody.press(*keys)
        await settled(somebody)
        assert f"of {count:,}" in subtitle(somebody)
        assert "· ." not in subtitle(somebody) or count < 20_000
        assert lines(somebody)[0].startswith(first)
        await somebody.press("end")
        assert subtitle(somebody).startswith(f"line {count:,} of")
        assert lines(somebody)[-1].endswith(last)
        await somebody.press("pageup", "home")
        assert subtitle(somebody).startswith("line 1 of")
        assert lines(somebody)[0].startswith(first)


async def test_a_large_frame_is_laid_out_while_the_keys_go_on(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(b"[0]"), frame(json.dumps(BIG).encode()))
        somebody.history.focus()
        await somebody.press("enter")
        await somebody.press("left")
        assert lines(somebody)[0] == "["
        assert somebody.app.screen.entry.payload == b"[0]"
        await somebody.press("right", "escape")
        assert somebody.app.screen is somebody.main
        await somebody.pilot.pause()
        assert somebody.app.failure is None


async def test_copying_a_large_frame_laid_out(desk):
    async with desk(None) as somebody:
        await inspecting(somebody, frame(json.dumps(BIG).encode()))
        await somebody.press("p")
        await somebody.until(lambda: somebody.app.clipboard)
        assert json.loads(somebody.app.clipboard) == BIG
        await somebody.press("k")
        assert somebody.app.clipboard == "."


async def test_any_window(desk):
    async with desk(None, size=(1, 1)) as somebody:
        await inspecting(somebody, frame(NESTED), frame("世界\u202e".encode() * 50))
        for size in [(1, 1), (20, 5), (60, 16), (300, 80)]:
            await somebody.pilot.resize_terminal(*size)
            await somebody.press("down", "end", "tab", "left", "end", "tab", "pageup", "right")
            assert isinstance(somebody.app.screen, Inspector)
