"""The composer in the running client: what Enter does, what was sent before, what the frame says."""

import json
import stat

import pytest

from client_tui.core.jsontext import Valid
from client_tui.ui.composer import Composer
from client_tui.ui.editor import EDITABLE
from client_tui.ui.verdict import STYLES

BIG = "[\r\n" + "1.10,\r\n" * 20_000 + "1e400]"
SENT_FILE = "sent.jsonl"


def sent(somebody):
    """Return what was sent, as it was on the wire."""
    return [frame.payload.decode() for frame in somebody.frames if frame.direction.value == "sent"]


def says(composer):
    """Return what the frame says below."""
    return str(composer.border_subtitle)


async def paste(somebody, text):
    """Paste, as a terminal does."""
    somebody.write(f"\x1b[200~{text}\x1b[201~")
    await somebody.until(lambda: somebody.main.composer.text.endswith(text.replace("\r", "\n")[-5:]))


async def examined(somebody):
    """Wait for an attachment's verdict."""
    await somebody.until(lambda: somebody.main.composer.check is not None)


# ---------------------------------------------------------------------- sending


@pytest.mark.parametrize(
    "text", ['{"a": 1.10, "a": -0}', '"\u2028\u202e\x7f"', "1e400", r'"\ud800"', " [1] "]
)
async def test_what_was_put_is_sent_as_it_stands(desk, echo_server, text):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.main.composer.put(text)
        await somebody.press("enter")
        await somebody.received(1)
        assert [frame.payload for frame in somebody.frames] == [text.encode()] * 2
        assert somebody.main.composer.text == ""


@pytest.mark.parametrize("key", ["f5", "ctrl+enter", "enter"])
async def test_every_key_that_means_send_sends(desk, echo_server, key):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.type("[1]")
        await somebody.press(key)
        await somebody.received(1)
        assert sent(somebody) == ["[1]"]


@pytest.mark.parametrize("key", ["enter", "ctrl+j", "shift+enter", "alt+enter"])
async def test_a_line_break_in_an_incomplete_document_is_indented(desk, key):
    async with desk(None) as somebody:
        await somebody.type('{"a": [')
        await somebody.press(key)
        assert somebody.editor.text == '{"a": [\n  '


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter"])
async def test_the_keys_that_break_the_line_always_do(desk, key):
    async with desk(None) as somebody:
        for text in ("[1]", "[1,,", '"a'):
            somebody.editor.put(text)
            await somebody.press(key)
            assert somebody.editor.text.rstrip(" ") == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[1,,2]", "enter", "✗ line 1, column 4: "),
        ("{'a': 1}", "f5", "✗ line 1, column 2: "),
        ('{"a": "b', "enter", "✗ nothing was sent: string is open, 1 more around it"),
        ('{"a": 1', "f5", "✗ nothing was sent: object is open"),
        ("[1]", "enter", "✗ nothing was sent: not connected"),
        ("[1,,2]", "ctrl+r", "✗ line 1, column 4: "),
        ('{"a": 1', "ctrl+t", "✗ nothing was laid out: object is open"),
    ],
)
async def test_a_refusal_is_in_words_and_the_text_stays(desk, text, key, words):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.put(text)
        await somebody.pilot.pause()
        await somebody.press(key)
        assert composer.text == text
        assert says(composer).startswith(words)
        assert composer.has_class("-refused")
        await somebody.sees(words[:40])
        await somebody.type(" ")
        await somebody.until(lambda: not composer.has_class("-refused"))


async def test_the_reason_is_that_of_the_last_refusal(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.put("[1,,2]")
        composer.action_send_anyway()
        assert "not connected" in says(composer)
        await somebody.press("enter")
        assert says(composer).startswith("✗ line 1, column 4")


async def test_enter_on_nothing_does_nothing(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.press("enter", "f5", "ctrl+r", "ctrl+t")
        assert not somebody.main.composer.has_class("-refused")
        assert sent(somebody) == []


@pytest.mark.parametrize("text", ["[1,,2]", "", "{"])
async def test_send_anyway_sends_what_there_is(desk, echo_server, text):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.main.composer.put(text)
        somebody.main.composer.action_send_anyway()
        await somebody.until(lambda: sent(somebody) == [text])


async def test_a_burst_of_keys_is_done_in_its_order(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.write('[1]\r{"a":\r[2]\r}\r[3\x0a]\r[4\x1b[15~]\r')
        await somebody.until(lambda: len(sent(somebody)) == 4)
        assert sent(somebody) == ["[1]", '{"a":\n  [2]\n}', "[3\n]", "[4]"]


async def test_up_and_enter_in_one_write_send_the_last_one_again(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.write("[1]\r[2]\r\x1b[A\x1b[A\r")
        await somebody.until(lambda: len(sent(somebody)) == 3)
        assert sent(somebody) == ["[1]", "[2]", "[1]"]


# ---------------------------------------------------------------------- the verdict


async def test_the_frame_says_what_the_text_is(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        for text, words, style in [
            ("[1]", "✓ array, 1 item · 3 B", "-valid"),
            ("[1,", "… array is open · expects", "-incomplete"),
            ("[1,,", "✗ line 1, column 4: ", "-invalid"),
            ("[1e400]", "⚠ array, 1 item · 7 B · ", "-caution"),
            ("", "", "-empty"),
        ]:
            composer.put(text)
            await somebody.until(lambda wanted=style: composer.classes & set(STYLES) == {wanted})
            assert says(composer).startswith(words)


async def test_a_key_leads_to_the_mistake(desk):
    async with desk(None) as somebody:
        somebody.editor.put('{\n  "a": nul,\n  "b": 1\n}')
        await somebody.press("f8")
        assert somebody.editor.cursor_location == (1, 7)


# ---------------------------------------------------------------------- format and minify


async def test_format_and_minify_change_no_token_and_are_a_step_each(desk):
    text = r'{"a":1.10,"a":[1e400,-0,123456789012345678901234567890],"s":"\ud800\/"}'
    pretty = (
        '{\n  "a": 1.10,\n  "a": [\n    1e400,\n    -0,\n    123456789012345678901234567890\n  ],\n'
        r'  "s": "\ud800\/"' + "\n}"
    )
    async with desk(None) as somebody:
        editor = somebody.editor
        await somebody.type(text)
        await somebody.press("ctrl+r")
        assert editor.text == pretty
        await somebody.press("ctrl+t")
        assert editor.text == text
        await somebody.press("ctrl+z")
        assert editor.text == pretty
        await somebody.press("ctrl+z")
        assert editor.text == text
        await somebody.press("ctrl+y")
        assert editor.text == pretty


# ---------------------------------------------------------------------- what was sent before


async def test_up_and_down_walk_through_what_was_sent_and_keep_the_draft(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        editor = somebody.editor
        somebody.write("[1]\r[2]\r[\r3]\r{")
        await somebody.until(lambda: len(sent(somebody)) == 3)
        seen = []
        for key in ("up", "up", "up", "up", "down", "down", "down", "down", "down"):
            await somebody.press(key)
            seen.append(editor.text)
        third = "[\n  3]"
        assert seen == [third, "[2]", "[1]", "[1]", "[2]", third, "{", "{", "{"]


async def test_what_was_put_meanwhile_is_the_draft_of_the_next_walk(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.keep("[1]")
        composer.keep("[2]")
        await somebody.press("up")
        composer.put("[3]")
        await somebody.press("up")
        assert composer.text == "[2]"
        await somebody.press("down")
        assert composer.text == "[3]"


async def test_the_list_survives_a_restart_in_a_file_of_the_users_own(desk, echo_server, settings):
    texts = ["[1]", '"\u2028\n"', '{"a": 1}']
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        for text in texts:
            somebody.main.composer.put(text)
            somebody.main.composer.action_send_anyway()
    file = settings.state_dir / SENT_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [json.loads(line) for line in file.read_text().splitlines()] == texts
    async with desk(None) as somebody:
        for text in reversed(texts):
            somebody.main.composer.action_recall(-1)
            assert somebody.editor.text == text


async def test_a_list_that_cannot_be_kept_is_told_and_nothing_is_lost(desk, settings):
    settings.state_dir.mkdir()
    (settings.state_dir / SENT_FILE).mkdir()
    async with desk(None) as somebody:
        somebody.main.composer.keep("[1]")
        await somebody.press("up")
        assert somebody.editor.text == "[1]"
        assert ["not kept" in note.message for note in somebody.app._notifications] == [True]


# ---------------------------------------------------------------------- attachments


async def test_a_large_paste_becomes_an_attachment_and_is_sent_verbatim(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.type("[")
        await paste(somebody, BIG[1:])
        composer = somebody.main.composer
        assert composer.holds_attachment
        await somebody.sees("attachment of 140 kB")
        await examined(somebody)
        assert isinstance(composer.check, Valid)
        await somebody.sees("⚠ array, 20,001 items")
        await somebody.press("enter")
        await somebody.received(1)
        assert [frame.payload for frame in somebody.frames] == [BIG.encode()] * 2
        assert not composer.holds_attachment
        assert composer.text == ""


async def test_enter_right_behind_a_large_paste_sends_nothing_unchecked(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        composer = somebody.main.composer
        somebody.write(f"1\x1b[200~{BIG}\x1b[201~")
        somebody.write("\rx")
        await somebody.until(lambda: composer.holds_attachment)
        await examined(somebody)
        await somebody.pilot.pause()
        assert sent(somebody) == []
        assert composer.text == "1" + BIG
        assert somebody.editor.text == "1"
        assert says(composer).startswith("✗ line 1, column 2: ")


@pytest.mark.parametrize("action", [Composer.action_enter, Composer.action_send])
async def test_sending_during_the_check_says_so(desk, action):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.put(BIG)
        action(composer)
        assert says(composer) == "✗ nothing was sent: it is still being checked"
        assert composer.text == BIG
        await examined(somebody)
        assert says(composer).startswith("⚠ array")


async def test_escape_drops_an_attachment_and_its_verdict(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        await somebody.type("[1]")
        await paste(somebody, BIG)
        await somebody.until(lambda: composer.holds_attachment)
        await somebody.press("escape")
        await somebody.until(lambda: not composer.holds_attachment)
        await somebody.app.workers.wait_for_complete()
        await somebody.pilot.pause()
        assert (composer.text, says(composer)) == ("[1]", "✓ array, 1 item · 3 B")
        assert somebody.app.focused is somebody.editor
        assert str(composer.border_title) == "JSON"


async def test_a_paste_onto_an_attachment_goes_behind_it(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.put(BIG)
        await somebody.until(lambda: somebody.app.focused is composer.attachment)
        await paste(somebody, " 1")
        assert composer.text == f"{BIG} 1"
        await somebody.until(lambda: says(composer).startswith("✗ line"))


async def test_no_key_reaches_the_editor_behind_an_attachment(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        somebody.editor.put("[1,,")
        composer.put(BIG)
        await somebody.until(lambda: somebody.app.focused is composer.attachment)
        await somebody.press("x", "ctrl+j", "f8", "1")
        composer.type("1")
        assert somebody.editor.text == "[1,,"
        assert composer.text == BIG


async def test_an_attachment_that_fits_after_minifying_goes_into_the_editor(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.put("[" + " " * EDITABLE + "1]")
        await examined(somebody)
        await somebody.press("ctrl+t")
        assert not composer.holds_attachment
        assert somebody.editor.text == "[1]"


async def test_the_walk_goes_on_from_an_attachment(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        for text in ("[1]", BIG, "[2]"):
            composer.keep(text)
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await somebody.press(key)
            await somebody.pilot.pause()
            seen.append(composer.text)
        assert seen == ["[2]", BIG, "[1]", BIG, "[2]", ""]


async def test_a_paste_elsewhere_goes_into_the_composer(desk):
    async with desk(None) as somebody:
        await somebody.type("[1")
        somebody.main.history.focus()
        await somebody.pilot.pause()
        await paste(somebody, ",\r2]")
        assert somebody.editor.text == "[1,\n2]"
        assert somebody.app.focused is somebody.editor


# ---------------------------------------------------------------------- when sending fails


@pytest.mark.parametrize("limit", [0, 500])
@pytest.mark.parametrize("unsent", ["[2]", json.dumps("x" * 2_000_000)], ids=["small", "large"])
async def test_a_text_that_could_not_be_sent_is_back_or_one_step_away_however_large(desk, limit, unsent):
    async with desk(None, sent_limit=limit) as somebody:
        composer = somebody.main.composer
        composer.keep(unsent)
        assert composer.restore("[1]")
        assert composer.text == "[1]"
        assert not composer.restore(unsent)
        assert composer.text == "[1]"
        seen = []
        for direction in (-1, -1, 1, 1):
            composer.action_recall(direction)
            seen.append(composer.text)
        assert seen == [unsent, "[1]", unsent, "[1]"]


async def test_what_is_sent_after_all_is_no_longer_among_the_unsent(desk):
    async with desk(None, sent_limit=0) as somebody:
        composer = somebody.main.composer
        composer.restore("[1]")
        composer.keep("[1]")
        composer.clear()
        await somebody.press("up")
        assert composer.text == ""


async def test_a_text_that_comes_back_during_a_walk_loses_no_draft(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        composer.keep("[1]")
        await somebody.type("[3")
        draft = composer.text
        await somebody.press("up")
        assert composer.text == "[1]"
        assert not composer.restore("[2]")
        seen = []
        for _ in range(3):
            await somebody.press("up")
            seen.append(composer.text)
        assert seen == ["[2]", draft, "[1]"]


async def test_what_is_being_typed_is_kept_on_leaving(desk):
    async with desk(None) as somebody:
        await somebody.type('{"draft"')
        await somebody.press("ctrl+q")
    async with desk(None) as somebody:
        await somebody.press("up")
        assert somebody.editor.text == '{"draft"'
