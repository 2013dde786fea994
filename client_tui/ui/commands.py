"""The command palette: every command of the table, found by its name or what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.command import DiscoveryHit, Hit, Hits, Provider

from client_tui.ui.composer import Composer
from client_tui.ui.conversation import ConversationScreen
from client_tui.ui.history import HistoryPane
from client_tui.ui.keys import COMMANDS, Command, Scope, display
from client_tui.ui.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.dom import DOMNode
    from textual.widget import Widget


_SCREENS: Final[dict[Scope, type[ConversationScreen]]] = {
    Scope.CONVERSATION: ConversationScreen,
    Scope.HISTORY: ConversationScreen,
    Scope.CONNECTION: MainScreen,
    Scope.COMPOSER: MainScreen,
}
_PANES: Final[dict[Scope, type[Widget]]] = {Scope.COMPOSER: Composer, Scope.HISTORY: HistoryPane}


class CommandProvider(Provider):
    """Offers the commands that make sense where the palette was opened."""

    async def discover(self) -> Hits:
        """Offer all of them, in the table's order."""
        for command, run in self._available():
            yield DiscoveryHit(command.help, run, help=_help(command))

    async def search(self, query: str) -> Hits:
        """Offer those that match, the best first."""
        matcher = self.matcher(query)
        for command, run in self._available():
            score = matcher.match(command.help)
            if score > 0:
                yield Hit(score, matcher.highlight(command.help), run, help=_help(command))

    def _available(self) -> Iterator[tuple[Command, Callable[[], object]]]:
        for command in COMMANDS:
            node = self._node(command.scope)
            if command.palette and node is not None:
                yield command, partial(self.app.run_action, command.action, node)

    def _node(self, scope: Scope) -> DOMNode | None:
        """Return what a command of this scope acts on, None where it is not on the screen."""
        if scope is Scope.EVERYWHERE:
            return self.app
        on = _SCREENS.get(scope)
        if on is None or not isinstance(self.screen, on):
            return None
        pane = _PANES.get(scope)
        return self.screen.query_one(pane) if pane is not None else self.screen


def _help(command: Command) -> str:
    """Return the line below a command's title: its key, and its name in the settings."""
    return " · ".join(filter(None, (display(command.keys), command.id)))
