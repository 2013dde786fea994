"""Puts the layers on top of one another: the file below, the environment above it, the flags on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import platformdirs

from client_tui.settings import address, handshake, values
from client_tui.settings.model import DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT, Settings
from client_tui.settings.options import PREFIX, Option, options
from client_tui.settings.sources import Given, Layer, from_environment, from_file, from_flags
from client_tui.settings.wrong import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_APPLICATION: Final = "jsonws-tui"
_LAB: Final = "--lab"
_PARTS: Final = ("host", "port", "path", "tls")


def default_config_file() -> Path:
    """Return where the settings file is looked for when nothing names another."""
    return platformdirs.user_config_path(_APPLICATION, appauthor=False) / "config.toml"


def default_state_dir() -> Path:
    """Return the folder for what is kept between runs when nothing names another."""
    return platformdirs.user_state_path(_APPLICATION, appauthor=False)


def load(
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    *,
    key_ids: values.Names,
    key_fault: values.KeyFault,
    theme_names: values.Names,
) -> Settings | Wrong:
    """Return the settings of a run, or the first thing that is wrong with them.

    `flags` maps the names of the settings, and "config", to text, lists of texts, True, or
    None where a flag was not given. `key_ids`, `key_fault` and `theme_names` are called only
    where a setting names a binding or a theme.
    """
    table = options(key_ids, key_fault, theme_names)
    named = _named_config_file(flags, environ)
    config_file = values.path(named.value) if named else default_config_file()
    if isinstance(config_file, Wrong):
        return config_file.at(named.where if named else "")
    merged: Layer = {}
    for source in (
        from_file(config_file, table, named_by=named.where if named else ""),
        from_environment(environ, table),
        from_flags(flags, table),
    ):
        layer = source if isinstance(source, Wrong) else _parsed(source, table)
        if isinstance(layer, Wrong):
            return layer
        merged = _put_over(merged, layer)
    return _settings(merged)


def _named_config_file(flags: Mapping[str, object], environ: Mapping[str, str]) -> Given | None:
    """Return what a flag or a variable calls the settings file, if one does."""
    variable = f"{PREFIX}CONFIG"
    for given in (Given(flags.get("config"), "--config"), Given(environ.get(variable), variable)):
        if given.value:
            return given
    return None


def _parsed(layer: Layer, table: Iterable[Option]) -> Layer | Wrong:
    """Turn what was given into what is meant."""
    meant: Layer = {}
    for option in table:
        if option.name in layer:
            given = layer[option.name]
            value = option.parse(given.value)
            if isinstance(value, Wrong):
                return value.at(given.where)
            meant[option.name] = Given(value, given.where)
    return _conflict(meant) or meant


def _conflict(layer: Layer) -> Wrong | None:
    """Say which two values of one layer cannot both be meant."""
    said = [layer[name] for name in ("serve", *_PARTS) if name in layer and layer[name].value is not False]
    serves = "serve" in layer and layer["serve"].value
    if "url" in layer and said:
        return Wrong(f"cannot stand beside {said[0].where}: give one or the other", layer["url"].where)
    if serves and "tls" in layer and layer["tls"].value:
        tls, serve = layer["tls"].where, layer["serve"].where
        return Wrong(f"cannot stand beside {tls}: the bundled server speaks no TLS", serve)
    if "record_file" in layer and "record" in layer and not layer["record"].value:
        clash = f"cannot stand beside {layer['record'].where}: give one or the other"
        return Wrong(clash, layer["record_file"].where)
    return None


def _put_over(low: Layer, high: Layer) -> Layer:
    """Put one layer over another.

    Where to connect is one decision: a layer that makes it takes back what the layers below
    said of it, but for the parts of an address, which complete one another.
    """
    result = dict(low)
    if "url" in high or ("serve" in high and high["serve"].value):
        result = {name: given for name, given in low.items() if name not in ("url", "serve", *_PARTS)}
    elif any(name in high and high[name].value is not False for name in _PARTS):
        result = {name: given for name, given in low.items() if name not in ("url", "serve")}
    if "record" in high and not high["record"].value:
        result.pop("record_file", None)
    elif "record_file" in high:
        result.pop("record", None)
    result |= high
    if "headers" in low and "headers" in high:
        together = handshake.merged(low["headers"].value, high["headers"].value)
        result["headers"] = Given(together, high["headers"].where)
    return result


def _settings(merged: Layer) -> Settings | Wrong:
    """Make the settings of the layers' sum."""
    kept = {name: given.value for name, given in merged.items() if name not in ("url", *_PARTS)}
    where = _where(merged)
    if isinstance(where, Wrong):
        return where
    if where["url"] is not None and (lab := merged.get("lab")) and lab.value and lab.where == _LAB:
        return Wrong("the lab is the bundled server's: give --serve as well", lab.where)
    return Settings(**({"state_dir": default_state_dir()} | kept | where))


def _where(merged: Layer) -> dict[str, object] | Wrong:
    """Return the settings that say where to connect."""
    host, port, path, tls = (merged[name].value if name in merged else None for name in _PARTS)
    if "serve" in merged and merged["serve"].value:
        served = {
            "serve_host": host or DEFAULT_HOST,
            "serve_port": port or 0,
            "serve_path": path or DEFAULT_PATH,
        }
        return {"url": None, **served}
    if "url" in merged:
        return _of_url(merged)
    if port == 0:
        return Wrong("0 means a free port, which only --serve can take", merged["port"].where)
    url = address.joined(
        tls=bool(tls), named=host or DEFAULT_HOST, port=port or DEFAULT_PORT, opened=path or DEFAULT_PATH
    )
    return {"url": url}


def _of_url(merged: Layer) -> dict[str, object] | Wrong:
    """Return the URL, and the headers with what its user's name and password become."""
    url: address.Url = merged["url"].value
    if url.authorization is None:
        return {"url": url.text}
    headers: handshake.Headers = merged["headers"].value if "headers" in merged else ()
    if any(name.lower() == "authorization" for name, _ in headers):
        clash = f"has a user's name, and {merged['headers'].where} an Authorization: give one or the other"
        return Wrong(clash, merged["url"].where)
    return {"url": url.text, "headers": (*headers, ("Authorization", url.authorization))}
