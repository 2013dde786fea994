"""``jsonws-echo-server`` and ``python -m server``."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from server.options import UsageError, parse

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server. Return the exit status: 0 after SIGINT or SIGTERM, 2 when it cannot be run so."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the server takes both signals over
    try:
        options = parse(sys.argv[1:] if argv is None else argv, os.environ)
        from server.run import serve

        serve(options)
    except UsageError as error:
        sys.stderr.write(f"jsonws-echo-server: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
