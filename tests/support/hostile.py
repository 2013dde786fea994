"""What nobody wants to receive, as strategies: for the promise that none of it reaches a terminal."""

from __future__ import annotations

from hypothesis import strategies as st

from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from tests.core.jsontext.strategies import documents

# Commands to a terminal, overrides and fillers, marks with and without something to stand on, wide
# characters, markup of Rich and Textual, what looks like an escape, and what grows when its case is folded.
_SCRAPS = [
    *("\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\x00", "\x7f", "\r\n", "\n", "\t", "\u2028", "\x85"),
    *("\u202e", "\u2066", "\u200d", "\u200b", "\u00ad", "\u3164", "\u034f", "\U000e0041", "\U000e0100"),
    *("\u0301", "e\u0301", "\ufe0f", "☁\ufe0f", "1\ufe0f\u20e3", "\ufe0f\ufe0f", "\u0915\u094d\u0937\u093f"),
    *("世界", "👍🏽", "🏽", "👩\u200d🚀", "ﷺ", "\u1100\u1161", "\uff76\uff9e"),
    *("[/x]", "[@click=app.exit]", "\\u001b", "\\xff", "ß", "İ", "ς", "ﬁ", "K", '"', "{", "\\ud800"),
]
texts = st.lists(st.sampled_from(_SCRAPS) | st.text(max_size=6), max_size=12).map("".join)
"""Any text, most of it unpleasant."""

_nested = st.sampled_from([b"[" * 2_000, b"[" * 2_000 + b"]" * 2_000, b'{"a":' * 1_500 + b"1" + b"}" * 1_500])
_cut_off = st.binary(max_size=3).flatmap(lambda end: texts.map(lambda text: (text * 2).encode()[:-1] + end))
payloads = st.one_of(
    st.binary(max_size=64),
    documents.map(str.encode),
    texts.map(str.encode),
    texts.map(lambda text: f'{{"{text}": ["{text}"]}}'.encode()),
    _cut_off,
    _nested,
    st.sampled_from([b"", b"1" * 5_000, b'"' + b"a" * 5_000, b"\x80" * 100, b"\xff\xfe{\x00", b"\n" * 100]),
)
"""Any payload: documents, text, cut-off text, bytes that never were text, and nests."""

frames = st.builds(
    Frame,
    at=st.floats(0, 4e9),
    direction=st.sampled_from(Direction),
    opcode=st.sampled_from(Opcode),
    payload=payloads,
)
notices = st.builds(Notice, at=st.floats(0, 4e9), kind=st.sampled_from(NoticeKind), text=texts, detail=texts)
entries: st.SearchStrategy[Entry] = frames | notices
