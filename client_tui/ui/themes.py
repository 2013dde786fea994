"""The client's own theme, dark and light. Textual's themes work as well: the sheet uses theme tokens only."""

from __future__ import annotations

from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

_MUTED: Final = 0.7
"""How much of the text's colour is in muted text."""

DARK: Final = Theme(
    name="jsonws-dark",
    dark=True,
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#bb9af7",
    foreground="#d5d9e8",
    background="#11131c",
    surface="#161926",
    panel="#1f2335",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    variables={
        "text-primary": "#8fb2ff",
        "text-secondary": "#89d4f5",
        "text-accent": "#c8abfa",
        "text-success": "#a6d672",
        "text-warning": "#e6b873",
        "text-error": "#ff8b9f",
        "text-muted": "#9aa3c2",
        "border": "#3b4261",
        "border-blurred": "#2a2f45",
        "footer-key-foreground": "#e6b873",
        "footer-description-foreground": "#9aa3c2",
        "footer-background": "#161926",
        "block-cursor-background": "#2d3454",
        "block-cursor-foreground": "#d5d9e8",
        "scrollbar": "#3b4261",
        "scrollbar-background": "#161926",
    },
)

LIGHT: Final = Theme(
    name="jsonws-light",
    dark=False,
    primary="#2a5bd7",
    secondary="#00677f",
    accent="#7a3fc4",
    foreground="#1f2433",
    background="#fbfbfd",
    surface="#f1f2f7",
    panel="#e4e7f0",
    success="#2f6f1f",
    warning="#8a5a00",
    error="#b3203c",
    variables={
        "text-primary": "#2450c0",
        "text-secondary": "#00606f",
        "text-accent": "#6d35b5",
        "text-success": "#2b661c",
        "text-warning": "#7d5200",
        "text-error": "#a81c37",
        "text-muted": "#596075",
        "border": "#a9b0c6",
        "border-blurred": "#cfd4e2",
        "footer-key-foreground": "#7d5200",
        "footer-description-foreground": "#596075",
        "footer-background": "#f1f2f7",
        "block-cursor-background": "#d6def5",
        "block-cursor-foreground": "#1f2433",
        "scrollbar": "#b8bfd3",
        "scrollbar-background": "#f1f2f7",
    },
)

OURS: Final = (DARK, LIGHT)


def theme_for(color_system: str | None) -> str:
    """Return the name of the theme that looks best in a terminal with such colours, as Rich calls them."""
    return "ansi-dark" if color_system == "standard" else DARK.name


def theme_names() -> list[str]:
    """Return the names of all themes, ours first."""
    return [theme.name for theme in OURS] + sorted(BUILTIN_THEMES)


def plain(variables: dict[str, str]) -> dict[str, str]:
    """Return a theme's variables with a colour for muted text.

    Textual's own themes say ``auto 60%``: what contrasts with the background, and less of it.
    A component's style, which has no background of its own, comes to the strongest of contrasts by that.
    """
    foreground, background = (Color.parse(variables[name]) for name in ("foreground", "background"))
    if not variables["text-muted"].startswith("auto") or foreground.ansi is not None:
        return variables
    return {**variables, "text-muted": background.blend(foreground, _MUTED).hex6}
