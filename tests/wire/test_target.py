from client_tui.wire.target import Target, Timing


def test_headers_stay_out_of_logs():
    assert "secret" not in repr(Target("ws://localhost/", headers=(("Authorization", "secret"),)))


def test_the_bounds_of_the_command_line():
    assert Target("ws://localhost/").max_size == 64 * 2**20
    assert Timing().connect == 10
    assert Timing().close == 2
