from client_tui.core.printable import is_printable
from client_tui.ui.editor import EDITABLE

HOSTILE = "\x1b]0;title\x07 \x9b31m \u202e [/x] [@click=app.exit]quit[/] "


async def test_it_shows_how_the_text_begins(desk):
    async with desk(None) as somebody:
        somebody.main.composer.put("[\r\n" + "".join(f"{n},\r\n" for n in range(20_000)) + "1]")
        await somebody.sees("│ 2,")
        assert "3," not in somebody.text()
        assert "␍" not in somebody.text()


async def test_it_shows_nothing_that_a_terminal_would_obey_and_no_markup(desk):
    async with desk(None) as somebody:
        somebody.main.composer.put(HOSTILE + "x" * EDITABLE)
        await somebody.sees("[/x] [@click=app.exit]quit[/]")
        assert all(is_printable(line) for line in somebody.text().split("\n"))
        assert r"\u001b]0;title\u0007" in somebody.text()


async def test_a_very_long_line_takes_one_row(desk):
    async with desk(None, size=(60, 16)) as somebody:
        somebody.main.composer.put("1" * EDITABLE * 2)
        await somebody.sees("JSON · attachment of 131 kB")
        await somebody.until(lambda: somebody.main.composer.attachment.size.height == 1)


async def test_it_is_dropped_by_each_of_its_keys(desk):
    async with desk(None) as somebody:
        composer = somebody.main.composer
        for key in ("escape", "backspace", "delete"):
            composer.put("1" * EDITABLE * 2)
            await somebody.until(lambda: somebody.app.focused is composer.attachment)
            await somebody.press(key)
            await somebody.until(lambda: not composer.holds_attachment)
            assert composer.attachment.text == ""
