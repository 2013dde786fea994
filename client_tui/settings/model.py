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

Density = Literal["lines", "pretty"]


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
        serve_host: the address the bundled server binds.
        serve_port: the port the bundled server binds; 0 means a free one.
        serve_path: the path, with its query, that is opened on the bundled server.
        send: JSON documents that are sent right after each connecting by the user, in order.
        theme: a theme's name; None means the client's own.
        density: how the history starts: one line a frame, or pretty.
        fold_lines: how many lines of a pretty frame are shown before it is folded.
        show_control_frames: whether pings and pongs have rows from the start.
        keys: from a binding's id to its keys, joined by commas, as Textual's keymap has them.
        sent_limit: how many sent documents are kept for the next run; 0 keeps none.
        state_dir: the folder for what is kept between runs; it need not exist.

    """

    url: str | None
    headers: tuple[tuple[str, str], ...] = field(repr=False, default=())
    subprotocols: tuple[str, ...] = ()
    max_size: int | None = DEFAULT_MAX_SIZE
    insecure: bool = False
    serve: bool = False
    serve_host: str = DEFAULT_HOST
    serve_port: int = 0
    serve_path: str = DEFAULT_PATH
    send: tuple[str, ...] = ()
    theme: str | None = None
    density: Density = "lines"
    fold_lines: int = 12
    show_control_frames: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    sent_limit: int = 500
    state_dir: Path
