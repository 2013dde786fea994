import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode


@pytest.mark.parametrize("opcode", Opcode)
def test_control_frames_are_those_with_the_highest_bit_of_the_opcode(opcode):
    assert opcode.is_control == bool(opcode & 0x8)  # RFC 6455 §5.5


@pytest.mark.parametrize(
    "value",
    [Frame(0.0, Direction.SENT, Opcode.TEXT, b"{}"), Notice(0.0, NoticeKind.INFO, "connected")],
    ids=["frame", "notice"],
)
def test_values_do_not_change(value):
    with pytest.raises(AttributeError):
        value.at = 1.0
