"""Screens made of lines of text, and what reads the pictures of them."""

from xml.etree import ElementTree as ET

from hypothesis import strategies as st
from rich.cells import cell_len

from client_tui.picture.picture import Film, Pane, Pen, Picture, Run, Scene, Shot

SVG = "{http://www.w3.org/2000/svg}"
PEN = Pen("#d0d0d0", "#101010")
COLORS = st.sampled_from(["#101010", "#d0d0d0", "#ff0000", "#00ff00"])
FLAGS = st.booleans()
PENS = st.builds(Pen, COLORS, COLORS, FLAGS, FLAGS, FLAGS, FLAGS)
# Any text at all: what breaks XML, a page or a terminal is among the examples of a few lines below.
TEXTS = st.one_of(
    st.text(min_size=1),
    st.text("<>&\"'] ;\x00\x1b\x9b\n\ud800\ufffe\u202e\u0301世█╭", min_size=1),
    st.sampled_from(["</text><script>alert(1)</script>", "]]>", "&amp;", "\x1b]0;title\x07", "--><!--"]),
)
ROWS = st.lists(
    st.builds(lambda text, pen: Run(text, max(1, cell_len(text)), pen), TEXTS, PENS), min_size=1, max_size=4
).map(tuple)


def picture(*rows, width=None):
    """Return a picture of lines of text, or of rows of runs."""
    runs = [(Run(row, cell_len(row), PEN),) if isinstance(row, str) else row for row in rows]
    widths = [sum(run.cells for run in row) for row in runs]
    width = width or max(widths)
    filled = [
        (*row, Run(" " * (width - cells), width - cells, PEN)) if cells < width else tuple(row)
        for row, cells in zip(runs, widths, strict=True)
    ]
    return Picture(width, len(filled), tuple(filled), PEN.color, PEN.background, "#8080ff")


def scene(*rows, title="", notes=(), width=None):
    """Return a scene of one such picture."""
    return Scene((Pane(picture(*rows, width=width), title, tuple(notes)),))


def film(*screens, step=1.0, width=20):
    """Return a film that shows each of the lists of rows for a while."""
    shots = tuple(Shot(number * step, scene(*rows, width=width)) for number, rows in enumerate(screens))
    return Film(shots, len(shots) * step)


def parsed(svg):
    """Return the root of an SVG that an XML parser takes, and that asks for no other file."""
    root = ET.fromstring(svg.encode("utf-8", "strict"))  # noqa: S314  # our own
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("script", "image", "foreignObject", "a")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "href" or value.startswith("#")
            assert "http" not in value
            assert "url(" not in value or value.startswith("url(#")
    assert "@import" not in svg
    assert svg.count("http") == 1 + "".join(root.itertext()).count("http")
    return root


def words(root):
    """Return what is written, element by element."""
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
