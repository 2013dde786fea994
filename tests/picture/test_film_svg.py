from hypothesis import given, settings
from hypothesis import strategies as st

from client_tui.picture.film import LAST_SECONDS
from client_tui.picture.film_svg import film_svg
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Pane, Run, Scene, Shot
from tests.picture import screens as reading
from tests.picture.screens import PEN, ROWS, SVG, film, picture, scene, words

LOOK = Look()


def parsed(svg, left_out="s"):
    """Return the root of a film, without what is seen in place of what moves; or with that alone."""
    root = reading.parsed(svg)
    name = root.get("class")
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class") == f"{name}{left_out}":
                parent.remove(child)
    return root


def played(root, at):
    """Return what a film shows at a time, row by row."""
    named = {it.get("id"): it for it in root.iter() if it.get("id")}
    (screen,) = [it for it in root.iter(f"{SVG}g") if it.get("clip-path")]
    shown = {}
    for sprite in screen[0]:
        moving = sprite.find(f"{SVG}animateTransform")
        place = sprite.get("transform")[len("translate(") : -1] if moving is None else _value(moving, at)
        y = int(place.removeprefix("0 "))
        assert y not in shown or y < 0
        shown[y] = "".join(
            "".join((named[it.get("href")[1:]] if it.get("href") else it).itertext()) for it in sprite
        )
    return [shown.get(y, "") for y in range(0, max(shown, default=0) + 1, 20)]


def _value(animation, at):
    share = at / float(animation.get("dur").rstrip("s"))
    keys = [float(key) for key in animation.get("keyTimes").split(";")]
    values = animation.get("values").split(";")
    assert keys == sorted(keys)
    assert keys[0] == 0
    assert len(keys) == len(values)
    return [value for key, value in zip(keys, values, strict=True) if key <= share + 1e-6][-1]


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "c", "", "a longer row"]), min_size=3, max_size=3), min_size=1
    )
)
def test_each_shot_shows_its_rows(screens):
    root = parsed(film_svg(film(*screens), LOOK))
    for number, rows in enumerate(screens):
        shown = [played(root, number + part) for part in (0, 0.99)]
        assert shown[0] == shown[1] == rows[: len(shown[0])]
        assert not any(rows[len(shown[0]) :])


def test_a_row_is_drawn_once_wherever_it_moves_to():
    root = parsed(film_svg(film(["a", "b"], ["b", "c"], ["c", "d"]), LOOK))
    assert sorted(words(root)) == ["a", "b", "c", "d"]


def test_what_does_not_move_has_no_animation():
    root = parsed(film_svg(film(["still", "a"], ["still", "b"]), LOOK))
    assert len(list(root.iter(f"{SVG}animateTransform"))) == 2


def test_who_sees_no_movement_sees_the_end():
    root = parsed(film_svg(film(["a"], ["b"], ["c"]), LOOK))
    places = {
        "".join(it.itertext()): it.get("transform")
        for it in root.iter(f"{SVG}g")
        if it.find(f"{SVG}animateTransform") is not None
    }
    assert places == {"a": "translate(0 -9999)", "b": "translate(0 -9999)", "c": "translate(0 0)"}
    assert root.find(f"{SVG}desc").text == "c"


def test_who_has_asked_for_less_motion_sees_the_end_at_rest():
    before = scene("a", "still", title="one", width=40)
    after = scene("b", "still", title="two", notes=[Note("look", 0)], width=40)
    svg = film_svg(Film((Shot(0, before), Shot(1, after)), 2), LOOK)
    root = parsed(svg, left_out="m")
    assert sorted(words(root)) == ["b", "look", "still", "two"]
    assert not [it for it in root.iter() if it.tag.startswith(f"{SVG}animate")]
    name = root.get("class")
    rules = f"@media(prefers-reduced-motion:reduce){{.{name}m{{display:none}}.{name}s{{display:inline}}}}"
    assert f".{name}s{{display:none}}{rules}</style>" in svg


def test_the_end_is_shown_for_a_while():
    short, long = (parsed(film_svg(Film(film(["a"], ["b"]).shots, seconds), LOOK)) for seconds in (1.0, 30.0))
    lengths = [next(it.iter(f"{SVG}animateTransform")).get("dur") for it in (short, long)]
    assert lengths == [f"{1 + LAST_SECONDS:.3f}s", "30.000s"]


def test_what_several_rows_show_is_written_once():
    text = "a stretch of text that many rows show"
    pen = PEN._replace(color="#ff0000")
    rows = [((Run(text, len(text), PEN), Run(end, 1, pen)),) for end in "123"]
    svg = film_svg(film(*rows, width=60), LOOK)
    assert words(parsed(svg)).count(text) == 1


def test_titles_and_notes_have_their_times_and_no_window_moves():
    before = scene("a", title="one", width=40)
    after = scene("a", title="two", notes=[Note("look", 0)], width=40)
    root = parsed(film_svg(Film((Shot(0, before), Shot(1, after)), 2), LOOK))
    groups = {
        "".join(it.itertext()): it.find(f"{SVG}animate")
        for it in root.iter(f"{SVG}g")
        if it.find(f"{SVG}animate") is not None
    }
    assert {text: (_value(it, 0), _value(it, 1)) for text, it in groups.items() if text} == {
        "one": ("inline", "none"),
        "two": ("none", "inline"),
        "look": ("none", "inline"),
    }
    outlines = [rect for outline in root.iter(f"{SVG}clipPath") for rect in outline]
    windows = [rect for rect in root.iter(f"{SVG}rect") if rect.get("rx") == str(LOOK.radius)]
    assert {(it.get("x"), it.get("width")) for it in outlines + windows} == {("0", str(40 * 9 + 32))}


def test_a_theme_that_changes_paints_its_own_ground():
    dark = picture("a")
    light = picture((picture("a").rows[0][0]._replace(pen=PEN._replace(background="#ffffff")),))
    changed = Shot(1, Scene((Pane(light),)))
    root = parsed(film_svg(Film((Shot(0, Scene((Pane(dark),))), changed), 2), LOOK))
    assert "#ffffff" in {it.get("fill") for it in root.iter(f"{SVG}path")}


def test_a_film_of_one_shot_stands_still():
    root = parsed(film_svg(film(["a"]), LOOK))
    assert not list(root.iter(f"{SVG}animateTransform")) + list(root.iter(f"{SVG}animate"))


def test_several_screens_move_on_their_own():
    shots = [Shot(at, Scene((Pane(picture(left)), Pane(picture("r"))))) for at, left in enumerate("ab")]
    root = parsed(film_svg(Film(tuple(shots), 2), LOOK))
    assert sorted(words(root)) == ["a", "b", "r"]
    assert len(list(root.iter(f"{SVG}animateTransform"))) == 2


@settings(max_examples=30)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_any_text_in_any_cell_gives_an_svg_that_is_one(rows):
    width = max(sum(run.cells for run in row) for row in rows)
    parsed(film_svg(film(*([row] for row in rows), width=width), LOOK))


def test_the_same_film_is_the_same_bytes():
    assert film_svg(film(["a"], ["b"]), LOOK) == film_svg(film(["a"], ["b"]), LOOK)


def test_a_film_of_typing_is_small():
    still = [f"{number}: a row that is there all the time" for number in range(24)]
    text = '{"type": "subscribe", "channels": ["ticker", "book"]} ' * 2
    screens = [[*still, text[: number % 100], f"{number} B"] for number in range(300)]
    assert len(film_svg(film(*screens, step=0.05, width=100), LOOK).encode()) < 400_000
