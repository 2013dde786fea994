"""What every run has: a theme, the help, and an end without a traceback after a mistake of its own."""

import pytest
from textual.worker import WorkerFailed

from client_tui.ui.sheets import HelpSheet


async def fail():
    raise ZeroDivisionError


def send_wrongly(somebody):
    somebody.app.session.send = lambda _: fail()
    somebody.app.session.send_soon("[1]")


@pytest.mark.parametrize(
    ("go_wrong", "seen_by_the_pilot"),
    [
        (lambda somebody: somebody.history.call_later(fail), ZeroDivisionError),
        (lambda somebody: somebody.main.run_worker(fail()), WorkerFailed),
        (send_wrongly, WorkerFailed),
    ],
    ids=["handler", "worker", "sending"],
)
async def test_a_mistake_of_its_own_ends_it_with_status_1_and_nothing_printed(
    desk, capsys, go_wrong, seen_by_the_pilot
):
    apps = []

    async def run():
        async with desk(None) as somebody:
            apps.append(somebody.app)
            go_wrong(somebody)
            await somebody.left()

    with pytest.raises(seen_by_the_pilot):
        await run()
    (app,) = apps
    assert (app.return_code, type(app.failure)) == (1, ZeroDivisionError)
    assert capsys.readouterr() == ("", "")


async def test_the_theme_is_the_one_that_was_chosen(desk):
    async with desk(None, theme="jsonws-light") as somebody:
        assert somebody.app.theme == "jsonws-light"
    async with desk(None) as somebody:
        assert somebody.app.theme == "jsonws-dark"


async def test_help_opens_and_closes_with_its_key_wherever_one_is(desk):
    async with desk(None) as somebody:
        for press in (["f1", "f1"], ["ctrl+f", "f1", "f1"]):
            await somebody.press(*press[:-1])
            assert isinstance(somebody.app.screen, HelpSheet)
            await somebody.press(press[-1])
            assert somebody.app.screen is somebody.main


@pytest.mark.parametrize(
    ("variables", "theme"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, "ansi-dark"),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, "jsonws-dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "jsonws-dark"),
    ],
)
async def test_a_terminal_of_16_colours_gets_the_theme_that_keeps_most_of_them(
    desk, monkeypatch, variables, theme
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with desk(None) as somebody:
        assert somebody.app.theme == theme
    async with desk(None, theme="jsonws-light") as somebody:
        assert somebody.app.theme == "jsonws-light"
