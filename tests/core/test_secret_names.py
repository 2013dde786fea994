import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.secret_names import is_secret_member, is_secret_parameter

MEMBERS = [
    *(
        "password",
        "passwd",
        "newPassword",
        "password2",
        "password_confirmation",
        "user.password",
        "PASSPHRASE",
    ),
    *(
        "token",
        "access_token",
        "refreshToken",
        "X-Access-Token",
        "csrf-token",
        "github_token",
        "jwt",
        "id_token_hint",
    ),
    *(
        "secret",
        "client_secret",
        "secrets",
        "api_key",
        "apiKey",
        "APIKEY",
        "x-api-key",
        "private key",
        "AWSAccessKeyId",
    ),
    *(
        "authorization",
        "Proxy-Authorization",
        "Set-Cookie",
        "auth",
        "credentials",
        "mysql_pwd",
        "session_id",
        "pin",
    ),
]
PARAMETERS = [
    "key",
    "code",
    "session",
    "sid",
    "ticket",
    "sig",
    "Signature",
    "X-Goog-Signature",
    "oauth_signature",
    "hmac",
]
NEITHER = [
    *(
        "",
        "author",
        "authority",
        "authenticated",
        "token_type",
        "max_tokens",
        "tokens",
        "passwordChangedAt",
        "keyboard",
    ),
    *(
        "keys",
        "codec",
        "design",
        "inside",
        "pwdir",
        "user",
        "type",
        "spinner",
        "opinion",
        "monkey",
        "encode",
        "_-_",
    ),
]


@pytest.mark.parametrize("name", MEMBERS)
def test_these_are_secret_wherever_they_stand(name):
    assert is_secret_member(name)
    assert is_secret_parameter(name)


@pytest.mark.parametrize("name", PARAMETERS)
def test_these_are_secret_in_a_url_and_everyday_words_in_a_document(name):
    assert is_secret_parameter(name)
    assert not is_secret_member(name)


@pytest.mark.parametrize("name", NEITHER)
def test_these_are_no_secrets(name):
    assert not is_secret_parameter(name)


@given(st.text())
def test_any_name_is_looked_at_and_its_case_does_not_matter(name):
    assert is_secret_member(name.upper()) in (True, False)
    assert is_secret_parameter(f"{name}_TOKEN")
