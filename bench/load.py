"""The browsers: a process of its own that asks for pages over kept-open loopback connections, bounded in time.

Reads one JSON order from standard input and prints each answer's time. Nothing but HTTP/1.1 over a socket, so that
the measuring costs as little as it can of the two processors.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from bench.times import Sample

HOST = "127.0.0.1"


class LoadFailed(RuntimeError):
    """An answer was not what was asked for; the message says which."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask for: paths in random order, the cookies shared out to the clients in turn."""

    port: int
    paths: list[str]
    cookies: list[str]
    clients: int = 16
    seconds: float = 5.0
    at_most: int = 100_000


def load(order: Order) -> Sample:
    """Run the order in its own process. Raises LoadFailed."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise LoadFailed(ran.stderr.strip().splitlines()[-1])
    told = json.loads(ran.stdout)
    return Sample(tuple(told["times"]), told["seconds"])


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, path: str, headers: str = ""
) -> tuple[int, bytes, bytes]:
    """One request on an open connection: status, head and body as they came over the wire."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lowered = head.lower()
    if b"transfer-encoding: chunked" in lowered:
        body = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return status, head, body
    length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0])
    return status, head, await reader.readexactly(length)


async def check(order: Order, mark: bytes, times: int) -> None:
    """Ask once, and see that the answer is the page that is meant: it has this mark so often. Raises LoadFailed."""
    reader, writer = await asyncio.open_connection(HOST, order.port, limit=1 << 20)
    status, _head, body = await ask(reader, writer, order.port, order.paths[0], f"Cookie: {order.cookies[0]}\r\n")
    writer.close()
    if status != 200 or body.count(mark) != times:
        raise LoadFailed(f"{order.paths[0]} answered {status} with {body.count(mark)} and not {times} of {mark!r}")


async def _client(order: Order, cookie: str, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection(HOST, order.port, limit=1 << 20)
    headers = f"Cookie: {cookie}\r\nAccept-Encoding: identity\r\n" if cookie else ""
    while (began := time.perf_counter()) < until and len(times) < order.at_most:
        path = random.choice(order.paths)
        status, _head, _body = await ask(reader, writer, order.port, path, headers)
        times.append(time.perf_counter() - began)
        if status != 200:
            raise LoadFailed(f"{path.partition('?')[0]} answered {status}")
    writer.close()


async def _all(order: Order) -> dict[str, Any]:
    times: list[float] = []
    began = time.perf_counter()
    cookies = order.cookies or [""]
    await asyncio.gather(
        *(_client(order, cookies[n % len(cookies)], began + order.seconds, times) for n in range(order.clients))
    )
    return {"times": times, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    json.dump(asyncio.run(_all(Order(**json.load(sys.stdin)))), sys.stdout)
