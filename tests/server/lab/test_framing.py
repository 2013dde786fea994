from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from server.lab.framing import BINARY, TEXT, frame, header


@pytest.mark.parametrize("size", [0, 1, 37, 125, 126, 127, 65_535, 65_536, 1_000_000])
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_a_frame_is_what_another_library_makes_of_it(opcode: int, size: int) -> None:
    payload = b"x" * size
    assert frame(opcode, payload) == Frame(Opcode(opcode), payload).serialize(mask=False)
    assert frame(opcode, payload) == header(opcode, size) + payload
