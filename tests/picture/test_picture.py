from __future__ import annotations

from client_tui.picture.picture import Pen, Picture, Run

PEN = Pen("#ffffff", "#000000")


def test_the_lines_of_a_picture_are_its_text_without_the_blanks_at_the_end() -> None:
    rows = ((Run("ab", 2, PEN), Run("  ", 2, PEN._replace(bold=True))), (Run("  世 ", 5, PEN),))
    assert Picture(5, 2, rows, "#ffffff", "#000000", "#00ff00").lines == ["ab", "  世"]
