"""Opens a TCP connection by name, in a way that can be given up at any moment."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from itertools import chain, zip_longest
from typing import Any, Final

from client_tui.threads import in_thread

STAGGER: Final = 0.25
"""The seconds that an address has for itself before the next is tried beside it (RFC 8305 §5)."""

Address = tuple[socket.AddressFamily, Any]


async def lookup(host: str, port: int) -> list[Address]:
    """Return the addresses of `host`, the most wanted first (RFC 6724).

    Raises `socket.gaierror`, or `UnicodeError` for a name that cannot be a host's.
    """
    found = await in_thread(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), name="lookup")
    return [(family, address) for family, _, _, _, address in found]


def interleave(addresses: list[Address]) -> list[Address]:
    """Let the families take turns, so that a network without one of them costs little (RFC 8305 §4)."""
    if not addresses:
        return []
    first = addresses[0][0]
    of_first = [address for address in addresses if address[0] == first]
    others = [address for address in addresses if address[0] != first]
    return [address for address in chain(*zip_longest(of_first, others)) if address is not None]


async def open_socket(addresses: list[Address]) -> socket.socket:
    """Connect to one address after the other, each a little later, and return the first that answers.

    Raises `OSError` when none does.
    """
    waiting = deque(interleave(addresses))
    tasks: list[asyncio.Task[socket.socket | OSError]] = []
    errors: list[OSError] = []
    winner: socket.socket | None = None
    running: set[asyncio.Task[socket.socket | OSError]] = set()
    try:
        while winner is None and (waiting or running):
            if waiting:
                tasks.append(asyncio.create_task(_connect(waiting.popleft())))
                running.add(tasks[-1])
            stagger = STAGGER if waiting else None
            done, running = await asyncio.wait(running, timeout=stagger, return_when="FIRST_COMPLETED")
            for result in (task.result() for task in done):
                if isinstance(result, OSError):
                    errors.append(result)
                else:
                    winner = result
    finally:
        _clear_away(tasks, winner)
    if winner is None:
        raise _most_telling(errors)
    return winner


async def _connect(address: Address) -> socket.socket | OSError:
    loop = asyncio.get_running_loop()
    family, destination = address
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:  # a family that this system lacks
        return error
    try:
        sock.setblocking(False)
        await loop.sock_connect(sock, destination)
    except OSError as error:
        sock.close()
        return error
    except BaseException:
        sock.close()
        raise
    return sock


def _clear_away(tasks: list[asyncio.Task[socket.socket | OSError]], winner: socket.socket | None) -> None:
    for task in tasks:
        if not task.done():
            task.cancel()
        elif not task.cancelled() and task.result() is not winner:
            result = task.result()
            if isinstance(result, socket.socket):
                result.close()


def _most_telling(errors: list[OSError]) -> OSError:
    """Choose what to report: that a machine refused says more than that another is out of reach."""
    refused = (error for error in errors if isinstance(error, ConnectionRefusedError))
    return next(refused, errors[-1] if errors else OSError("the name has no address"))
