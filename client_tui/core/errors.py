"""The one base error: what went wrong, and what to do about it, in a person's words."""

from __future__ import annotations


class ClientError(Exception):
    """An error that a person can read: a short title, and a message that says what to do.

    Neither is escaped: both may quote foreign text, which goes through
    `core.printable` where it is shown.
    """

    def __init__(self, title: str, message: str = "") -> None:
        super().__init__(f"{title}: {message}" if message else title)
        self.title = title
        self.message = message
