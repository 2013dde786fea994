from client_tui.settings.wrong import Wrong, nearest


def test_the_line_names_the_place():
    assert str(Wrong("must be true or false", "--tls")) == "--tls: must be true or false"
    assert str(Wrong("no place")) == "no place"


def test_the_first_place_is_the_most_exact():
    wrong = Wrong("is not TOML").at("config.toml: port")
    assert wrong.at("config.toml") == wrong


def test_the_likeliest_name_is_the_remedy():
    assert nearest("thme", ["theme", "host"]) == "did you mean theme?"


def test_without_a_likely_name_the_remedy_is_another():
    assert nearest("zzz", ["theme", "host"]) == "choose from host, theme"
    assert nearest("zzz", ["theme", "host"], "see --help") == "see --help"
