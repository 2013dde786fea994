from client_tui.picture.look import Bar, frame_colors, mixed
from client_tui.picture.picture import Picture


def test_a_mixture_goes_from_one_colour_to_the_other():
    assert mixed("#ffffff", "#000000", 0) == "#000000"
    assert mixed("#ffffff", "#000000", 0.5) == "#808080"
    assert mixed("#ff8000", "#102030", 1) == "#ff8000"


def test_the_frame_follows_the_theme_of_its_screen():
    dark = frame_colors(Picture(0, 0, (), "#ffffff", "#000000", "#00ff00"))
    light = frame_colors(Picture(0, 0, (), "#000000", "#ffffff", "#0000ff"))
    assert dark.fill == "#000000" < dark.bar < dark.edge < dark.title < "#ffffff"
    assert light.fill == "#ffffff" > light.bar > light.edge > light.title > "#000000"
    assert (dark.accent, light.accent) == ("#00ff00", "#0000ff")


def test_a_bar_tells_how_its_buttons_stand():
    assert {bar for bar in Bar if bar.hollow} == {Bar.RINGS, Bar.RINGS_RIGHT}
    assert {bar for bar in Bar if bar.right} == {Bar.COLORFUL_RIGHT, Bar.RINGS_RIGHT}
