"""Messages between the portal and a worker: each is its length and then its bytes."""

import asyncio
import os
import struct

_LENGTH = struct.Struct("!Q")


class TooLong(Exception):
    """The other side announced more than may come."""


def framed(message: bytes) -> bytes:
    """The message as it is sent."""
    return _LENGTH.pack(len(message)) + message


async def read(reader: asyncio.StreamReader, most: int) -> bytes:
    """The next message. Raises TooLong, and EOFError or OSError when the other side is gone."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if length > most:
        raise TooLong
    return await reader.readexactly(length)


def send(channel: int, message: bytes) -> None:
    """Send from a worker, which may wait."""
    rest = memoryview(framed(message))
    while rest:
        rest = rest[os.write(channel, rest) :]


def receive(channel: int) -> bytes:
    """The next message for a worker, which may wait. Raises EOFError when the portal is gone."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return bytes(_exactly(channel, length))


def _exactly(channel: int, length: int) -> bytearray:
    found = bytearray()
    while len(found) < length:
        part = os.read(channel, min(length - len(found), 1 << 20))
        if not part:
            raise EOFError
        found += part
    return found
