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
    r"passwords?|passwd|passphrase|passcode|pwd|secrets?|token|jwt|credentials?|cookies?|authorization|assertion"
    r"|samlresponse|sessionid|accesskeyid|codeverifier|devicecode"
    r"|(?:api|private|secret|access|auth|signing|encryption|master|shared|session|service|license)key"
)
_NAMES: Final = "auth|basicauth|pass|bearer|otp|totp|pin|cvv|cvc|ssn|csrf|xsrf"
_IN_URLS: Final = r".*auth|.*signature|sig|hmac"
# In a document these are everyday words: a key that was pressed, a code that says what went wrong. In a URL
# they are too, where they say no more than a word or a number: ?code=4001.
_EVERYDAY: Final = r".*ticket|key|code|session|sid|sign|nonce"
_LEAST: Final = 8
"""Characters. Under an everyday name a shorter value is none that lets somebody in."""
_MORE: Final = r"(?:confirmation|confirm|again|repeat|hint|hash)?\d*"
_MEMBER: Final = re.compile(rf"(?:.*(?:{_ENDINGS})|{_NAMES}){_MORE}", re.DOTALL)
_PARAMETER: Final = re.compile(rf"(?:{_IN_URLS}|(?P<everyday>{_EVERYDAY}))\d*", re.DOTALL)
_BETWEEN: Final = re.compile(r"[\W_]+")


@lru_cache(4_096)
def is_secret_member(name: str) -> bool:
    """Tell whether what a document's member of this name says is secret."""
    return _MEMBER.fullmatch(_bare(name)) is not None


def is_secret_parameter(name: str, value: str) -> bool:
    """Tell whether `value` is secret under the parameter of this name in a URL's query."""
    if is_secret_member(name):
        return True
    found = _PARAMETER.fullmatch(_bare(name))
    return found is not None and (found["everyday"] is None or len(value) >= _LEAST)


def _bare(name: str) -> str:
    return _BETWEEN.sub("", name).lower()
