import pytest

from client_tui.settings import Wrong, values


def known() -> list[str]:
    return ["format", "send"]


def faultless(_keys):
    return None


def unasked() -> list[str]:
    raise AssertionError("nothing needed the names")


@pytest.mark.parametrize("value", [True, "1", "true", "Yes", "on"])
def test_true(value):
    assert values.boolean(value) is True


@pytest.mark.parametrize("value", [False, "0", "FALSE", "no", "off"])
def test_false(value):
    assert values.boolean(value) is False


@pytest.mark.parametrize("value", ["maybe", 2, [], "y"])
def test_neither_true_nor_false(value):
    assert values.boolean(value) == Wrong(f"must be true or false, not {value}")


@pytest.mark.parametrize(("value", "number"), [("0", 0), (10, 10), ("007", 7)])
def test_whole_numbers(value, number):
    assert values.whole(0, 10)(value) == number


@pytest.mark.parametrize("value", [-1, "-1", 11, "1.0", 1.0, "1e1", "٣", True, "", None, "9" * 5000])
def test_what_is_no_whole_number_in_the_range(value):
    assert values.whole(0, 10)(value) == Wrong(f"must be from 0 to 10, not {value}")


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (65536, 65536),
        ("65536", 65536),
        ("512k", 512_000),
        ("512KiB", 512 * 1024),
        ("16M", 16_000_000),
        ("16 MiB", 16 * 2**20),
        ("1gb", 10**9),
        ("1GiB", 2**30),
        ("100B", 100),
        ("none", None),
        ("0", None),
        (0, None),
    ],
)
def test_sizes(value, size):
    assert values.size(value) == size


@pytest.mark.parametrize("value", ["", "k", "-1", "1.5M", "12 parsecs", "1KB2", True, [], "1" * 400])
def test_what_is_no_size(value):
    wrong = values.size(value)
    assert isinstance(wrong, Wrong)
    assert "such as 65536, 512k or 64MiB, or none" in wrong.reason


@pytest.mark.parametrize(("value", "days"), [(1, 1), ("30", 30), ("none", None), ("None", None)])
def test_days(value, days):
    assert values.days(value) == days


@pytest.mark.parametrize("value", [0, "0", -1, "", "x", "1.5", True, [], "9" * 400])
def test_what_are_no_days(value):
    assert values.days(value) == Wrong(f"must be a number of days, or none, not {value}")


def test_a_choice_names_what_there_is():
    parse = values.choice(known)
    assert parse("send") == "send"
    assert parse("sned") == Wrong("there is no sned: choose from format, send")
    assert isinstance(parse(1), Wrong)


def test_names_are_asked_for_only_where_they_are_needed():
    values.choice(unasked)
    values.keys(unasked, unasked)


def test_paths(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert values.path("~/state") == tmp_path / "state"
    assert values.path("state") == tmp_path / "state"


@pytest.mark.parametrize("value", ["~nobody-has-this-name/x", 1, "a\0b"])
def test_what_is_no_path(value):
    assert isinstance(values.path(value), Wrong)


@pytest.mark.parametrize(
    "document", ['{"x": 1}', "1e400", "-0", '"\\ud800"', "[" * 2000 + "]" * 2000, ' {"a":1,"a":2} ']
)
def test_documents_stay_as_they_are_written(document):
    assert values.documents([document]) == (document,)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ('{"x": 1,}', "line 1, column 8"),
        ("[1,\n2", "in line 2"),
        ("", "is empty"),
        ("NaN", "line 1, column 1"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_what_is_no_document_is_told_with_its_place(document, why):
    wrong = values.documents(["1", document])
    assert isinstance(wrong, Wrong)
    assert why in wrong.reason


def test_documents_of_the_file_are_texts():
    assert isinstance(values.documents([{"x": 1}]), Wrong)


def test_keys():
    assert values.keys(known, faultless)({"send": "f5", "format": ["ctrl+r", "f6"]}) == {
        "send": "f5",
        "format": "ctrl+r,f6",
    }


def test_an_unknown_binding_names_the_nearest():
    assert values.keys(known, faultless)({"sned": "f5"}) == Wrong(
        "there is no binding sned: did you mean send?"
    )


@pytest.mark.parametrize("key", ["", "ctrl + s", 5, ["f5", ""], [], "f5,f6", {}])
def test_what_is_no_key(key):
    wrong = values.keys(known, faultless)({"send": key})
    assert isinstance(wrong, Wrong)
    assert wrong.reason.startswith("send must be a key such as 'ctrl+s'")


def test_what_the_screen_says_of_the_keys_is_told():
    parse = values.keys(known, lambda keys: f"{keys} are taken")
    assert parse({"send": ["f5", "f6"]}) == Wrong("{'send': 'f5,f6'} are taken")


def test_keys_are_a_table():
    assert isinstance(values.keys(known, faultless)("f5"), Wrong)
