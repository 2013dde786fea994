import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Notice, NoticeKind
from client_tui.record.secrets import (
    COVERED,
    SECRET_HEADERS,
    Cover,
    is_secret,
    secret_texts,
    secrets_said,
    without_user,
)

VALUE = "s3cr3t-T0ken"


def notice(text="", detail=""):
    return Notice(1.0, NoticeKind.INFO, text, detail)


def covered(detail, headers=()):
    return Cover(headers)(notice(detail=detail)).detail


@pytest.mark.parametrize("name", SECRET_HEADERS)
@pytest.mark.parametrize("spell", [str.lower, str.upper, str.title, str.swapcase])
@pytest.mark.parametrize(
    "words",
    [
        "{name}: {secret}",
        "{name}:{secret}",
        "{name} \t: {secret}",
        "HTTP/1.1 403 Forbidden\r\n{name}: {secret}\r\nServer: x",
        "the server said: {name}: {secret}; and left",
        "> {name}: Bearer {secret}",
        "invalid {name} header: {secret}",
        "{name}: a,\r\n {secret}\r\n\t{secret}",
        "{name}: a\r{secret}\x0b{secret}\u2028{secret}\x85{secret}",
        '{{"headers": {{"{name}": ["{secret}"]}}}}',
        "[('{name}', '{secret}')]",
        "b'{name}' : b'{secret}'",
        "?{name}={secret}&x=1",
        "X-{name}: {secret}",
    ],
)
def test_the_value_behind_such_a_name_is_covered(name, spell, words):
    said = words.format(name=spell(name), secret=VALUE)
    for result in (Cover()(notice(text=said)).text, covered(said)):
        assert VALUE not in result
        assert COVERED in result
        assert spell(name) in result


def test_the_lines_around_it_stay():
    said = "HTTP/1.1 101\r\nServer: a\r\nSet-Cookie: x=1\r\n y=2\r\nDate: now\n\nbody"
    assert covered(said) == f"HTTP/1.1 101\r\nServer: a\r\nSet-Cookie: {COVERED}\nDate: now\n\nbody"


def test_of_lines_that_are_indented_only_those_further_in_are_folded():
    said = "  Set-Cookie: x=1\n    y=2\n  Server: a"
    assert covered(said) == f"  Set-Cookie: {COVERED}\n  Server: a"


def test_an_empty_value_is_covered_without_what_follows():
    assert covered("Cookie:\nServer: a") == f"Cookie: {COVERED}\nServer: a"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "connected · HTTP 101 · daphne · 4.1 ms",
        "Server: daphne\r\nVary: Cookie\r\nAccess-Control-Allow-Headers: Authorization",
        "send credentials: -H 'Authorization: …'",
        "cookies: none",
    ],
)
def test_other_words_stay_and_so_does_the_notice(said):
    for each in (notice(text=said), notice(detail=said)):
        assert Cover([("Authorization", f"Bearer {VALUE}")])(each) is each


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (("Authorization", f"Bearer {VALUE}"), f"the token {VALUE} has expired"),
        (("authorization", f"Bearer {VALUE}"), f"no such user: Bearer {VALUE}"),
        (("AUTHORIZATION", VALUE), f"xx{VALUE}xx"),
        (("Authorization", "Basic dXNlcjpwYSQkdzByZA=="), "user user:pa$$w0rd is not known"),
        (("Authorization", "Basic dXNlcjpwYSQkdzByZA=="), "the password pa$$w0rd is wrong"),
        (("Authorization", "Basic dXNlcjpwYSQkdzByZA=="), "dXNlcjpwYSQkdzByZA=="),
        (("Cookie", f"theme=dark; session={VALUE}"), f"session {VALUE} is over"),
        (("Proxy-Authorization", f"Bearer {VALUE}"), f"the proxy does not know {VALUE}"),
        (("Cookie", "a=b"), "what is a=b?"),
    ],
)
def test_what_is_sent_is_covered_wherever_it_is_quoted(header, words):
    result = covered(words, [header, ("Origin", "http://words")])
    assert COVERED in result
    for secret in (VALUE, "pa$$w0rd", "dXNlcjpwYSQkdzByZA", "a=b"):
        assert secret not in result


def test_a_short_value_is_no_part_of_other_words():
    headers = [("Authorization", "Bearer abcd"), ("Cookie", "lang=en")]
    assert covered("abcd abcde, en route", headers) == f"{COVERED} abcde, en route"


def test_other_headers_are_no_secrets():
    assert covered("http://a", [("Origin", "http://a")]) == "http://a"


@given(st.text(st.sampled_from("\n\t :='\",Cokieauthrzn-…")))
def test_nothing_is_raised_and_what_is_covered_stays_so(said):
    once = Cover([("Cookie", "\n")])(notice(said, said))
    assert Cover()(once) == once


@pytest.mark.parametrize(
    "said",
    [
        "\n" * 300_000,
        " " * 300_000,
        "\t\n" * 300_000,
        "cookie" * 100_000,
        "cookie " * 100_000,
        "cookie:" * 100_000,
        "cookie: …" * 100_000,
        "cookie:\n " * 100_000,
        " cookie:\n" * 100_000,
        ("cookie" + " " * 19) * 20_000,
        "a:" + "\n b" * 200_000,
    ],
    ids=lambda said: repr(said[:12]),
)
def test_no_text_takes_longer_than_its_length(said):
    # Each takes some milliseconds; with one step too many in the expressions it would be hours.
    covered(said)
    assert all(value in said for value in set(secrets_said(said)))


@pytest.mark.parametrize(
    ("headers", "texts"),
    [
        ([], []),
        ([("Origin", "http://a")], []),
        ([("Authorization", "")], []),
        ([("authorization", f"Bearer {VALUE}")], [f"Bearer {VALUE}", VALUE]),
        (
            [("Cookie", "lang=en; sid=0123456789")],
            ["lang=en; sid=0123456789", "sid=0123456789", "0123456789"],
        ),
        ([("Authorization", "Basic dTpwYSQkdzByZA==")], ["pa$$w0rd", "u:pa$$w0rd", "dTpwYSQkdzByZA=="]),
    ],
)
def test_the_texts_that_give_a_header_away_are_listed_the_longest_first(headers, texts):
    found = secret_texts(headers)
    assert set(texts) <= set(found)
    assert bool(found) == bool(texts)
    assert found == sorted(found, key=len, reverse=True)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        (f"HTTP/1.1 403\r\nSet-Cookie: sid={VALUE}; Path=/\r\nServer: x", [f"sid={VALUE}; Path=/", VALUE]),
        (f"Authorization: Bearer {VALUE}", [f"Bearer {VALUE}", VALUE]),
        (f'{{"cookie": "{VALUE}", "n": 1, "Authorization": "another one"}}', [VALUE, "another one"]),
        (f'{{"cookie" : "a\\"{VALUE}", "n": 1}}', [f'a\\"{VALUE}']),
        (f"[('Cookie', '{VALUE}')]", [VALUE]),
        (f"b'cookie': b'{VALUE}', 'x': 1", [VALUE]),
        (f'{{"cookie": "{VALUE} that goes on', [f"{VALUE} that goes on"]),
        ('Cookie: "sid"="1"; more', ['"sid"="1"; more']),
        (f"Cookie: a,\r\n {VALUE}\r\nServer: {VALUE}", [VALUE]),
        (f'"cookie": [\n  "{VALUE}"\n]', [f'"{VALUE}"']),
    ],
)
def test_what_is_said_under_such_a_name_is_found(said, values):
    found = list(secrets_said(said))
    assert set(values) <= set(found)
    assert not any("Server" in value or '"n"' in value for value in found)


@pytest.mark.parametrize(
    "said",
    [
        *("", "Server: daphne", "cookies: none", "send credentials: -H 'Authorization: …'"),
        *(f"Set-Cookie: {COVERED}", "Cookie:", '{"cookie": "a"}', "Cookie: abc"),
    ],
)
def test_where_nothing_is_said_nothing_is_found(said):
    assert not list(secrets_said(said))


@given(st.text(st.sampled_from("\n\t :='\",Cokieauthrzn-…")))
def test_nothing_is_raised_and_what_is_found_is_long_enough_to_tell_something(said):
    assert all(len(value) >= 4 for value in secrets_said(said))


def test_the_names_are_known_in_any_spelling():
    assert is_secret(" Set-COOKIE ")
    assert not is_secret("Cookies")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("wss://u:p@host/a@b", "wss://host/a@b"),
        ("wss://u:p@@host:1?x=@", "wss://host:1?x=@"),
        ("wss://host/?a=//b@c", "wss://host/?a=//b@c"),
        ("ws://host#u@h", "ws://host#u@h"),
        ("", ""),
    ],
)
def test_a_url_loses_its_users_name_and_password(url, bare):
    assert without_user(url) == bare
