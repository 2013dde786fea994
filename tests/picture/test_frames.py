import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from client_tui.core.errors import ClientError
from client_tui.picture import frames as drawing
from client_tui.picture.film import LAST_SECONDS, steady
from client_tui.picture.frames import Clock, film_extent, film_palette, frames
from client_tui.picture.inks import TrueColors
from client_tui.picture.layout import CELL_HEIGHT, CELL_WIDTH
from client_tui.picture.look import Look
from client_tui.picture.picture import Film, Note, Shot
from client_tui.picture.raster import Canvas
from tests.picture.screens import film, scene

LOOK = Look()
CLOCK = Clock(second=100, shortest=2)
LAST = round(LAST_SECONDS * CLOCK.second)


def at(*times, seconds=0.0):
    """Return a film that shows another letter at each time."""
    return Film(tuple(Shot(time, scene(chr(97 + n % 26), width=20)) for n, time in enumerate(times)), seconds)


def patches(shown, grid=1, clock=CLOCK):
    """Return the patches of a film, each with the time that it is shown for."""
    return list(frames(shown, LOOK, 1, TrueColors(), clock, lambda patch: patch, grid))


def ticks(shown, clock=CLOCK):
    return [ticks for _, ticks in patches(shown, clock=clock)]


@settings(max_examples=20)
@given(
    st.lists(st.lists(st.sampled_from(["a", "bb", ""]), min_size=3, max_size=3), min_size=1),
    st.integers(1, 3),
)
def test_frames_laid_over_one_another_are_the_scenes(screens, grid):
    shown = film(*screens)
    image = Image.new("RGBA", film_extent(shown, LOOK))
    left_over = iter(patches(shown, grid))
    canvas = Canvas(film_extent(shown, LOOK), LOOK, 1, TrueColors())
    left = 0
    for shot in shown.shots:
        if not left:
            patch, left = next(left_over)
            assert patch.x % grid == patch.y % grid == 0
            assert (
                image.crop(
                    (patch.x, patch.y, patch.x + patch.image.width, patch.y + patch.image.height)
                ).tobytes()
                == patch.before.tobytes()
            )
            image.paste(patch.image, (patch.x, patch.y))
        left -= CLOCK.second
        canvas.show(shot.scene)
        assert image.tobytes() == canvas.image.tobytes()
    assert next(left_over, None) is None


def test_the_first_frame_is_all_and_the_next_only_what_changed():
    (first, _), (second, _) = patches(film(["a", "b"], ["a", "c"]))
    assert first.image.size == film_extent(film(["a", "b"]), LOOK)
    assert (second.image.width, second.image.height) <= (9, 20)


def test_what_changed_far_apart_is_in_one_patch():
    rows = [""] * 20
    (_, _), (patch, _) = patches(film(["a", *rows, "a"], [" b", *rows, "bb"]))
    assert patch.image.height > 20 * CELL_HEIGHT
    assert CELL_WIDTH < patch.image.width <= 2 * CELL_WIDTH


def test_a_frame_is_packed_before_the_next_one_is_painted():
    packed = []
    shown = frames(film(["a"], ["b"], ["c"]), LOOK, 1, TrueColors(), CLOCK, packed.append)
    next(shown)
    assert len(packed) == 1


def test_a_film_that_would_take_very_much_memory_is_refused(monkeypatch):
    width, height = film_extent(film(["a"]), LOOK)
    monkeypatch.setattr(drawing, "MOST_PIXELS_OF_A_FILM", width * height)
    assert len(patches(film(["a"]))) == 1
    monkeypatch.setattr(drawing, "MOST_PIXELS_OF_A_FILM", width * height - 1)
    with pytest.raises(
        ClientError, match=f"{width}×{height} pixels: take a smaller scale or a smaller screen"
    ):
        patches(film(["a"]))


def test_scenes_that_look_alike_are_one_frame():
    assert ticks(film(["a"], ["a"], ["b"], ["b"], ["a"])) == [200, 200, LAST]


def test_a_film_of_one_scene_is_one_frame():
    assert ticks(film(["a"])) == [LAST]
    assert ticks(at(0, seconds=10)) == [1000]


def test_what_is_lost_by_rounding_is_made_good():
    assert ticks(at(*(number / 30 for number in range(31)))) == [*(10 * [3, 4, 3]), LAST]


def test_what_is_shown_too_briefly_to_be_seen_is_left_out():
    assert ticks(at(0, 0.5, 0.501, 0.502, 0.6)) == [50, 10, LAST]
    many = ticks(at(*(number / 1000 for number in range(1000))))
    assert sum(many[:-1]) in (98, 99, 100)
    assert min(many) == 2


def test_the_last_scene_is_shown_for_a_while():
    assert ticks(at(0, 1, seconds=1)) == [100, LAST]
    assert ticks(at(0, 1, seconds=60)) == [100, 5900]


def test_a_film_is_as_large_as_its_largest_scene_and_its_windows_stand_still():
    plain, noted = scene("a" * 20), scene("a" * 20, notes=[Note("look here", 0)])
    shown = Film((Shot(0, plain), Shot(1, noted)), 2)
    assert film_extent(shown, LOOK) == film_extent(Film((Shot(0, noted),), 1), LOOK)
    assert len({shot.scene.gutter for shot in steady(shown).shots}) == 1


@pytest.mark.parametrize("margin", [None, "#123456"])
def test_the_palette_has_the_plain_colours_of_all_that_is_shown(margin):
    look = Look(margin=3, margin_fill=margin, title="hello")
    shown = Film((Shot(0, scene("ab", notes=[Note("look", 0)], width=40)), Shot(1, scene("c", width=40))), 2)
    palette = film_palette(shown, look)
    colors = {bytes(palette.table[start : start + 3]) for start in range(0, 768, 3)}
    canvas = Canvas(film_extent(shown, look), look, 1, TrueColors())
    canvas.show(shown.shots[0].scene)
    counts = canvas.image.convert("RGB").getcolors(1 << 20)
    most = [bytes(color) for count, color in counts if count > 100]
    assert len(most) >= 3
    assert set(most) <= colors
