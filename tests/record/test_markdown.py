import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.printable import is_printable
from client_tui.record.lines import Header
from client_tui.record.markdown import markdown

AT = 1_700_000_000.25
HEADER = Header("0.1.0", "ws://host/chat", AT)


def frame(payload, opcode=Opcode.TEXT, direction=Direction.RECEIVED):
    return Frame(AT, direction, opcode, payload)


def notice(text, detail="", kind=NoticeKind.INFO):
    return Notice(AT, kind, text, detail)


def written(*entries, header=HEADER):
    return b"".join(markdown(entries, header)).decode()


def body(*entries):
    """Return what stands below the heading."""
    return written(*entries).split("\n", 4)[4]


def test_the_heading_says_what_and_when():
    assert written().splitlines() == [
        "# WebSocket session with `ws://host/chat`",
        "",
        "Started 2023-11-14 22:13:20 UTC, recorded with `0.1.0`.",
    ]
    assert written(header=Header("", "", float("nan"))).splitlines() == [
        "# WebSocket session with `no server`",
        "",
        "Started at an unknown time, recorded with `an unknown client`.",
    ]


def test_json_is_laid_out_and_not_changed():
    assert body(frame(b'{"a":1.10,"b":[1e400,{}]}', direction=Direction.SENT)) == (
        "**▲ sent** 22:13:20.250 text, 25 B\n"
        "```json\n"
        '{\n  "a": 1.10,\n  "b": [\n    1e400,\n    {}\n  ]\n}\n'
        "```\n"
    )


def test_other_text_is_verbatim():
    assert body(frame("hallo 世界\nand more".encode())) == (
        "**▼ received** 22:13:20.250 text, 21 B\n```text\nhallo 世界\nand more\n```\n"
    )


def test_bytes_are_a_hex_dump():
    assert body(frame(bytes(range(0x50, 0x64)), Opcode.BINARY)) == (
        "**▼ received** 22:13:20.250 binary, 20 B\n"
        "```text\n"
        "00000000  50 51 52 53 54 55 56 57 58 59 5a 5b 5c 5d 5e 5f  PQRSTUVWXYZ[\\]^_\n"
        "00000010  60 61 62 63                                      .abc\n"
        "```\n"
    )


def test_json_in_a_binary_frame_is_json():
    assert "```json\n[]\n```" in body(frame(b"[]", Opcode.BINARY))


def test_notices_are_a_line_and_their_detail():
    assert body(notice("connected", "Server: a\r\nDate: b"), notice("lost", kind=NoticeKind.WARNING)) == (
        "**·** 22:13:20.250 `connected`\n```text\nServer: a\nDate: b\n```\n\n**⚠** 22:13:20.250 `lost`\n"
    )


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        (b"", "close, 0 B"),
        (b"\x03\xe8", "close, 2 B: 1000"),
        (b"\x0f\xa0so `long`", "close, 11 B: 4000 ``` so `long` ```".replace("```", "``")),
    ],
)
def test_a_close_frame_says_its_code_and_reason(payload, line):
    assert body(frame(payload, Opcode.CLOSE)) == f"**▼ received** 22:13:20.250 {line}\n"


def test_what_is_empty_has_no_fence():
    assert body(frame(b"")) == "**▼ received** 22:13:20.250 text, 0 B\n"


@pytest.mark.parametrize("ticks", [0, 1, 2, 3, 4, 50])
def test_no_backticks_end_a_fence_or_a_code(ticks):
    hostile = "`" * ticks
    for text in (f"{hostile}\n# heading", f'"{hostile}"', f"{hostile}a{hostile}", hostile):
        fences = [
            line
            for line in body(frame(text.encode())).splitlines()
            if re.fullmatch("`{3,}(json|text)?", line)
        ]
        if text:
            opening, closing = fences[0], fences[-1]
            assert closing == opening.rstrip("jsontex")
            assert len(closing) > ticks
    line = body(notice(f"{hostile}a{hostile}")).strip()
    quoted = re.fullmatch(r"\*\*·\*\* [\d:.]+ (`+)( ?)(.*?)\2\1", line)
    assert quoted is not None
    assert quoted[3] == f"{hostile}a{hostile}"


def test_what_a_terminal_or_a_page_would_obey_is_escaped():
    text = body(frame(b"\x1b]0;x\x07\xe2\x80\xae<b>\x00\r\t\xff"), notice("\x1b[31m\n# @all", "\x9b\u202e"))
    assert is_printable(text.replace("\n", ""))
    assert "\\u001b]0;x\\u0007\\u202e<b>\\u0000\\u000d\\u0009\\xff" in text
    assert "`\\u001b[31m\\u000a# @all`" in text


@given(
    st.lists(
        st.builds(Frame, st.floats(), st.sampled_from(Direction), st.sampled_from(Opcode), st.binary())
        | st.builds(
            Frame,
            st.just(AT),
            st.sampled_from(Direction),
            st.sampled_from(Opcode),
            st.text('`\n\r\t {}[]"a1,:\u202e').map(str.encode),
        )
        | st.builds(Notice, st.floats(), st.sampled_from(NoticeKind), st.text(), st.text("`\n a"))
    )
)
def test_every_fence_is_closed_and_everything_is_printable(entries):
    text = written(*entries)
    assert is_printable(text.replace("\n", ""))
    fence = ""
    heads = 0
    for line in text.splitlines()[3:]:
        if fence:
            fence = "" if line == fence else fence
        elif opened := re.fullmatch("(`{3,})(json|text)", line):
            fence = opened[1]
        elif line:
            heads += 1
            assert line.startswith("**")
    assert fence == ""
    assert heads == len(entries)


@pytest.mark.parametrize(
    "payload", [b"[" * 100_000 + b"]" * 100_000, b'"\\ud800"', b"[" * 100_000, b"1" * 10_000]
)
def test_odd_documents_are_written(payload):
    assert len(body(frame(payload))) > len(payload)
