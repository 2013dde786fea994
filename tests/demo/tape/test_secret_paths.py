import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.redaction import Each
from client_tui.demo.tape.reader import NotReadError, Reader
from client_tui.demo.tape.secret_paths import secret_path, written_path

EACH = Each.ELEMENT
STEPS = st.lists(st.text() | st.just(EACH), min_size=1)
PATHS = STEPS.map(tuple) | STEPS.map(lambda steps: (Each.DEPTH, *steps))


def read(text):
    reader = Reader(f"Redact {text}")
    reader.word()
    return secret_path(reader)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (".password", ("password",)),
        (".user.token # and a comment", ("user", "token")),
        (".items[].secret", ("items", EACH, "secret")),
        (".items.[].secret", ("items", EACH, "secret")),
        (".[]", (EACH,)),
        (".[][].x", (EACH, EACH, "x")),
        ('.["odd key"]', ("odd key",)),
        ('."odd key".x', ("odd key", "x")),
        (r'.a["\"\u00e9\n"]', ("a", '"é\n')),
        ('.[""]', ("",)),
        ("..password", (Each.DEPTH, "password")),
        ('..["odd key"].x', (Each.DEPTH, "odd key", "x")),
    ],
)
def test_a_path_is_read_as_jq_writes_it(text, path):
    assert read(text) == path


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", 'Redact needs a path such as .password, ..password, .items[].token or .["odd key"]'),
        (
            "password",
            'Redact needs a path such as .password, ..password, .items[].token or .["odd key"], not password',
        ),
        (".", 'a path looks like .password, ..password, .items[].token or .["odd key"]'),
        (".a.", 'a path looks like .password, ..password, .items[].token or .["odd key"]'),
        (".a|.b", 'a path looks like .password, ..password, .items[].token or .["odd key"]'),
        ('.["a', 'a path looks like .password, ..password, .items[].token or .["odd key"]'),
        (".api-key", 'a name with a hyphen is written .["such-a-one"]'),
        (".items[0].x", "one element alone is not covered: [] covers the same in each"),
        (".items[-1]", "one element alone is not covered: [] covers the same in each"),
        (r'.["\x"]', r'"\x" is no string of JSON'),
    ],
)
def test_what_is_no_path(text, reason):
    with pytest.raises(NotReadError) as caught:
        read(text)
    assert caught.value.reason == reason


@given(PATHS)
def test_a_path_is_read_back(path):
    assert read(written_path(path)) == path


@pytest.mark.parametrize("text", [".password", ".items[].token", '.["odd key"]', ".[]"])
def test_a_path_is_written_plainly(text):
    assert written_path(read(text)) == text
