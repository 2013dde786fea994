"""The command `jsonws-tui open`: a recording on the screen, as if it were live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.cli.source import open_source
from client_tui.cli.talk import refuse, report_failure
from client_tui.cli.terminal import move_standard_input, why_no_screen
from client_tui.core.errors import ClientError

if TYPE_CHECKING:
    from client_tui.settings import Settings


def open_recording(name: str, settings: Settings) -> int:
    """Show the recording in the file of this name ("-" is standard input), and return the exit status."""
    import asyncio

    from client_tui.ending import run_until_signalled
    from client_tui.finding.finder import Finder
    from client_tui.ui.viewer_app import ViewerApp

    try:
        piped = move_standard_input() if name == "-" else None
        if why_not := why_no_screen():
            return refuse(why_not)
        opened = open_source(name, piped)
    except ClientError as error:
        return refuse(str(error))
    app = ViewerApp(settings, opened, "standard input" if name == "-" else name, make_finder=Finder)
    asyncio.run(run_until_signalled(app.run_async, app.leave))
    if app.failure is not None:
        return report_failure(app.failure, settings.state_dir)
    return app.return_code or 0
