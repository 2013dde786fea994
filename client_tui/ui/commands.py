"""The command palette: every command of the table, found by its name or what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from client_tui.ui.composer import Composer
from client_tui.ui.history import HistoryPane
from client_tui.ui.keys import COMMANDS, Command, Scope
from client_tui.ui.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.dom import DOMNode


class CommandProvider(Provider):
    """Offers the commands that make sense where the palette was opened."""

    async def discover(self) -> Hits:
        """Offer all of them, in the table's order."""
        for command, run in self._available():
            yield DiscoveryHit(_title(command), run, help=_help(command))

    async def search(self, query: str) -> Hits:
        """Offer those that match, the best first."""
        matcher = self.matcher(query)
        for command, run in self._available():
            title = _title(command)
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=_help(command))

    def _available(self) -> Iterator[tuple[Command, Callable[[], object]]]:
        for command in COMMANDS:
            node = self._node(command.scope)
            if command.palette and node is not None:
                yield command, partial(self.app.run_action, command.action, node)

    def _node(self, scope: Scope) -> DOMNode | None:
        """Return what a command of this scope acts on, None where it is not on the screen."""
        if scope is Scope.EVERYWHERE:
            return self.app
        if not isinstance(self.screen, MainScreen):
            return None
        panes = {Scope.CONVERSATION: self.screen, Scope.COMPOSER: Composer, Scope.HISTORY: HistoryPane}
        found = panes.get(scope)
        return self.screen.query_one(found) if isinstance(found, type) else found


def _title(command: Command) -> str:
    return command.help


def _help(command: Command) -> str:
    return command.id
