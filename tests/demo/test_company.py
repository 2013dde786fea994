"""The clients of a tape: whose turn it is, who has left, and what holds for all of them."""

import pytest

from client_tui.demo.company import Company
from client_tui.demo.setup import Setup
from client_tui.demo.stage import Stage
from client_tui.demo.take import HaltError
from tests.demo.conftest import on_tape_loop

SETUP = Setup(width=60, height=12)


def on_company(play):
    """Let something be played by a company on a stage of its own, and leave nothing of it."""

    async def whole(loop):
        stage = Stage(loop)
        company = Company(stage)
        try:
            return await play(company, stage)
        finally:
            loop.let_go()
            await company.leave()
            stage.clear()

    return on_tape_loop(whole)


def test_without_a_server_and_a_url_there_is_nobody():
    async def play(company, _stage):
        with pytest.raises(HaltError, match="there is no server"):
            await company.open(SETUP)
        return company.player, company.screen()

    assert on_company(play) == (None, ())


def test_a_client_is_opened_when_its_turn_comes():
    async def play(company, stage):
        stage.serve(lab=False)
        company.cover(("password",))
        for name in ("alice", "bob"):
            company.turn = name
            await company.open(SETUP)
        company.show_theme("nord")
        company.pace(SETUP.changed("Latency", 0.5))
        pacers = [seat.pacer for seat in company.seats.values()]
        assert [pacer.secrets for pacer in pacers] == [(("password",),)] * 2
        assert [pacer.latency for pacer in pacers] == [0.5] * 2
        assert company.playing() is company.seats["bob"]
        assert any("JSON" in line for line in company.screen())
        assert await company.close()
        assert not await company.close()
        return list(company.pictures())

    assert on_company(play) == ["alice"]


def test_it_is_told_in_which_line_a_client_was_left():
    async def play(company, stage):
        stage.serve(lab=False)
        await company.open(SETUP)
        company.note_who_left(3)
        company.playing()
        await company.seats[""].puppet.stop()
        company.note_who_left(4)
        company.note_who_left(5)
        with pytest.raises(HaltError, match="left in line 4"):
            company.playing()

    on_company(play)
