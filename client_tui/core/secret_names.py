"""What is secret by its name, in a document and in a URL; and how a secret is covered wherever it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

COVER: Final = "•"
"""What is shown in the place of each character of a secret."""
TELLING: Final = 4
"""Characters. A part of a secret that is shorter gives nothing away, and stands in many a sentence."""

# Names are compared without case, and without what parts their words: accessToken, access_token and
# X-Access-Token are one. Those that others do not show by default are among them: Sentry's scrubber, Rails'
# filter_parameters, OpenTelemetry's list for url.query; and what OAuth hands out (RFC 6749, 7636 and 8628).
# Names that only contain one are none: token_type, max_tokens, passwordChangedAt.
_ENDINGS: Final = (
    *(
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "secret",
        "token",
        "jwt",
        "credential",
        "cookie",
    ),
    *(
        "passwords",
        "secrets",
        "credentials",
        "cookies",
        "authorization",
        "sessionid",
        "assertion",
        "samlresponse",
    ),
    *(
        "apikey",
        "privatekey",
        "secretkey",
        "accesskey",
        "accesskeyid",
        "authkey",
        "signingkey",
        "encryptionkey",
    ),
    *("masterkey", "sharedkey", "sessionkey", "servicekey", "licensekey", "codeverifier", "devicecode"),
)
_NAMES: Final = (
    "auth",
    "basicauth",
    "pass",
    "bearer",
    "otp",
    "totp",
    "pin",
    "cvv",
    "cvc",
    "ssn",
    "csrf",
    "xsrf",
)
# In a document these are everyday words: a key that was pressed, a code that says what went wrong.
_IN_URLS: Final = ("key", "code", "session", "sid", "ticket", "sig", "sign", "signature", "hmac", "nonce")
_URL_ENDINGS: Final = ("auth", "signature", "ticket")
_MORE: Final = r"(?:confirmation|confirm|again|repeat|hint|hash)?\d*"
_MEMBER: Final = re.compile(rf"(?:.*(?:{'|'.join(_ENDINGS)})|{'|'.join(_NAMES)}){_MORE}", re.DOTALL)
_PARAMETER: Final = re.compile(rf"(?:.*(?:{'|'.join(_URL_ENDINGS)})|{'|'.join(_IN_URLS)})\d*", re.DOTALL)
_BETWEEN: Final = re.compile(r"[\W_]+")


@lru_cache(4_096)
def is_secret_member(name: str) -> bool:
    """Tell whether what a document's member of this name says is secret."""
    return _MEMBER.fullmatch(_bare(name)) is not None


@lru_cache(1_024)
def is_secret_parameter(name: str) -> bool:
    """Tell whether what the parameter of this name in a URL's query says is secret."""
    return is_secret_member(name) or _PARAMETER.fullmatch(_bare(name)) is not None


def _bare(name: str) -> str:
    return _BETWEEN.sub("", name).lower()
