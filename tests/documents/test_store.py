"""An object is whole or absent, on a full disk too."""

import asyncio
import resource
import signal
import sys
from pathlib import Path

import pytest

from portal.documents.store import ObjectMissing, ObjectStore, StoreError, StoreFull

ID = "0190b1d2-7c3a-7000-8000-000000000001"


async def test_put_get_delete(tmp_path: Path) -> None:
    store = ObjectStore.open(tmp_path / "objects")
    await store.put(ID, b"sealed")
    assert await store.get(ID) == b"sealed"
    await store.put(ID, b"sealed again")
    assert await store.get(ID) == b"sealed again"
    await store.delete(ID)
    await store.delete(ID)
    with pytest.raises(ObjectMissing):
        await store.get(ID)


async def test_the_folder_is_private(tmp_path: Path) -> None:
    ObjectStore.open(f"file://{tmp_path}/objects")
    assert (tmp_path / "objects").stat().st_mode & 0o777 == 0o700


async def test_any_url_obstore_knows() -> None:
    store = ObjectStore.open("memory:///")
    await store.put(ID, b"sealed")
    assert await store.get(ID) == b"sealed"
    await store.delete(ID)
    with pytest.raises(ObjectMissing):
        await store.get(ID)


@pytest.mark.parametrize("wrong", ["../../etc/passwd", "ABCDEF123", "", "12", "0190/b1d2", "x" * 20])
async def test_an_id_cannot_be_a_path(tmp_path: Path, wrong: str) -> None:
    store = ObjectStore.open(tmp_path / "objects")
    for use in (store.get, store.delete):
        with pytest.raises(ValueError, match="hexadecimal"):
            await use(wrong)


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix thing")
async def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    store = ObjectStore.open(tmp_path / "objects")
    await store.put(ID, b"small")
    other = ID[:-1] + "2"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(StoreFull):
            await store.put(other, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    with pytest.raises(ObjectMissing):
        await store.get(other)
    files = [path.name for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert files == [ID]


async def test_a_store_that_keeps_something_else_is_noticed(tmp_path: Path) -> None:
    class Forgetful(ObjectStore):
        async def _settle(self, path: str) -> None:
            (tmp_path / "objects" / path).write_bytes(b"something else")

    opened = ObjectStore.open(tmp_path / "objects")
    store = Forgetful(opened._store, opened._folder)
    with pytest.raises(StoreError, match="not stored as it was given"):
        await store.put(ID, b"sealed")
    with pytest.raises(ObjectMissing):
        await store.get(ID)


async def test_a_folder_that_cannot_be_used_is_a_store_error(tmp_path: Path) -> None:
    store = ObjectStore.open(tmp_path / "objects")
    (tmp_path / "objects" / ID[:2]).write_text("a file where a folder should be")
    with pytest.raises(StoreError):
        await store.put(ID, b"sealed")
    with pytest.raises(StoreError):
        await store.get(ID)


async def test_many_at_once(tmp_path: Path) -> None:
    store = ObjectStore.open(tmp_path / "objects")
    ids = [f"{number:08x}" for number in range(40)]
    await asyncio.gather(*(store.put(one, one.encode() * 100) for one in ids))
    assert [await store.get(one) for one in ids] == [one.encode() * 100 for one in ids]
