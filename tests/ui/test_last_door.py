from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from client_tui.ui.last_door import LastDoor
from tests.support.foreign import WORST

BLACK = Color.parse("black")


def test_what_is_printable_passes_as_it_is():
    line = [Segment("plain ", Style(bold=True)), Segment("世界 ✓ e\u0301")]
    assert LastDoor().apply(line, BLACK) == line


def test_the_rest_is_replaced_in_as_many_cells():
    (segment,) = LastDoor().apply([Segment(f"a{WORST}b", Style(bold=True))], BLACK)
    assert segment.text.isprintable()
    assert segment.text.startswith("a")
    assert segment.text.endswith("b")
    assert cell_len(segment.text) == cell_len(f"a{WORST}b")
    assert segment.style == Style(bold=True)
    assert segment.control is None


async def test_the_search_line_lets_nothing_through(desk):
    async with desk("ws://127.0.0.1:9/") as somebody:
        await somebody.press("ctrl+f")
        field = somebody.main.query_one("#search-text")
        field.value = "\x1b]0;owned\x07\u202e[/x]end"
        await somebody.sees("]0;owned[/x]end")
        assert somebody.text().replace("\n", "").isprintable()
