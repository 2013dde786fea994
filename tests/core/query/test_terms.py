from client_tui.core.query import KINDS, Kind


def test_every_kind_is_told_in_words():
    assert set(KINDS) == set(Kind)
