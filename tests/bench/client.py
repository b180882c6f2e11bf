"""A keep-alive HTTP/1.1 connection that does as little as possible: the server is what gets measured."""

import asyncio
from typing import cast


class Connection(asyncio.Protocol):
    """One request at a time; connects again when the server hung up in between."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.last = False

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        loop = asyncio.get_running_loop()
        if self.transport is None or self.transport.is_closing():
            await loop.create_connection(lambda: self, "127.0.0.1", self.port)
        assert self.transport is not None
        self.waiting = loop.create_future()
        self.transport.write(request)
        return await self.waiting

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = cast(asyncio.Transport, transport), b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, separator, rest = self.buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        lower = head.lower()
        length = content_length(lower)
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        if b"connection: close" in lower and self.transport is not None:
            self.transport.close()
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result((int(head[9:12]), rest[:length]))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("the server hung up without an answer"))
        self.transport = None


def content_length(lower_head: bytes) -> int:
    value = lower_head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
    return int(value) if value else 0
