"""Whether a picture is what it was, and in words where it is not: for those who check their tapes.

What is drawn as pixels is compared by them. Two releases of a library may pack the same picture
differently, and nobody sees that.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from difflib import SequenceMatcher
from io import BytesIO
from itertools import islice, takewhile, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from client_tui.core.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

_PIXELS: Final = {"png": "PNG", "gif": "GIF", "webp": "WEBP"}
"""The formats of pixels by their endings, and by the names that Pillow has for them."""
_MARKUP: Final = ("svg", "html")
_PREFIX: Final = re.compile(r'<svg [^>]*?class="(j[0-9a-f]{6}-)"')

_TOLD: Final = 20  # lines of a difference
_LOOKED_AT: Final = 400  # lines from the first that differs on, to find out which of them do
_CELLS: Final = 160  # of a line
_BEFORE: Final = 40  # characters that are told before the first of a line that differs


class _BrokenError(Exception):
    """A file is not what its name says; the message tells which one, and why."""


class _Frame(NamedTuple):
    """What is shown, and for how many milliseconds; 0 for a still."""

    image: Image.Image
    milliseconds: int


def difference(suffix: str, expected: bytes, actual: bytes) -> str:
    """Return "" where two files show the same, else what differs. `suffix` is the ending of their names."""
    if expected == actual:
        return ""
    if suffix in _PIXELS:
        return _of_pixels(_PIXELS[suffix], expected, actual)
    return _of_lines(_lines(suffix, expected), _lines(suffix, actual))


def _lines(suffix: str, data: bytes) -> list[str]:
    """Return a file's lines, those of markup with an element in each.

    The names in an SVG all begin with what is made of its content, and would differ everywhere.
    """
    text = data.decode("utf-8", "replace")
    if prefix := _PREFIX.search(text):
        text = text.replace(prefix[1], "")
    return (re.sub(r"(?<=.)<(?!/)", "\n<", text) if suffix in _MARKUP else text).splitlines()


def _of_lines(old: Sequence[str], new: Sequence[str]) -> str:
    """Return the first lines that differ: ``-`` is what was, ``+`` what is."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    found = list(islice(_changes(old[start:][:_LOOKED_AT], new[start:][:_LOOKED_AT]), _TOLD + 1))
    if not found:
        return "nothing that is seen differs"
    more = ["…"] if len(found) > _TOLD or max(len(old), len(new)) > start + _LOOKED_AT else []
    return "\n".join([f"from line {start + 1} on:", *found[:_TOLD], *more])


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            for was, now in zip_longest(old[start:end], new[new_start:new_end]):
                yield from _pair(was, now)


def _pair(was: str | None, now: str | None) -> Iterator[str]:
    """Yield two lines, or the one that there is, where they differ."""
    alike = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was or "", now or "", strict=False))
    )
    for sign, line in (("-", was), ("+", now)):
        if line is not None:
            yield f"{sign} {_cut(line, max(0, alike - _BEFORE))}"


def _cut(line: str, start: int) -> str:
    text = printable(line[start : start + _CELLS + 1])
    return ("…" if start else "") + (text if len(text) <= _CELLS else text[: _CELLS - 1] + "…")


def _of_pixels(kind: str, expected: bytes, actual: bytes) -> str:
    try:
        old, new = _Reader(kind, expected, "the one before"), _Reader(kind, actual, "the new one")
        if old.size != new.size:
            return "{}×{} pixels instead of {}×{}".format(*new.size, *old.size)
        for number, frames in enumerate(zip_longest(old.frames(), new.frames()), start=1):
            if words := _of_frames(*frames):
                return words if kind == "PNG" else f"frame {number}: {words}"
    except _BrokenError as error:
        return str(error)
    return ""


def _of_frames(old: _Frame | None, new: _Frame | None) -> str:
    if old is None or new is None:
        return "there is none any more" if new is None else "there was none before"
    if words := _of_images(old.image, new.image):
        return words
    if old.milliseconds != new.milliseconds:
        return f"shown for {new.milliseconds} ms instead of {old.milliseconds} ms"
    return ""


def _of_images(old: Image.Image, new: Image.Image) -> str:
    """Return how many pixels differ, and the box around them."""
    from PIL import ImageChops

    changed = ImageChops.difference(old, new)
    box = changed.getbbox(alpha_only=False)
    if box is None:
        return ""
    strongest, *others = changed.split()
    for channel in others:
        strongest = ImageChops.lighter(strongest, channel)
    count = sum(strongest.histogram()[1:])
    left, top, right, bottom = box
    verb = "pixel differs" if count == 1 else "pixels differ"
    return f"{count} {verb}, between {left},{top} and {right - 1},{bottom - 1}"


class _Reader:
    """Reads a file of pixels: nothing of them is unpacked before its size is known.

    Raises:
        _BrokenError: it is not a picture of its `kind`, ends too early or is larger than any of ours.

    """

    def __init__(self, kind: str, data: bytes, name: str) -> None:
        from PIL import Image

        self._kind = kind
        self._name = name
        with self._foreign(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            self._image = Image.open(BytesIO(data), formats=[kind])
        self.size = self._image.size

    def frames(self) -> Iterator[_Frame]:
        """Yield the frames, the only one of a still too."""
        with self._foreign():
            count = getattr(self._image, "n_frames", 1)
        for number in range(count):
            with self._foreign():
                self._image.seek(number)
                image = self._image.convert("RGBA")
            yield _Frame(image, int(self._image.info.get("duration", 0)))

    @contextmanager
    def _foreign(self) -> Iterator[None]:
        from PIL import UnidentifiedImageError

        try:
            yield
        except UnidentifiedImageError as error:
            raise _BrokenError(f"{self._name} is broken: it is no {self._kind}") from error
        # What is in a file is anybody's, and each of Pillow's readers fails in ways of its own.
        except Exception as error:
            raise _BrokenError(f"{self._name} is broken: {printable(str(error))}") from error
