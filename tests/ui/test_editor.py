"""The editor in the running client: what is typed into it, what it becomes, and what is shown of it."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.widgets.text_area import Selection

from client_tui.core.jsontext import Empty, Incomplete, Invalid, Valid, check
from client_tui.core.printable import is_printable
from client_tui.ui.editor import EDITABLE, WRAPPED_LINE
from client_tui.ui.terminal_input import typed_character
from tests.core.jsontext.strategies import documents

AWKWARD = "\u2028\u2029\x85\x0b\x1c\r\t\x1b\x7f\x9b\u202e\u200d\xa0\u3000\u0301世"
texts = st.text(st.one_of(st.sampled_from(AWKWARD + '\n{}[]",: 1a'), st.characters(exclude_characters="\0")))


def type_at_once(editor, text):
    """Type a text without leaving the turn of the event loop: what types a character waits for nothing."""
    for char in text:
        key = editor.on_key(events.Key(_character_to_key(char), char))
        with pytest.raises(StopIteration):
            key.send(None)


def place(editor, text):
    """Put a text that has a ``|`` where the cursor belongs, or two around a selection."""
    before, *rest = text.split("|")
    editor.put("".join([before, *rest]))
    starts = [before, before + rest[0]] if len(rest) == 2 else [before, before]
    ends = [(part.count("\n"), len(part) - part.rfind("\n") - 1) for part in starts]
    editor.selection = Selection(*ends)


def placed(editor):
    """Return the text with a ``|`` where the cursor is."""
    row, column = editor.cursor_location
    lines = editor.text.split("\n")
    lines[row] = f"{lines[row][:column]}|{lines[row][column:]}"
    return "\n".join(lines)


def shown(editor):
    """Return what the editor's rows show, the cursor's cell and the room beside the text cut off."""
    return [editor.render_line(y).text.rstrip() for y in range(editor.size.height)]


# ---------------------------------------------------------------------- verbatim


async def test_what_is_typed_put_or_pasted_is_the_text(desk):
    async with desk(None) as somebody:
        editor = somebody.editor

        @given(texts)
        def is_kept(text):
            editor.put(text)
            assert editor.text == text
            assert editor.check == check(text)
            editor.put("")
            editor.on_paste(events.Paste(text))
            assert editor.text == (text if "\n" in text else text.replace("\r", "\n"))
            editor.put("")
            typed = "".join(char for char in text if typed_character(events.Key(char, char)))
            type_at_once(editor, typed)
            assert editor.text == typed

        is_kept()


async def test_a_document_typed_at_the_end_gets_no_character_that_was_not_typed(desk):
    async with desk(None) as somebody:
        editor = somebody.editor

        @settings(max_examples=50)
        @given(documents.map(lambda text: "".join(char for char in text if category(char) != "Cc")))
        def is_what_was_typed(text):
            editor.put("")
            type_at_once(editor, text)
            assert editor.text == text

        is_what_was_typed()


async def test_undo_and_redo_go_through_all_that_happened(desk):
    async with desk(None) as somebody:
        editor = somebody.editor

        @settings(max_examples=50)
        @given(st.lists(st.tuples(st.sampled_from(["put", "paste", "type"]), texts), max_size=6))
        def leads_back_and_forth(steps):
            editor.load_text("")
            for kind, text in steps:
                if kind == "put":
                    editor.put(text)
                elif kind == "paste":
                    editor.on_paste(events.Paste(text))
                else:
                    type_at_once(editor, filter(str.isprintable, text))
            end, batches = editor.text, len(editor.history.undo_stack)
            for _ in range(batches):
                editor.undo()
            assert editor.text == ""
            for _ in range(batches):
                editor.redo()
            assert editor.text == end

        leads_back_and_forth()


async def test_every_character_of_a_keyboard_is_typed(desk):
    text = '"\u00a0\u3000👩\u200d👩\u2028\u00adé世e\u0301"'
    async with desk(None) as somebody:
        somebody.write(text)
        await somebody.until(lambda: somebody.editor.text == text)


async def test_a_key_with_a_modifier_types_nothing(desk):
    async with desk(None) as somebody:
        somebody.editor.post_message(events.Key("alt+x", "x"))
        somebody.write("1")
        await somebody.until(lambda: somebody.editor.text)
        assert somebody.editor.text == "1"


@pytest.mark.parametrize("key", ["ctrl+shift+k", "ctrl+x", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+d", "delete"])
async def test_no_deleting_goes_beyond_the_text(desk, key):
    async with desk(None) as somebody:
        for text in ("|", "[1,\n|2]", "[1,\n2]|", "[1,\n|", "|[1,\n2|]"):
            place(somebody.editor, text)
            before = somebody.editor.text
            await somebody.press(key)
            deleted = len(before) - len(somebody.editor.text)
            assert deleted >= 0
            if deleted:
                somebody.editor.undo()
            assert somebody.editor.text == before


# ---------------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("text", "kind"), [('{"a": [1', Incomplete), ("[1,,2]", Invalid), ('{"a": 1}', Valid)]
)
async def test_the_text_is_checked_at_each_key(desk, text, kind):
    async with desk(None) as somebody:
        assert somebody.editor.check == Empty()
        for end in range(1, len(text) + 1):
            await somebody.type(text[end - 1])
            assert somebody.editor.check == check(text[:end])
        assert isinstance(somebody.editor.check, kind)


OFFERS = [
    ('{"a": [1', "]}"),
    ('{"a": "b', '"}'),
    ('{"a": [\n1', ""),
    ('{"a": [\n{', "}"),
    ("[1]", ""),
    ("[,", ""),
]


async def test_what_would_close_the_line_is_offered_and_not_text(desk):
    async with desk(None) as somebody:
        editor = somebody.editor
        for text, closers in OFFERS:
            editor.put(text)
            await somebody.pilot.pause()
            assert (editor.suggestion, editor.text) == (closers, text)
            assert shown(editor)[-1].endswith(text.split("\n")[-1] + closers)
            await somebody.press("left")
            assert editor.suggestion == ""


@pytest.mark.parametrize("key", ["tab", "right"])
async def test_the_closers_are_taken_by_a_key(desk, key):
    async with desk(None) as somebody:
        await somebody.type('{"a": [1')
        await somebody.press(key)
        assert somebody.editor.text == '{"a": [1]}'


# ---------------------------------------------------------------------- help with typing


KEYS = [
    ('{"a": |}', "[", '{"a": [|]}'),
    ('{"a": [|]}', "]", '{"a": []|}'),
    ("[|, 1]", '"', '["|", 1]'),
    ('["a|", 1]', '"', '["a"|, 1]'),
    ('["a|b", 1]', "{", '["a{|b", 1]'),
    ("[|1, 2|]", "[", "[[1, 2]|]"),
    ("[|1|]", '"', '["1"|]'),
    ("[|1|]", "2", "[2|]"),
    ('["|"]', "backspace", "[|]"),
    ("[{|}]", "backspace", "[|]"),
    ('["a|"]', "backspace", '["|"]'),
    ("[\n  1\n  |", "]", "[\n  1\n]|"),
    ("[\n  |\n]", "}", "[\n}|\n]"),
    ("{\n  |", "}", "{\n}|"),
    ("[\n|", "]", "[\n]|"),
    ('  {"a": [1,\n       |', "]", '  {"a": [1,\n  ]|'),
    ("[1\n  |]", "]", "[1\n]|]"),
    ("[\n  1]\n  |", "]", "[\n  1]\n  ]|"),
    ("[|", "ctrl+j", "[\n  |"),
    ("[|]", "ctrl+j", "[\n  |\n]"),
    ('{"a": "|', "ctrl+j", '{"a": "\n|'),
    ('["a|\r", 1]', '"', '["a"|\r", 1]'),
]


async def test_keys_amid_a_text(desk):
    async with desk(None) as somebody:
        for before, key, after in KEYS:
            place(somebody.editor, before)
            await somebody.press(key)
            assert placed(somebody.editor) == after, (before, key)


PARTNERS = [
    ("|[1, [2]]", (0, 7)),
    ("[1, [2]|]", (0, 0)),
    ('|["]", 1]', (0, 7)),
    ('["[|]", 1]', None),
    ('["a|[b", [1]]', None),
    ("|[1}", None),
    ("|{\n  1\n}", (2, 0)),
    ("[1|, 2]", None),
]


async def test_brackets_in_strings_have_no_partner(desk):
    async with desk(None) as somebody:
        for text, partner in PARTNERS:
            place(somebody.editor, text)
            assert somebody.editor.matching_bracket_location == partner, text


# ---------------------------------------------------------------------- pastes


async def test_a_paste_is_one_step_and_replaces_what_is_selected(desk):
    async with desk(None) as somebody:
        editor = somebody.editor
        place(editor, "[|1|]")
        somebody.write("\x1b[200~2,\r3\x1b[201~")
        await somebody.until(lambda: editor.text == "[2,\n3]")
        editor.undo()
        assert editor.text == "[1]"


async def test_crlf_stays_where_the_terminal_left_it(desk):
    async with desk(None) as somebody:
        somebody.write("\x1b[200~[1,\r\n2]\x1b[201~")
        await somebody.until(lambda: somebody.editor.text == "[1,\r\n2]")


async def test_what_a_paste_replaces_makes_room_for_it(desk):
    async with desk(None) as somebody:
        somebody.editor.put("1" * EDITABLE)
        somebody.editor.select_all()
        somebody.editor.on_paste(events.Paste("2" * EDITABLE))
        assert not somebody.main.composer.holds_attachment
        assert somebody.editor.text == "2" * EDITABLE


async def test_the_clipboard_may_be_too_big_as_well(desk):
    async with desk(None) as somebody:
        somebody.app.copy_to_clipboard("1" * (EDITABLE + 1))
        await somebody.press("ctrl+v")
        assert somebody.main.composer.holds_attachment
        assert somebody.editor.text == ""


# ---------------------------------------------------------------------- what is shown


async def test_nothing_reaches_the_screen_that_is_not_printable(desk):
    async with desk(None, size=(60, 16)) as somebody:
        editor = somebody.editor

        @given(texts)
        def is_harmless(text):
            editor.put(text)
            for y in range(editor.size.height):
                assert is_printable("x" + editor.render_line(y).text)

        is_harmless()


def cells(row):
    """Return what each cell of a row shows, "" behind a wide character."""
    found = []
    for char in row:
        found += [char] + [""] * (cell_len(char) - 1) if cell_len(char) else []
    return found


async def test_a_character_is_shown_where_the_cursor_finds_it(desk):
    async with desk(None, size=(40, 30)) as somebody:
        editor = somebody.editor
        await somebody.pilot.pause()

        @given(st.text("ab 世\u0301\x1b\xa0\u202e\t,{", max_size=60))
        def is_in_its_cell(line):
            editor.put(line)
            seen = range(-editor.scroll_offset.y, editor.wrapped_document.height - editor.scroll_offset.y)
            rows = [cells(editor.render_line(y).text) for y in seen]
            for column, char in enumerate(editor.document[0].replace("\t", " ")):
                x, y = editor.wrapped_document.location_to_offset((0, column))
                assert not cell_len(char) or rows[y][x] == char

        is_in_its_cell()


def underlined(editor):
    """Return what is underlined as a mistake, row by row."""
    found = []
    for y in range(editor.size.height):
        segments = editor.render_line(y)
        text = "".join(part.text for part in segments if part.style and part.style.underline)
        if text:
            found.append((y, text))
    return found


MISTAKES = [
    ("[1,, 2]", [(0, ",")]),
    ('{\n  "a": nul,\n  "b": 1\n}', [(1, "nul")]),
    ('["世界", \x1b, 1]', [(0, "␛")]),
    ("[" + "1, " * 40 + "oops, 1]", [(2, "oops")]),
    ("[" + "1, " * WRAPPED_LINE + "oops, 1" + ", 1" * 3 + "]", [(0, "oops")]),
    ('["' + "世" * WRAPPED_LINE + '", oops, 1]', [(0, "oops")]),
]


async def test_the_mistake_is_underlined_where_it_stands(desk):
    async with desk(None, size=(60, 30)) as somebody:
        for text, mistakes in MISTAKES:
            somebody.editor.put(text)
            await somebody.until(lambda wanted=mistakes: underlined(somebody.editor) == wanted)


async def test_a_text_with_a_very_long_line_is_not_wrapped_but_scrolls(desk):
    async with desk(None, size=(60, 16)) as somebody:
        editor = somebody.editor
        editor.put("[" + "1, " * WRAPPED_LINE + "2]")
        await somebody.until(lambda: shown(editor)[0].endswith("1, 2]"))
        assert editor.wrapped_document.height == 1
        await somebody.press("home")
        await somebody.until(lambda: shown(editor)[0].lstrip().startswith("[1, 1"))
        editor.put("[1]")
        await somebody.until(lambda: shown(editor)[0].strip() == "[1]")


async def test_a_wrapped_line_has_the_colours_of_the_whole_one(desk):
    async with desk(None, size=(60, 30)) as somebody:
        editor = somebody.editor
        editor.put('{"key": "a long string of words, {1}", "n": [1.5, true, null]}, ' * 4)
        await somebody.pilot.pause()
        whole = editor.get_line(0)
        expected = [whole.get_style_at_offset(somebody.app.console, at).color for at in range(len(whole))]
        starts = [0, *editor.wrapped_document.get_offsets(0), len(whole)]
        for y in range(editor.wrapped_document.height):
            row = [part.style.color for part in editor.render_line(y) for _ in part.text]
            length = starts[y + 1] - starts[y]
            assert row[:length] == expected[starts[y] : starts[y + 1]]


async def test_a_burst_keeps_the_order_of_its_keys(desk):
    async with desk(None) as somebody:
        somebody.write('{"a":\n[1,\x1b[D\x1b[D2\x1b[F 3\x7f4]}')
        await somebody.until(lambda: somebody.editor.text == '{"a":\n  [21, 4]}')


async def test_secrets_are_covered_while_they_are_typed(desk):
    async with desk(None) as somebody:
        somebody.editor.secrets = (("password",),)
        await somebody.type('{"password": "hunter')
        await somebody.sees('{"password": "••••••')
        assert "hunter" not in somebody.text()
        assert somebody.editor.text.startswith('{"password": "hunter')
