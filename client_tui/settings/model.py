"""The settings of one run, as the rooms above read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000
DEFAULT_PATH: Final = "/websock-practice2/v1/"
DEFAULT_MAX_SIZE: Final = 64 * 2**20
DEFAULT_RECORDINGS_SIZE: Final = 2**30
DEFAULT_RECORDINGS_AGE: Final = 30

Density = Literal["lines", "pretty"]
Times = Literal["clock", "start", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user asked for, checked: every value is one that the client can work with.

    Attributes:
        url: the ``ws://`` or ``wss://`` URL to connect to, without a user's name or password;
            None where the bundled server's own URL is meant (`serve`).
        headers: names and values that the handshake carries besides its own, in order. A name may
            repeat. They may hold secrets, so `repr` leaves them out.
        subprotocols: what the handshake offers, the most wanted first (RFC 6455 §1.9).
        max_size: the largest frame that is taken, in bytes; None means unlimited.
        insecure: whether a TLS certificate is taken unverified.
        serve: whether the bundled server is started.
        lab: whether the bundled server has its endpoints that misbehave on demand.
        serve_host: the address the bundled server binds.
        serve_port: the port the bundled server binds; 0 means a free one.
        serve_path: the path, with its query, that is opened on the bundled server.
        send: JSON documents that are sent right after each connecting by the user, in order.
        theme: a theme's name; None means the client's own.
        density: how the history starts: one line a frame, or pretty.
        fold_lines: how many lines of a pretty frame are shown before it is folded.
        times: what the time column tells at first: the time of day, the time since the start, or
            since the row before.
        show_control_frames: whether pings and pongs have rows from the start.
        keys: from a binding's id to its keys, joined by commas, as Textual's keymap has them.
        sent_limit: how many sent documents are kept for the next run; 0 keeps none.
        record: whether the session is kept; otherwise a temporary file serves, and goes with the client.
        record_file: the file that the session is written to; None means one of its own in `state_dir`.
        recordings_size: how many bytes the recordings in `state_dir` may have together before the
            oldest are deleted; None means unlimited.
        recordings_age: after how many days a recording in `state_dir` is deleted; None means never.
        state_dir: the folder for what is kept between runs; it need not exist.

    """

    url: str | None
    headers: tuple[tuple[str, str], ...] = field(repr=False, default=())
    subprotocols: tuple[str, ...] = ()
    max_size: int | None = DEFAULT_MAX_SIZE
    insecure: bool = False
    serve: bool = False
    lab: bool = False
    serve_host: str = DEFAULT_HOST
    serve_port: int = 0
    serve_path: str = DEFAULT_PATH
    send: tuple[str, ...] = ()
    theme: str | None = None
    density: Density = "lines"
    fold_lines: int = 12
    times: Times = "clock"
    show_control_frames: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    sent_limit: int = 500
    record: bool = True
    record_file: Path | None = None
    recordings_size: int | None = DEFAULT_RECORDINGS_SIZE
    recordings_age: int | None = DEFAULT_RECORDINGS_AGE
    state_dir: Path

    @property
    def recordings_dir(self) -> Path:
        """The folder for the recordings of sessions; it need not exist."""
        return self.state_dir / "sessions"
