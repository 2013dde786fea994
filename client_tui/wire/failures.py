"""Puts what kept a connection from opening into words: exceptions in, `Failure` out."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from websockets.exceptions import (
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
    ProxyError,
    SecurityError,
)

from client_tui.core.failure import Failure, FailureKind

if TYPE_CHECKING:
    from websockets.http11 import Response

BODY_LIMIT: Final = 64 * 1024
"""How much of a refusal's body is shown, in bytes."""


class Stage(Enum):
    """How far an attempt had come."""

    START = "start"
    LOOKUP = "lookup"
    CONNECT = "connect"
    HANDSHAKE = "handshake"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of an attempt besides the exception that ended it.

    `patience` is how long it was let run, in seconds. `response` is the handshake's answer
    and `head` what the server sent first, so far as they came.
    """

    url: str
    proxy: str | None
    stage: Stage
    patience: float
    response: Response | None = None
    head: bytes = b""

    @property
    def secure(self) -> bool:
        """Whether the URL asks for TLS."""
        return urlsplit(self.url).scheme == "wss"

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.url).hostname or ""

    @property
    def place(self) -> str:
        """Host and port of the peer that was spoken to: the proxy, where there is one."""
        if self.proxy is None:
            return _host_and_port(self.url, 443 if self.secure else 80)
        return f"the proxy {_host_and_port(self.proxy, 80)}"


def explain(exc: Exception, at: Circumstances) -> Failure:
    """Return what `exc` means for a person, and what they can do about it."""
    match exc:
        case InvalidStatus():
            return _status(exc.response, at)
        case InvalidProxyStatus():
            return _proxy_status(exc.response, at)
        case InvalidMessage():
            return _no_http(exc, at)
        case InvalidProxy():
            return _unusable_proxy(exc.proxy, exc.msg)
        case ProxyError() | ImportError():
            return Failure(FailureKind.PROXY, f"proxy: {exc}", _PROXY_REMEDY)
        case InvalidHandshake():
            return Failure(
                FailureKind.HANDSHAKE,
                f"the server's handshake is not valid: {exc}",
                "the server does not speak WebSocket (RFC 6455) at this path, or has a fault",
                _spell(at.response),
            )
        case ssl.SSLError():
            return _tls(exc, at)
        case OSError():
            return _network(exc, at)
        case InvalidURI() | ValueError():
            return Failure(FailureKind.TARGET, f"cannot connect with what was given: {exc}")
    return Failure(FailureKind.OTHER, f"the attempt failed: {type(exc).__name__}: {exc}")


_PROXY_REMEDY: Final = (
    "the proxy comes from the environment (ALL_PROXY, HTTPS_PROXY …); NO_PROXY names exceptions"
)


_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def _unusable_proxy(proxy: str, reason: str) -> Failure:
    """Name a proxy that cannot be spoken to, without the name and the password that stand before the @."""
    scheme = _SCHEME.match(proxy)
    start = scheme.end() if scheme else 0
    named = f"{proxy[:start]}{proxy[start:].rpartition('@')[2]}"
    return Failure(FailureKind.PROXY, f"the proxy {named} cannot be used: {reason}", _PROXY_REMEDY)


# The network


def _network(exc: OSError, at: Circumstances) -> Failure:
    match exc:
        case socket.gaierror():
            return _name(exc, at)
        case ConnectionRefusedError():
            remedy = _PROXY_REMEDY if at.proxy else "start the server, or let --serve start the bundled one"
            return Failure(FailureKind.REFUSED, f"refused: nothing listens on {at.place}", remedy)
        case TimeoutError():
            return _timeout(at)
        case ConnectionError():
            return _hung_up(at)
    words = f"{at.place} is out of reach: {_reason(exc)}"
    return Failure(FailureKind.UNREACHABLE, words, "check the network and the address")


def _reason(exc: OSError) -> str:
    return (exc.strerror or str(exc) or type(exc).__name__).lower()


def _name(exc: socket.gaierror, at: Circumstances) -> Failure:
    name = at.place if at.proxy else at.host
    if exc.errno == socket.EAI_AGAIN:
        words = f"the name {name} could not be looked up: {_reason(exc)}"
        return Failure(FailureKind.NAME_LOOKUP, words, "check the network")
    return Failure(FailureKind.NAME_NOT_FOUND, f"name not found: {name}", "check how the host is spelt")


def _timeout(at: Circumstances) -> Failure:
    within = f"within {at.patience:g} s"
    match at.stage:
        case Stage.HANDSHAKE:
            words = f"timed out: {at.place} did not answer the handshake {within}"
            remedy = "something listens there, but is busy or does not speak WebSocket"
        case Stage.CONNECT:
            words = f"timed out: no answer from {at.place} {within}"
            remedy = "check the address, and whether a firewall is in the way"
        case _:
            words = f"timed out: the name {at.host} was not found {within}"
            remedy = "check the network"
    return Failure(FailureKind.TIMED_OUT, words, remedy)


def _hung_up(at: Circumstances) -> Failure:
    remedy = "" if at.secure else "if it speaks TLS, use wss:// (--tls)"
    return Failure(FailureKind.DROPPED, f"{at.place} hung up without answering the handshake", remedy)


# TLS

# The codes of OpenSSL's X509_verify_cert_error_string(3).
_CERTIFICATE_FAULTS: Final = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    19: "comes from an authority that is not trusted",
    20: "comes from an authority that is not known",
    62: "is for another host",
    64: "is for another address",
}
_PLAINTEXT: Final = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})


def _tls(exc: ssl.SSLError, at: Circumstances) -> Failure:
    if isinstance(exc, ssl.SSLCertVerificationError):
        fault = _CERTIFICATE_FAULTS.get(exc.verify_code, f"was not accepted: {exc.verify_message}")
        remedy = (
            "SSL_CERT_FILE can name a file of certificates to trust, and --insecure takes any"
            if exc.verify_code in {18, 19, 20}
            else ""
        )
        return Failure(
            FailureKind.TLS, f"TLS: the certificate of {at.host} {fault}", remedy, exc.verify_message
        )
    if isinstance(exc, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return _hung_up(at)
    reason = getattr(exc, "reason", None) or str(exc)  # absent where OpenSSL did not raise it
    if reason in _PLAINTEXT:
        return Failure(FailureKind.TLS, f"TLS: {at.place} does not speak TLS", "use ws://, without --tls")
    return Failure(FailureKind.TLS, f"TLS: {reason.replace('_', ' ').lower()}", "", str(exc))


# HTTP

_STATUS_REMEDIES: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "send credentials: -H 'Authorization: …'",
    HTTPStatus.FORBIDDEN: "the server may want credentials, or another Origin: -H 'Name: value'",
    HTTPStatus.NOT_FOUND: "check the path",
}
_TLS_ALERT: Final = b"\x15\x03"  # RFC 8446 §5.1: a record of type alert, any version


def _status(response: Response, at: Circumstances) -> Failure:
    status, phrase = response.status_code, response.reason_phrase
    words = f"the server answered HTTP {status} {phrase}".rstrip()
    detail = _spell(response)
    location = next(iter(response.headers.get_all("Location")), None)
    if 300 <= status < 400 and location is not None:
        goal = _redirect(at.url, location)
        remedy = "redirects are not followed, so that no header goes astray; connect there yourself"
        return Failure(FailureKind.REDIRECT, f"{words}, and points to {goal}", remedy, detail, status)
    if b"HTTPS port" in response.body:
        return Failure(FailureKind.HTTP_STATUS, words, "it speaks TLS: use wss:// (--tls)", detail, status)
    remedy = _STATUS_REMEDIES.get(status, "")
    return Failure(FailureKind.HTTP_STATUS, words, remedy, detail, status)


def _proxy_status(response: Response, at: Circumstances) -> Failure:
    words = f"{at.place} answered HTTP {response.status_code} {response.reason_phrase}".rstrip()
    return Failure(FailureKind.PROXY, words, _PROXY_REMEDY, _spell(response), response.status_code)


def _no_http(exc: InvalidMessage, at: Circumstances) -> Failure:
    """Explain an answer that cannot be read: TLS, silence, something else than HTTP, or HTTP with a fault."""
    if at.head.startswith(_TLS_ALERT):
        return Failure(FailureKind.TLS, f"{at.place} speaks TLS", "use wss:// (--tls)")
    if isinstance(exc.__cause__, EOFError) and not at.head:
        return _hung_up(at)
    if isinstance(exc.__cause__, EOFError) and at.head.startswith(_HTTP[: len(at.head)]):
        return Failure(FailureKind.DROPPED, f"{at.place} hung up in the middle of its answer", "", _head(at))
    if at.head.startswith(_HTTP):
        return Failure(FailureKind.HANDSHAKE, _faulty_http(exc.__cause__), _FAULTY_REMEDY, _head(at))
    words = "the server's answer is not HTTP/1.1"
    return Failure(FailureKind.HANDSHAKE, words, "check host and port", _head(at))


_HTTP: Final = b"HTTP/1.1 "
_FAULTY_REMEDY: Final = "the server, or a proxy before it, has a fault; what it sent is below"


def _faulty_http(cause: BaseException | None) -> str:
    """Say what is wrong with an answer that begins as HTTP does."""
    if isinstance(cause, SecurityError) and not str(cause).startswith("invalid"):
        return f"the server's answer is too large: {cause}"
    return f"the server's answer is not valid HTTP: {cause}"


def _redirect(url: str, location: str) -> str:
    """Return where a Location header leads, as a URL that can be given to the client, if it is a URL."""
    try:
        goal = urljoin(url, location)
    except ValueError:  # such as http://[/
        return location
    return goal.replace("http", "ws", 1) if goal.startswith("http") else goal


def _spell(response: Response | None) -> str:
    """Return an answer as it stood on the wire, its body cut where it is long."""
    if response is None:
        return ""
    lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}".rstrip()]
    lines += [f"{name}: {value}" for name, value in response.headers.raw_items()]
    if response.body:
        body = bytes(response.body)
        lines += ["", body[:BODY_LIMIT].decode("utf-8", "backslashreplace")]
        if len(body) > BODY_LIMIT:
            lines.append(f"… {len(body) - BODY_LIMIT} more bytes")
    return "\n".join(lines)


def _head(at: Circumstances) -> str:
    return at.head[:BODY_LIMIT].decode("utf-8", "backslashreplace")


def _host_and_port(url: str, default: int) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"[{host}]:{parts.port or default}" if ":" in host else f"{host}:{parts.port or default}"
