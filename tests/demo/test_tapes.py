"""The tapes of the package, played: each to its end, and its pictures are those of the documentation."""

from pathlib import Path

import pytest

from client_tui.demo.library import bundled, read_tape
from client_tui.demo.player import play
from client_tui.demo.products import Mode, Products, produce
from client_tui.demo.take import Take
from client_tui.demo.tape import Output, Screenshot, Tape

DOCS = Path(__file__).parents[2] / "docs"
REMEDY = "look at it, and accept it: jsonws-tui demo --update {} --out docs"


@pytest.mark.parametrize("bundle", bundled(), ids=lambda bundle: bundle.name)
def test_its_pictures_are_those_in_docs(bundle):
    tape = read_tape(bundle.path)
    assert isinstance(tape, Tape), str(tape)
    take = play(tape)
    assert isinstance(take, Take), str(take)
    assert produce(take, DOCS, Mode.CHECK) == Products(), REMEDY.format(bundle.name)
    for each in (*take.stills, *take.reels):
        assert (DOCS / each.path).stat().st_size > 1000


def test_every_picture_in_docs_is_one_of_a_tape():
    tapes = [read_tape(each.path) for each in bundled()]
    wanted = {each.path for tape in tapes for each in tape.commands if isinstance(each, Output | Screenshot)}
    assert wanted == {path.name for path in DOCS.iterdir() if path.suffix != ".md"}
