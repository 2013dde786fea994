"""What is wrong with the keys that a user chose: no such key, or one that is needed for something else."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, REPLACED_KEYS, Keys, key_to_character

from client_tui.settings.wrong import nearest
from client_tui.ui.keys import COMMANDS, Command, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MODIFIERS: Final = frozenset(("alt", "ctrl", "hyper", "meta", "shift", "super"))
_KNOWN: Final = frozenset(key.value for key in Keys if not key.value.startswith("<"))
_NAMED: Final = frozenset(key.rpartition("+")[2] for key in _KNOWN)
_EXAMPLES: Final = "keys are called f5, ctrl+s, alt+up, slash and so on"

# The scopes whose keys count at the same moment, by what has the focus.
_PLACES: Final = (
    {
        *(Scope.COMPOSER, Scope.EDITING, Scope.ATTACHMENT),
        *(Scope.CONVERSATION, Scope.CONNECTION, Scope.EVERYWHERE),
    },
    {Scope.HISTORY, Scope.LINES, Scope.RECORDING, Scope.EVERYWHERE},
    {Scope.INSPECTOR, Scope.LINES, Scope.EVERYWHERE},
    {Scope.FILTER, Scope.EVERYWHERE},
    {Scope.SEARCH, Scope.EVERYWHERE},
    {Scope.PLACE, Scope.EVERYWHERE},
    {Scope.FILE, Scope.EVERYWHERE},
    {Scope.SHEET, Scope.EVERYWHERE},
)
_TYPED_IN: Final = {
    *(Scope.COMPOSER, Scope.EDITING, Scope.CONVERSATION, Scope.CONNECTION, Scope.EVERYWHERE),
    *(Scope.FILTER, Scope.SEARCH, Scope.PLACE, Scope.FILE),
}


def fault(remapped: Mapping[str, str]) -> str | None:
    """Say in one line what is wrong with a user's keys, and the remedy; None where nothing is.

    `remapped` goes from commands' names to their keys, joined by commas, as the settings have it.
    """
    chosen = [command for command in COMMANDS if command.id in remapped]
    faults = chain(
        (_unknown(command, key) for command in chosen for key in _keys(command, remapped)),
        (_typed(command, key) for command in chosen for key in _keys(command, remapped)),
        (_clash(command, remapped) for command in chosen),
    )
    return next((found for found in faults if found), None)


def is_key(name: str) -> bool:
    """Tell whether Textual calls a key so: ``f5``, ``ctrl+s``, ``slash``, ``N``; modifiers in their order."""
    *modifiers, key = name.split("+")
    if name in _KNOWN:
        return True
    if modifiers != sorted(_MODIFIERS.intersection(modifiers)):
        return False
    if key in _NAMED and len(key) > 1:
        return True
    if modifiers == ["shift"]:  # it arrives as the character that it types
        return False
    if len(key) == 1:
        return (key.isalnum() and not key.isupper()) if modifiers else key.isprintable() and key != " "
    character = _character(key)
    return character is not None and not character.isalnum() and key not in KEY_NAME_REPLACEMENTS


def _character(key: str) -> str | None:
    """Return what a key types; None where it types nothing."""
    character = " " if key == "space" else key_to_character(REPLACED_KEYS.get(key, key))
    return character if character and character.isprintable() else None


def _keys(command: Command, remapped: Mapping[str, str]) -> Iterator[str]:
    return (key for key in remapped.get(command.id, command.keys).split(",") if key)


def _unknown(command: Command, key: str) -> str | None:
    if is_key(key):
        return None
    return f"{command.id}: there is no key {key}: {_remedy(key)}"


def _remedy(name: str) -> str:
    """Return what was likely meant: the same key spelt right, or one that looks like it."""
    *modifiers, key = name.lower().split("+")
    spelt = next((each for each in (*REPLACED_KEYS, *KEY_TO_UNICODE_NAME) if _character(each) == key), key)
    meant = "+".join([*sorted({*modifiers}), spelt]) if modifiers != ["shift"] else key.upper()
    if is_key(meant):
        return f"did you mean {meant}?"
    return nearest(name, _KNOWN | REPLACED_KEYS.keys(), _EXAMPLES)


def _typed(command: Command, key: str) -> str | None:
    """Refuse a key without which a character could not be typed any more."""
    if command.scope not in _TYPED_IN or _character(key.removeprefix("shift+")) is None:
        return None
    return f"{command.id}: {key} could not be typed any more: put ctrl+ or alt+ before it, or take an F key"


def _clash(command: Command, remapped: Mapping[str, str]) -> str | None:
    """Refuse a key that is new for this command, and means another one already where both can be used."""
    default = {_spelt(key) for key in command.keys.split(",")}
    fresh = {_spelt(key) for key in _keys(command, remapped)} - default
    for other in COMMANDS:
        if other is command or not any({command.scope, other.scope} <= place for place in _PLACES):
            continue
        for key in _keys(other, remapped):
            if _spelt(key) in fresh:
                return f"{command.id}: {key} means {other.id} already: give one of them another key"
    return None


def _spelt(key: str) -> str:
    """Return one spelling for the two that a character's key has: ``/`` and ``slash``."""
    return (_character(key) or key) if key != "space" else key
