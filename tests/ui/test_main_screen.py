"""The conversation, end to end but for the terminal: keys in, frames out and back, words on the screen."""

from tests.support.servers import free_port


async def test_a_document_is_sent_and_its_echo_shown(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.type('{"x": 1}')
        await somebody.press("enter")
        await somebody.received(1)
        assert [(frame.direction.value, frame.payload) for frame in somebody.frames] == [
            ("sent", b'{"x": 1}'),
            ("received", b'{"x": 1}'),
        ]
        assert somebody.main.composer.text == ""
        assert somebody.text().count('{"x": 1}') == 2
        assert somebody.main.header.counts == (1, 1)
