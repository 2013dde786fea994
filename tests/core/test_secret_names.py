import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.secret_names import is_secret_member, is_secret_parameter


def names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",")]


MEMBERS = names(
    """
    password, passwd, newPassword, password2, password_confirmation, user.password, PASSPHRASE, token,
    access_token, refreshToken, X-Access-Token, csrf-token, github_token, jwt, id_token_hint, secret,
    client_secret, secrets, api_key, apiKey, APIKEY, x-api-key, private key, AWSAccessKeyId,
    authorization, Proxy-Authorization, Set-Cookie, auth, credentials, mysql_pwd, session_id, pin
    """
)
PARAMETERS = names(
    """
    sig, Signature, X-Goog-Signature, oauth_signature, hmac
    """
)
EVERYDAY = names(
    """
    key, code, session, sid, ticket, sign, nonce
    """
)
NEITHER = names(
    """
    author, authority, authenticated, token_type, max_tokens, tokens, passwordChangedAt, keyboard, keys,
    codec, design, inside, pwdir, user, type, spinner, opinion, monkey, encode, _-_
    """
)


@pytest.mark.parametrize("name", MEMBERS)
def test_these_are_secret_wherever_they_stand(name):
    assert is_secret_member(name)
    assert is_secret_parameter(name, "x")


@pytest.mark.parametrize("name", PARAMETERS)
def test_these_are_secret_in_a_url_only(name):
    assert is_secret_parameter(name, "x")
    assert not is_secret_member(name)


@pytest.mark.parametrize("name", EVERYDAY)
def test_under_an_everyday_name_a_url_says_a_secret_only_at_some_length(name):
    assert is_secret_parameter(name, "4001a2b9")
    assert not is_secret_parameter(name, "4001")
    assert not is_secret_member(name)


@pytest.mark.parametrize("name", ["", *NEITHER])
def test_these_are_no_secrets(name):
    assert not is_secret_parameter(name, "x" * 100)


@given(st.text())
def test_any_name_is_looked_at_and_its_case_does_not_matter(name):
    assert is_secret_member(name.upper()) in (True, False)
    assert is_secret_parameter(f"{name}_TOKEN", "x")
