"""What a browser with an empty cache fetches for a page: all its bytes over the wire, heads included, and from whom."""

import asyncio
import re
from urllib.parse import urljoin, urlsplit

from bench.load import HOST, ask
from bench.run import Run, cookies
from bench.table import Row

MOST_BYTES = 80 * 1024
BROWSER = (
    "Accept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: ja\r\nUser-Agent: bench\r\n"
    "Sec-Fetch-Site: none\r\n"
)
IN_PAGES = re.compile(rb"""<(?:link[^>]*?|script[^>]*?|img[^>]*?|use[^>]*?)\s(?:href|src)="([^"]+)\"""")
IN_STYLES = re.compile(rb"""(?:url\(|@import\s+)["']?([^"')\s;]+)""")


async def measure(run: Run) -> list[Row]:
    """The sign-in page, where people arrive, and the list of candidates."""
    await run.world.refresh()
    rows = []
    for what, path, cookie in (
        ("sign-in", "/sign-in", ""),
        ("list", "/candidates", f"Cookie: {cookies('ordinary')[0]}\r\n"),
    ):
        sizes, strange = await _fetched(run.port, path, cookie)
        whole = sum(sizes.values())
        kept = whole <= MOST_BYTES and not strange
        budget = "≤ 80 KB, no other host"
        page = f"page alone {sizes[path] / 1024:.1f} KB, {len(sizes)} files"
        rows.append(
            Row(
                f"first load of {what}",
                f"{whole / 1024:.1f} KB",
                page,
                f"{whole / sizes[path]:.1f} ×",
                budget,
                kept,
            )
        )
    return rows


async def _fetched(port: int, path: str, cookie: str) -> tuple[dict[str, int], set[str]]:
    """The size of each file that the page leads to, and the other hosts it names."""
    sizes: dict[str, int] = {}
    strange: set[str] = set()
    waiting = [path]
    while waiting:
        asked = waiting.pop()
        if asked in sizes:
            continue
        plain = await _get(port, asked, cookie)
        sizes[asked] = sum(map(len, await _get(port, asked, cookie + BROWSER)))
        named = (
            IN_PAGES.findall(plain[1])
            if asked == path
            else IN_STYLES.findall(plain[1])
            if asked.endswith(".css")
            else []
        )
        for one in named:
            address = urlsplit(urljoin(f"http://localhost:{port}{asked}", one.decode()))
            if address.scheme == "data":
                continue
            if address.netloc != f"localhost:{port}":
                strange.add(address.netloc)
            else:
                waiting.append(address.path)
    return sizes, strange


async def _get(port: int, path: str, headers: str) -> tuple[bytes, bytes]:
    reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 20)
    _status, head, body = await ask(reader, writer, port, path, headers)
    writer.close()
    return head, body
