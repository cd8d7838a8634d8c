"""PDFs made a moment ago, so that the second download need not set type again.

Promise: bounded in bytes and in age, held in memory only, and keyed by content: whoever asks has
already been given that very content by the gate, so the cache decides nothing about access.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

MEBIBYTE = 1024 * 1024
DEFAULT_BYTES = 64 * MEBIBYTE
DEFAULT_SECONDS = 600.0


class PdfCache:
    """Least recently used leaves first; `clock` gives seconds and only ever grows."""

    def __init__(
        self,
        max_bytes: int = DEFAULT_BYTES,
        max_seconds: float = DEFAULT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.max_bytes = max_bytes
        self.max_seconds = max_seconds
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._making: dict[str, asyncio.Task[bytes]] = {}
        self.size = 0

    def get(self, key: str) -> bytes | None:
        """The bytes under this key, unless they grew too old."""
        found = self._kept.get(key)
        if found is None:
            return None
        made_at, pdf = found
        if self._clock() - made_at >= self.max_seconds:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return pdf

    def put(self, key: str, pdf: bytes) -> None:
        """Keeps the bytes; what alone is larger than the cache is not kept."""
        self._drop(key)
        if len(pdf) > self.max_bytes:
            return
        now = self._clock()
        for old in [k for k, (at, _) in self._kept.items() if now - at >= self.max_seconds]:
            self._drop(old)
        self._kept[key] = (now, pdf)
        self.size += len(pdf)
        while self.size > self.max_bytes:
            self._drop(next(iter(self._kept)))

    def forget_all(self) -> None:
        """Empties the cache, as after an erasure."""
        self._kept.clear()
        self.size = 0

    def _drop(self, key: str) -> None:
        _, pdf = self._kept.pop(key, (0.0, b""))
        self.size -= len(pdf)

    async def get_or_make(self, key: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The kept bytes, or those `make` gives. Askers at the same time share one making, and
        one of them giving up does not stop it for the others; an error is not kept."""
        kept = self.get(key)
        if kept is not None:
            return kept
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key, make))
            self._making[key] = task
        return await asyncio.shield(task)

    async def _make(self, key: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        try:
            pdf = await make()
            self.put(key, pdf)
            return pdf
        finally:
            del self._making[key]
