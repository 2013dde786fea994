"""The failures that no test server can bring about; the others are in test_dial.py."""

import errno
import socket
import ssl

import pytest

from client_tui.core.failure import FailureKind
from client_tui.wire.failures import Circumstances, Stage, explain

PLAIN = Circumstances("ws://server.example/v1/", None, Stage.HANDSHAKE, 10.0)
SECURE = Circumstances("wss://[2001:db8::1]:8443/", None, Stage.HANDSHAKE, 10.0)
PROXIED = Circumstances("ws://server.example/", "http://me:secret@proxy.example:3128", Stage.LOOKUP, 10.0)


def ssl_error(reason):
    error = ssl.SSLError(1, f"[SSL: {reason}] something")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("exc", "at", "kind", "words"),
    [
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
            PLAIN,
            FailureKind.NAME_LOOKUP,
            "the name server.example could not be looked up: temporary failure in name resolution",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            PROXIED,
            FailureKind.NAME_NOT_FOUND,
            "name not found: the proxy proxy.example:3128",
        ),
        (
            OSError(errno.ENETUNREACH, "Network is unreachable"),
            PLAIN,
            FailureKind.UNREACHABLE,
            "server.example:80 is out of reach: network is unreachable",
        ),
        (OSError("odd"), SECURE, FailureKind.UNREACHABLE, "[2001:db8::1]:8443 is out of reach: odd"),
        (
            ConnectionResetError(),
            PLAIN,
            FailureKind.DROPPED,
            "server.example:80 hung up without answering the handshake",
        ),
        (
            TimeoutError(),
            Circumstances("ws://server.example/", None, Stage.LOOKUP, 10.0),
            FailureKind.TIMED_OUT,
            "timed out: the name server.example was not found within 10 s",
        ),
        (
            ssl.SSLEOFError(8, "EOF"),
            SECURE,
            FailureKind.DROPPED,
            "[2001:db8::1]:8443 hung up without answering the handshake",
        ),
        (
            ssl_error("TLSV1_ALERT_PROTOCOL_VERSION"),
            SECURE,
            FailureKind.TLS,
            "TLS: tlsv1 alert protocol version",
        ),
        (
            RuntimeError("a fault of the library"),
            PLAIN,
            FailureKind.OTHER,
            "the attempt failed: RuntimeError: a fault of the library",
        ),
    ],
)
def test_words(exc, at, kind, words):
    failure = explain(exc, at)
    assert (failure.kind, failure.words) == (kind, words)


def test_a_proxys_password_is_not_shown():
    failure = explain(ConnectionRefusedError(), PROXIED)
    assert "secret" not in failure.words + failure.remedy + failure.detail
