"""The table of all settings: how each is called on the command line, in the environment and in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from client_tui.settings import address, handshake, values

PREFIX: Final = "JSONWS_TUI_"
DENSITIES: Final = ("lines", "pretty")
TIMES: Final = ("clock", "start", "before")


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: `name` is its key in the file, and its variable's name in lower case without the prefix.

    `parse` makes of what was given a value or a `Wrong`. `flag` is empty where no flag sets
    it. `separator` stands between a variable's values where there can be several; `variable`
    is false where none sets it.
    """

    name: str
    parse: values.Parse
    flag: str = ""
    separator: str = ""
    variable: bool = True


def options(
    key_ids: values.Names, key_fault: values.KeyFault, theme_names: values.Names
) -> tuple[Option, ...]:
    """Return the table, in the order in which mistakes are reported."""
    return (
        Option("url", address.url, "URL"),
        Option("host", address.host, "--host"),
        Option("port", values.whole(0, 65535), "--port"),
        Option("path", address.path, "--path"),
        Option("tls", values.boolean, "--tls"),
        Option("insecure", values.boolean, "--insecure"),
        Option("serve", values.boolean, "--serve"),
        Option("lab", values.boolean, "--lab"),
        Option("headers", handshake.headers, "-H", separator="\n"),
        Option("subprotocols", handshake.subprotocols, "--subprotocol", separator=","),
        Option("max_size", values.size, "--max-size"),
        Option("send", values.documents, "--send"),
        Option("theme", values.choice(theme_names), "--theme"),
        Option("density", values.choice(lambda: DENSITIES)),
        Option("fold_lines", values.whole(1, 10_000)),
        Option("times", values.choice(lambda: TIMES)),
        Option("show_control_frames", values.boolean),
        Option("keys", values.keys(key_ids, key_fault), variable=False),
        Option("sent_limit", values.whole(0, 100_000)),
        Option("record", values.boolean, "--no-record"),
        Option("record_file", values.path, "--record"),
        Option("recordings_size", values.size),
        Option("recordings_age", values.days),
        Option("state_dir", values.path),
    )
