"""Work on strangers' files is done apart, within limits, and never holds up a page."""

import asyncio
import os
import platform
import signal
import sys
from collections.abc import AsyncIterator, Callable
from multiprocessing import forkserver
from pathlib import Path

import pytest

from portal.documents.limits import MEBIBYTE
from portal.documents.refusals import Reason, Refused
from portal.resume import fork_server
from portal.resume.cache import PdfCache
from portal.resume.failures import PoolClosed, WorkBroken, WorkerLost, WorkTimedOut, WorkTooBig
from portal.resume.make import cleaned_document, cleaned_photo, resume_pdf, stamped
from portal.resume.pool import PoolSettings, RenderPool
from portal.settings import Settings
from tests.documents import hostile
from tests.documents.test_pictures import png
from tests.resume import papers, tasks
from tests.resume.limits import TaskLimits
from tests.resume.test_stamp import STAMP, pages_of

LIMITS = TaskLimits(cpu_seconds=6)

linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the kernel's own confinement is Linux's",
)


def fork_server_process() -> int:
    """The process that workers are forked from."""
    process: int = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # there is no public way
    return process


def environment_of(process: int) -> bytes:
    """With what a process was started."""
    return Path(f"/proc/{process}/environ").read_bytes()


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    made = RenderPool(PoolSettings(workers=2, seconds_per_task=10, limits=LIMITS))
    made.start()
    yield made
    await made.stop()


@pytest.fixture
async def hasty() -> AsyncIterator[RenderPool]:
    made = RenderPool(PoolSettings(workers=1, seconds_per_task=1, limits=LIMITS))
    made.start()
    yield made
    await made.stop()


async def test_a_resume_is_made_stamped_and_kept(pool: RenderPool) -> None:
    cache = PdfCache()
    request = papers.request(photo=papers.photo())
    first = await resume_pdf(pool, cache, request)
    assert await resume_pdf(pool, cache, request) is first
    assert "R-20261123-8F3K2Q" in pages_of(await stamped(pool, cache, first, STAMP))[0]


async def test_work_is_done_in_another_process_while_the_loop_goes_on(pool: RenderPool) -> None:
    assert await pool.run(tasks.who) != os.getpid()
    making = asyncio.create_task(resume_pdf(pool, PdfCache(), papers.request()))
    turns = 0
    while not making.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert (await making).startswith(b"%PDF")
    assert turns > 20


async def test_a_hung_worker_is_stopped_and_the_pool_goes_on(hasty: RenderPool) -> None:
    with pytest.raises(WorkTimedOut):
        await hasty.run(tasks.hang)
    assert await hasty.run(tasks.add, 1, 2) == 3


async def test_a_dying_worker_is_replaced(pool: RenderPool) -> None:
    with pytest.raises(WorkerLost):
        await pool.run(tasks.die)
    assert await pool.run(tasks.add, 1, 2) == 3


async def test_idle_workers_that_are_killed_are_replaced(pool: RenderPool) -> None:
    assert await pool.run(tasks.add, 1, 2) == 3
    for making in pool._spare:
        (await asyncio.wrap_future(making)).kill()
    assert await pool.run(tasks.add, 1, 2) == 3


async def test_a_fork_server_that_is_killed_is_replaced(pool: RenderPool) -> None:
    await pool.run(tasks.who)
    for making in pool._spare:
        await asyncio.wrap_future(making)
    os.kill(fork_server_process(), signal.SIGKILL)
    assert [await pool.run(tasks.add, number, 1) for number in range(4)] == [1, 2, 3, 4]


async def test_a_fork_server_that_is_at_its_end_is_not_asked_again_and_again(
    pool: RenderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel takes a while to end a process; meanwhile it is one, and no longer answers."""
    await pool.run(tasks.who)
    for making in pool._spare:
        (await asyncio.wrap_future(making)).kill()
    runs, connect, looks = fork_server._runs, forkserver.connect_to_new_process, [True] * 20

    def does_not_answer(handles: list[int]) -> tuple[int, int]:
        if looks:
            raise EOFError
        return connect(handles)

    monkeypatch.setattr(fork_server, "_runs", lambda: looks.pop() if looks else runs())
    monkeypatch.setattr(forkserver, "connect_to_new_process", does_not_answer)
    assert await pool.run(tasks.add, 1, 2) == 3
    assert not looks


def environment_of_the_next_fork_server() -> bytes:
    """Of the one that multiprocessing starts when ours has ended unseen."""
    ended = fork_server_process()
    os.kill(ended, signal.SIGKILL)
    os.waitid(os.P_PID, ended, os.WEXITED | os.WNOWAIT)
    process = fork_server.CONTEXT.Process(target=tasks.who)
    process.start()
    process.join()
    assert fork_server_process() != ended
    return Path(f"/proc/{fork_server_process()}/environ").read_bytes()


@linux
async def test_p9_a_fork_server_is_never_started_with_the_portals_environment(
    pool: RenderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by multiprocessing itself either, which starts another where it finds the one it knew dead."""
    await pool.run(tasks.who)
    for making in pool._spare:
        await asyncio.wrap_future(making)
    monkeypatch.setenv("PORTAL_CANARY", "sings")
    assert b"sings" not in await asyncio.to_thread(environment_of_the_next_fork_server)


async def test_a_worker_that_computes_too_long_ends(pool: RenderPool) -> None:
    with pytest.raises((WorkerLost, WorkTimedOut)):
        await pool.run(tasks.spin)
    assert await pool.run(tasks.add, 1, 2) == 3


async def test_a_worker_that_wants_too_much_memory_is_refused(pool: RenderPool) -> None:
    with pytest.raises(WorkTooBig):
        await pool.run(tasks.eat)


async def test_p9_an_unforeseen_error_tells_its_kind_and_place_only(pool: RenderPool) -> None:
    with pytest.raises(WorkBroken) as caught:
        await pool.run(tasks.fail_awkwardly)
    assert "secret" not in str(caught.value)
    assert "Awkward at tasks.py:" in str(caught.value)
    assert await pool.run(tasks.add, 1, 2) == 3


@linux
async def test_a_worker_has_no_network_and_starts_no_program(pool: RenderPool) -> None:
    for task in (tasks.connect, tasks.start_program):
        with pytest.raises(WorkBroken, match="PermissionError"):
            await pool.run(task)
    assert await pool.run(tasks.socket_by_number) == 1


@linux
async def test_a_worker_reads_no_secret_and_writes_nothing(pool: RenderPool, tmp_path: Path) -> None:
    secret = tmp_path / "master.key"
    secret.write_bytes(b"k" * 32)
    with pytest.raises(WorkBroken, match="PermissionError"):
        await pool.run(tasks.read_file, str(secret))
    with pytest.raises(WorkBroken, match=r"PermissionError|OSError"):
        await pool.run(tasks.write_file, str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


async def test_p9_neither_a_worker_nor_what_it_is_forked_from_knows_the_portals_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # there is no public way
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://secret")
    made = RenderPool(PoolSettings(workers=1, limits=LIMITS))
    made.start()
    try:
        assert not [name for name in await made.run(tasks.environment) if name.startswith("PORTAL")]
        assert b"secret" not in environment_of(fork_server_process())
        assert os.environ["PORTAL_DATABASE_URL"] == "postgresql://secret"
    finally:
        await made.stop()


async def test_no_worker_does_a_second_task(pool: RenderPool) -> None:
    assert len({await pool.run(tasks.who) for _ in range(6)}) == 6


async def test_a_worker_has_nothing_open_but_its_own_two_channels(pool: RenderPool) -> None:
    assert await pool.run(tasks.open_files) == 2


@pytest.mark.parametrize("forgery", [tasks.forge, tasks.blame])
async def test_an_answer_is_read_and_not_done(
    pool: RenderPool, forgery: Callable[[str], object], tmp_path: Path
) -> None:
    with pytest.raises(WorkerLost, match="answered what it may not"):
        await pool.run(forgery, str(tmp_path / "mark"))
    assert not (tmp_path / "mark").exists()


async def test_a_task_that_is_given_up_frees_its_place(hasty: RenderPool) -> None:
    given_up = asyncio.create_task(hasty.run(tasks.hang))
    await asyncio.sleep(0.2)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await hasty.run(tasks.add, 1, 2) == 3


async def test_a_running_task_ends_with_its_pool(pool: RenderPool) -> None:
    running = asyncio.create_task(pool.run(tasks.hang))
    await asyncio.sleep(0.2)
    await pool.stop()
    with pytest.raises(WorkerLost):
        await running


async def test_a_pool_that_is_stopped_says_so(pool: RenderPool) -> None:
    await pool.stop()
    with pytest.raises(PoolClosed):
        await pool.run(tasks.who)


async def test_cleaning_in_a_worker(pool: RenderPool) -> None:
    result = await cleaned_document(pool, hostile.pdf_with(hostile.add_form), "a.pdf")
    assert result.pages == 1
    assert (await cleaned_photo(pool, hostile.tagged_jpeg(), "a.jpg")).jpeg.startswith(b"\xff\xd8")
    with pytest.raises(Refused) as caught:
        await cleaned_document(pool, hostile.zip_bytes(), "a.pdf")
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE


@pytest.mark.parametrize(("colour", "samples"), [(2, 3), (6, 4), (4, 2)], ids=["RGB", "RGBA", "LA"])
async def test_the_largest_pictures_that_are_said_to_be_taken(colour: int, samples: int) -> None:
    memory = Settings.model_fields["render_memory_mb"].default * MEBIBYTE
    pool = RenderPool(PoolSettings(workers=1, seconds_per_task=60, limits=TaskLimits(memory_bytes=memory)))
    pool.start()
    try:
        largest = png((7071, 7071), colour, samples=samples)
        assert (await cleaned_document(pool, largest, "a.png")).pages == 1
        assert (await cleaned_photo(pool, largest, "a.png")).jpeg
    finally:
        await pool.stop()


async def test_a_document_that_hangs_its_reader_is_a_bomb(hasty: RenderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.resume.make.clean_document", tasks.hang_on)
    with pytest.raises(Refused) as caught:
        await cleaned_document(hasty, b"x", "a.pdf")
    assert caught.value.reason is Reason.BOMB
