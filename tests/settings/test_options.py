from dataclasses import fields

from client_tui.settings import Settings
from client_tui.settings.flags import parse_flags
from client_tui.settings.options import options

TABLE = options(list, lambda _: None, list)


def test_every_setting_can_be_set():
    made_of_others = {"serve_host", "serve_port", "serve_path"}
    parts_of_others = {"host", "port", "path", "tls"}
    names = {option.name for option in TABLE}
    assert names - parts_of_others == {field.name for field in fields(Settings)} - made_of_others


def test_every_flag_is_an_option_and_the_other_way_round():
    no_settings = {"config", "help", "version"}
    assert set(parse_flags([])) - no_settings == {option.name for option in TABLE if option.flag}
