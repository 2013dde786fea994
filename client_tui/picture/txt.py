"""A scene as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.picture.clusters import clusters
from client_tui.picture.joined import joined

if TYPE_CHECKING:
    from client_tui.picture.picture import Scene


def txt(scene: Scene) -> str:
    """Return the rows of `scene` as lines, without the blanks at their ends."""
    rows = ("".join(cluster.text for cluster in clusters(row)) for row in joined(scene).rows)
    return "".join(f"{row.rstrip()}\n" for row in rows)
