"""``python -m client_tui`` is ``jsonws-tui``."""

import sys

from client_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
