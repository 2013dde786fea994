"""One function for each word of a tape: from what stands behind it in the line to a command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from client_tui.core import jsontext
from client_tui.demo.tape import commands, picture_paths
from client_tui.demo.tape.commands import Scope, State
from client_tui.demo.tape.keys import combined
from client_tui.demo.tape.quoting import NOT_IN_JSON
from client_tui.demo.tape.reader import likely, shortened
from client_tui.demo.tape.secret_paths import secret_path
from client_tui.demo.tape.settings import SETTINGS, theme
from client_tui.settings import address
from client_tui.settings.wrong import Wrong, nearest

if TYPE_CHECKING:
    from client_tui.demo.tape.commands import Command
    from client_tui.demo.tape.reader import Reader

MOST_PRESSES: Final = 1000
_MOST_FRAMES: Final = 1_000_000
_LARGEST_ROW: Final = 150
_LONGEST_NAME: Final = 40
_LONGEST_REMARK: Final = 300
_LONGEST_EXPRESSION: Final = 10_000  # jq's time grows faster than its length
VARIABLES: Final = (
    *("NO_COLOR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
)
"""What a tape can say of the environment. Others would name a program, or a place to load one from."""
_AWAITED: Final = "settled, open, closed, received and a number, sent and a number, a /regex/ or nothing"


# ---------------------------------------------------------------------- the hands of the user


def type_text(reader: Reader) -> Command:
    """Read ``Type@50ms "text"``."""
    speed = reader.speed()
    reader.ends()
    here = reader.at
    text = reader.strings("a text")
    if "\t" in text:
        reader.refuse("a tab is a key, not a text: write Tab", here, reader.at)
    return commands.TypeText(text, speed)


def press(reader: Reader) -> Command:
    """Read a key, of which the first word was read: ``Up 3``, ``Ctrl+R@1s 2``."""
    key = combined(reader.keys())
    if isinstance(key, Wrong):
        reader.refuse(key.reason, reader.began, reader.at)
    speed = reader.speed()
    return commands.Press(key, _count(reader), speed)


def _count(reader: Reader) -> int:
    """Take how often a key is pressed: once where no number comes next."""
    is_number = not reader.ends() and reader.line[reader.at] in "-.0123456789"
    return reader.whole(1, MOST_PRESSES, "a count") if is_number else 1


def copy(reader: Reader) -> Command:
    """Read ``Copy "text"``, or ``Copy json`` and a string of JSON, which can hold any text."""
    if not reader.option("json"):
        return commands.Copy(reader.strings("a text"))
    reader.ends()
    start = reader.at
    try:
        text = json.loads(reader.rest("a string of JSON"))
    except (ValueError, RecursionError):
        text = None
    if not isinstance(text, str):
        reader.refuse('a string of JSON stands behind Copy json, such as "a\\nb"', start)
    return commands.Copy(text)


# ---------------------------------------------------------------------- time


def wait(reader: Reader) -> Command:
    """Read ``Wait``, ``Wait@10s settled``, ``Wait+Line /regex/``, ``Wait received 3`` and the like."""
    scope = _scope(reader)
    limit = reader.speed()
    if limit == 0:
        reader.refuse("a Wait of no time waits for nothing", reader.began, reader.at)
    if scope or reader.next_is("/"):
        return commands.WaitRegex(reader.regex(), scope or Scope.SCREEN, limit)
    match reader.option("settled", "open", "closed", "received", "sent"):
        case "received":
            return commands.WaitReceived(_frames(reader), limit)
        case "sent":
            return commands.WaitSent(_frames(reader), limit)
        case "open" | "closed" as state:
            return commands.WaitState(State(state), limit)
        case None if not reader.command_is_next():
            reader.need(_AWAITED)
    return commands.WaitSettled(limit)


def _scope(reader: Reader) -> Scope | None:
    _, *scopes = reader.keys()
    if not scopes:
        return None
    if len(scopes) > 1 or scopes[0] not in (scope.value for scope in Scope):
        reader.refuse(f"{reader.subject} is none: write Wait+Screen or Wait+Line", reader.began, reader.at)
    return Scope(scopes[0])


def _frames(reader: Reader) -> int:
    return reader.whole(1, _MOST_FRAMES, "a number of frames")


# ---------------------------------------------------------------------- the pictures


def annotate(reader: Reader) -> Command:
    """Read ``Annotate "text" at 5``, or ``at /regex/``."""
    reader.ends()
    here = reader.at
    text = reader.strings("a text")
    if len(text) > _LONGEST_REMARK:
        reader.refuse(f"a remark has at most {_LONGEST_REMARK} characters", here, reader.at)
    if reader.option("at") is None:
        reader.need("at behind its text, and a row or a /regex/")
    row = reader.regex() if reader.next_is("/") else reader.whole(1, _LARGEST_ROW, "a row")
    return commands.Annotate(text, row)


# ---------------------------------------------------------------------- the conversation


def serve(reader: Reader) -> Command:
    """Read ``Serve``, ``Serve lab`` or ``Serve stop``."""
    what = reader.option("lab", "stop")
    if what is None and not reader.command_is_next():
        reader.need("lab, stop or nothing")
    return commands.StopServing() if what == "stop" else commands.Serve(lab=what == "lab")


def client(reader: Reader) -> Command:
    """Read ``Client NAME``."""
    reader.ends()
    here = reader.at
    name = reader.argument("the name of a client")
    if len(name) > _LONGEST_NAME:
        reader.refuse(f"a client's name has at most {_LONGEST_NAME} characters", here, reader.at)
    return commands.Client(name)


def connect(reader: Reader) -> Command:
    """Read ``Connect ws://…``, or a path of the server that was started."""
    reader.ends()
    here = reader.at
    written = reader.argument("a URL, or a path such as /ws/")
    found = address.path(written) if written.startswith("/") else address.url(written)
    if isinstance(found, Wrong):
        reader.refuse(found.reason, here, reader.at)
    return commands.Connect(written)


def send(reader: Reader) -> Command:
    """Read ``Send`` and a JSON document: the rest of the line, or what stands in quotes that JSON has not."""
    if reader.ends():
        reader.need("a JSON document")
    in_quotes = reader.line[reader.at] in NOT_IN_JSON
    start = reader.at + in_quotes
    document = reader.string("a JSON document") if in_quotes else reader.rest("a JSON document")
    checked = jsontext.check(document)
    if isinstance(checked, jsontext.Invalid):
        reader.refuse(f"not JSON: {checked.reason}", start + checked.place.start, start + checked.place.end)
    if isinstance(checked, jsontext.Incomplete):
        reader.refuse(f"not JSON: it ends where {checked.expects} is missing", start + checked.place.start)
    if isinstance(checked, jsontext.Empty):
        reader.refuse("Send needs a JSON document, and there is nothing in the quotes", start - 1, reader.at)
    return commands.SendJson(document)


def expect(reader: Reader) -> Command:
    """Read ``Expect`` and a jq expression: the rest of the line, verbatim."""
    from client_tui.finding.jq_mistakes import AS_TEXT  # only an Expect pays for them
    from client_tui.finding.jq_program import fault

    reader.ends()
    start = reader.at
    expression = reader.rest("a jq expression")
    if len(expression) > _LONGEST_EXPRESSION:
        reader.refuse(f"an expression has at most {_LONGEST_EXPRESSION} characters", start)
    if mistake := fault(expression, start):
        reader.refuse(f"not jq: {mistake.reason.removesuffix(AS_TEXT)}", mistake.start, mistake.end)
    return commands.Expect(expression)


# ---------------------------------------------------------------------- before the client starts


def set_to(reader: Reader) -> Command:
    """Read ``Set NAME VALUE``."""
    reader.ends()
    here = reader.at
    name = reader.name() or reader.need("the name of a setting")
    setting = SETTINGS.get(name)
    if setting is None:
        meant = likely(name, SETTINGS, "Width, Height, Theme and Title are some")
        reader.refuse(f"there is no setting {shortened(name)}: {meant}", here, reader.at)
    if setting.kind is None:
        reader.refuse(f"Set {name} is not taken: {setting.meaning}", here, reader.at)
    return commands.SetTo(setting.canonical or name, setting.kind.read(reader))


def env(reader: Reader) -> Command:
    """Read ``Env NAME "value"``."""
    reader.ends()
    here = reader.at
    name = reader.argument("the name of a variable")
    if name not in VARIABLES:
        remedy = nearest(name, VARIABLES)
        reader.refuse(f"{name} is not a tape's to set: {remedy}", here, reader.at)
    what = "the variable's value"
    return commands.Env(name, reader.string(what) if reader.quote_is_next() else reader.argument(what))


def source(reader: Reader) -> Command:
    """Read ``Source other.tape``."""
    reader.ends()
    here = reader.at
    path = reader.argument("the path of a tape")
    if not path.endswith(".tape"):
        reader.refuse(f"{path} is no tape: its name ends with .tape", here, reader.at)
    return commands.Source(path)


def output(reader: Reader) -> Command:
    """Read ``Output NAME.gif``."""
    return commands.Output(picture_paths.film(reader))


def screenshot(reader: Reader) -> Command:
    """Read ``Screenshot NAME.png``."""
    return commands.Screenshot(picture_paths.still(reader))


def require(reader: Reader) -> Command:
    """Read ``Require PROGRAM``."""
    return commands.Require(reader.argument("the name of a program"))


def redact(reader: Reader) -> Command:
    """Read ``Redact .password``."""
    return commands.Redact(secret_path(reader))


def sleep(reader: Reader) -> Command:
    """Read ``Sleep 2s``."""
    return commands.Sleep(reader.seconds("a time"))


def change_theme(reader: Reader) -> Command:
    """Read ``Theme NAME``."""
    return commands.Theme(theme(reader))
