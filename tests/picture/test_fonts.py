import re
import shutil
from pathlib import Path

import pytest

from client_tui.picture import fonts

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "client_tui" / "picture" / "fonts"
STYLES = [(False, False), (True, False), (False, True), (True, True)]
# What a screen may show that no sentence of ours has in it: all that the issue promises.
ALPHABETS = [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x391, 0x3CF), *range(0x400, 0x460)]
LINES = [*range(0x2190, 0x2200), *range(0x2500, 0x2600)]
UNASSIGNED = {0xAD, 0x3A2}  # and what is not seen


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Return a folder that is the only one of a system's fonts."""
    monkeypatch.setattr(fonts, "_SYSTEM", (str(tmp_path),))
    fonts._system_fonts.cache_clear()
    fonts._of_the_system.cache_clear()
    yield tmp_path
    fonts._system_fonts.cache_clear()
    fonts._of_the_system.cache_clear()


def our_characters() -> set[str]:
    """Return what the client itself puts on the screen beyond ASCII."""
    rooms = [ROOT / "client_tui" / room for room in ("core", "render", "ui", "demo")]
    sources = [path for room in rooms for path in room.rglob("*") if path.suffix in (".py", ".tcss", ".tape")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    return set(re.findall(r"[^\x00-\x7e]", text))


@pytest.mark.parametrize(("bold", "italic"), STYLES)
@pytest.mark.usefixtures("system")
def test_the_shipped_fonts_have_all_alphabets_lines_and_arrows_that_are_promised(bold, italic):
    for code in {*ALPHABETS, *LINES} - UNASSIGNED:
        face = fonts.face(chr(code), bold=bold, italic=italic)
        assert face is not None, hex(code)
        assert face.shipped


@pytest.mark.usefixtures("system")
def test_the_shipped_fonts_have_every_character_that_the_client_itself_shows():
    ours = our_characters()
    assert {"●", "▲", "⏎", "…"} <= ours
    assert [char for char in ours if fonts.face(char) is None] == []


@pytest.mark.parametrize(
    ("bold", "italic", "name"),
    zip(*zip(*STYLES, strict=True), ["Regular", "Bold", "Italic", "BoldItalic"], strict=True),
)
def test_letters_come_in_their_style(bold, italic, name):
    assert fonts.face("a", bold=bold, italic=italic) == (SHIPPED / f"JetBrainsMono-{name}.ttf", True)


def test_a_symbol_that_the_letters_font_lacks_comes_from_the_other_one():
    assert fonts.face("⏎") == (SHIPPED / "DejaVuSansMono.ttf", True)
    assert fonts.face("⏎", bold=True) == (SHIPPED / "DejaVuSansMono-Bold.ttf", True)


@pytest.mark.usefixtures("system")
def test_without_a_font_of_the_system_nothing_draws_what_the_shipped_ones_lack():
    assert fonts.face("世") is None


def test_a_system_without_any_folder_of_fonts_is_no_mistake(system):
    system.rmdir()
    assert fonts.face("世") is None


def test_a_user_without_a_home_has_no_fonts_there(system, monkeypatch):
    monkeypatch.setattr(fonts, "_SYSTEM", ("~nobody-of-this-name/fonts", str(system)))
    (system / "PingFang.ttc").touch()
    assert fonts._system_fonts() == (system / "PingFang.ttc",)


def test_a_font_of_the_system_draws_what_the_shipped_ones_lack(system):
    below = system / "truetype"
    below.mkdir()
    # Any font will do as another one's file: what counts is its name, and the characters in it.
    shutil.copy(SHIPPED / "DejaVuSansMono.ttf", below / "NotoSansMonoCJK-Regular.ttf")
    (below / "NotoSansCJK-Regular.ttc").write_bytes(b"broken")
    (below / "Comic.ttf").write_bytes(b"unknown")
    assert fonts._system_fonts() == (below / "NotoSansMonoCJK-Regular.ttf", below / "NotoSansCJK-Regular.ttc")
    assert fonts._of_the_system("⏎", bold=False) == (below / "NotoSansMonoCJK-Regular.ttf", False)
    assert fonts._of_the_system("世", bold=False) is None


def test_bold_text_takes_the_bold_font_of_the_system_where_there_is_one(system):
    regular, bold = system / "NotoSansCJK-Regular.ttf", system / "NotoSansCJK-Bold.ttf"
    shutil.copy(SHIPPED / "DejaVuSansMono.ttf", regular)
    assert fonts._of_the_system("⏎", bold=True) == (regular, False)
    shutil.copy(SHIPPED / "DejaVuSansMono-Bold.ttf", bold)
    fonts._of_the_system.cache_clear()
    assert fonts._of_the_system("⏎", bold=True) == (bold, False)


@pytest.mark.parametrize(
    "names",
    [
        ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Black.ttc"),
        ("YuGothR.ttc", "YuGothB.ttc"),
        ("ヒラギノ角ゴシック W3.ttc", "ヒラギノ角ゴシック W0.ttc"),
        ("PingFang.ttc", "msgothic.ttc"),
        ("NotoSansCJK-Regular.ttc", "NotoEmoji-Regular.ttf", "Symbola_hint.ttf", "DejaVuSans.ttf"),
        ("NotoSansMonoCJKjp-Regular.otf", "NotoSansMonoCJKjp-Bold.otf"),
    ],
)
def test_the_best_family_comes_first_and_of_it_the_regular_font(system, names):
    for name in names:
        (system / name).touch()
    assert [path.name for path in fonts._system_fonts()] == list(names)


def test_no_more_files_of_a_system_are_looked_at_than_a_system_has(system, monkeypatch):
    monkeypatch.setattr(fonts, "FILES_OF_A_SYSTEM", 3)
    for number in range(4):
        folder = system / str(number)
        folder.mkdir()
        for name in range(2):
            (folder / f"notosans{number}{name}.ttf").touch()
    assert len(fonts._system_fonts()) == 4


def test_a_broken_font_is_none(tmp_path):
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"no font")
    assert fonts.font(path, 15) is None
    assert fonts.font(tmp_path / "gone.ttf", 15) is None


def test_each_character_is_drawn_alone():
    font = fonts.font(SHIPPED / "JetBrainsMono-Regular.ttf", 30)
    assert font is not None
    assert font.getlength("->") == 2 * font.getlength("-") == 36


def test_the_licences_lie_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (SHIPPED / "OFL-JetBrainsMono.txt").read_text("utf-8")
    assert "Bitstream Vera Fonts Copyright" in (SHIPPED / "LICENSE-DejaVu.txt").read_text("utf-8")
