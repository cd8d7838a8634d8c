"""Work on strangers' files is done apart, within limits, and never holds up a page."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from portal.documents.limits import MEBIBYTE
from portal.documents.refusals import Reason, Refused
from portal.resume.cache import PdfCache
from portal.resume.failures import NotConfined, PoolClosed, WorkBroken, WorkerLost, WorkFailed, WorkTimedOut, WorkTooBig
from portal.resume.launcher import Launcher
from portal.resume.make import cleaned_document, cleaned_photo, resume_pdf, stamped
from portal.resume.pool import PoolSettings, RenderPool
from portal.settings import Settings
from tests.documents import hostile
from tests.documents.test_pictures import png
from tests.resume import papers, tasks
from tests.resume.limits import TaskLimits, WithoutLibseccomp
from tests.resume.test_stamp import STAMP, pages_of

LIMITS = TaskLimits(cpu_seconds=6)

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own confinement is Linux's")


def workers_of(launcher: Launcher) -> set[int]:
    """The processes that were forked and have not ended."""
    return set(map(int, Path(f"/proc/{launcher.process}/task/{launcher.process}/children").read_text().split()))


def environment_of(launcher: Launcher) -> bytes:
    """With what the fork server was started."""
    return Path(f"/proc/{launcher.process}/environ").read_bytes()


def opened_by(launcher: Launcher) -> list[str]:
    """The names of what the fork server has open."""
    return [path.resolve().name for path in Path(f"/proc/{launcher.process}/fd").iterdir()]


async def killed(launcher: Launcher) -> int:
    """Kill the fork server, and wait for its end; the number that it had."""
    process = launcher.process
    assert process is not None
    os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # a task that waited for a worker may have seen its end before
        await asyncio.to_thread(os.waitid, os.P_PID, process, os.WEXITED | os.WNOWAIT)
    return process


async def until(happened: Callable[[], bool]) -> None:
    """Wait for it; a test that waits in vain ends with its own time."""
    while not happened():  # noqa: ASYNC110 - it happens in another process
        await asyncio.sleep(0.01)


@pytest.fixture
async def pool(launcher: Launcher) -> AsyncIterator[RenderPool]:
    made = RenderPool(PoolSettings(workers=2, seconds_per_task=10, limits=LIMITS), launcher)
    made.start()
    yield made
    await made.stop()


@pytest.fixture
async def hasty(launcher: Launcher) -> AsyncIterator[RenderPool]:
    made = RenderPool(PoolSettings(workers=1, seconds_per_task=1, limits=LIMITS), launcher)
    made.start()
    yield made
    await made.stop()


async def test_a_resume_is_made_stamped_and_kept(pool: RenderPool) -> None:
    cache = PdfCache()
    request = papers.request(photo=papers.photo())
    first = await resume_pdf(pool, cache, request)
    assert await resume_pdf(pool, cache, request) is first
    assert "R-20261123-8F3K2Q" in pages_of((await stamped(pool, cache, first, STAMP))[0])[0]


async def test_a_confined_worker_takes_joined_letters_apart(pool: RenderPool) -> None:
    items = {"name": {**papers.all_items()["name"], "display": "علاء صلاح الإسلام"}}
    pdf = await resume_pdf(pool, PdfCache(), papers.request(items))  # type: ignore[arg-type]  # a plain dict is one
    assert "علاءصلاحالإسلام" in papers.text_of(pdf)


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


@linux
async def test_idle_workers_that_are_killed_are_replaced(pool: RenderPool, launcher: Launcher) -> None:
    assert await pool.run(tasks.add, 1, 2) == 3
    idle = workers_of(launcher)
    for process in idle:
        os.kill(process, signal.SIGKILL)
    await until(lambda: not idle & workers_of(launcher))
    assert await pool.run(tasks.add, 1, 2) == 3


async def test_a_fork_server_that_is_killed_is_replaced(pool: RenderPool, launcher: Launcher) -> None:
    await pool.run(tasks.who)
    ended = await killed(launcher)
    assert [await pool.run(tasks.add, number, 1) for number in range(4)] == [1, 2, 3, 4]
    assert launcher.process not in (ended, None)


async def test_a_fork_server_that_is_ending_is_replaced(pool: RenderPool, launcher: Launcher) -> None:
    """The kernel takes a while to end a process; meanwhile it may be asked, and no longer answers."""
    await pool.run(tasks.who)
    assert launcher.process is not None
    os.kill(launcher.process, signal.SIGKILL)
    assert [await pool.run(tasks.add, number, 1) for number in range(4)] == [1, 2, 3, 4]


async def test_a_fork_server_that_no_longer_listens_is_replaced(pool: RenderPool, launcher: Launcher) -> None:
    await pool.run(tasks.who)
    stopped = launcher.process
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    while launcher.process == stopped:  # what it is sent fills its socket, until nothing more goes in
        for end in launcher.launch():
            end.close()
    assert await pool.run(tasks.add, 1, 2) == 3


@linux
async def test_a_task_goes_on_when_the_fork_server_dies(pool: RenderPool, launcher: Launcher, tmp_path: Path) -> None:
    working = asyncio.create_task(pool.run(tasks.wait_and_add, 0.5, 1, 2))
    await until(lambda: any(worker._streams for worker in pool._busy))
    await asyncio.sleep(0.2)
    await killed(launcher)
    assert await working == 3


async def test_a_hung_task_is_given_up_although_the_fork_server_died(hasty: RenderPool, launcher: Launcher) -> None:
    await hasty.run(tasks.who)
    hanging = asyncio.create_task(hasty.run(tasks.hang))
    await asyncio.sleep(0.5)
    await killed(launcher)
    with pytest.raises(WorkTimedOut):
        await hanging
    assert await hasty.run(tasks.add, 1, 2) == 3


async def test_a_worker_that_computes_too_long_ends(launcher: Launcher) -> None:
    pool = RenderPool(PoolSettings(workers=1, seconds_per_task=10, limits=TaskLimits(cpu_seconds=1)), launcher)
    pool.start()
    with pytest.raises((WorkerLost, WorkTimedOut)):
        await pool.run(tasks.spin)
    assert await pool.run(tasks.add, 1, 2) == 3
    await pool.stop()


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


@linux
async def test_p9_neither_a_worker_nor_what_it_is_forked_from_knows_the_portals_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not the first fork server, and not one that takes its place."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://secret")
    launcher = Launcher()
    made = RenderPool(PoolSettings(workers=1, limits=LIMITS), launcher)
    made.start()
    try:
        for _ in range(2):
            assert not [name for name in await made.run(tasks.environment) if name.startswith("PORTAL")]
            assert b"secret" not in environment_of(launcher)
            await killed(launcher)
    finally:
        await made.stop()
        launcher.end()


@linux
async def test_a_fork_server_has_nothing_open_of_the_portals(
    pool: RenderPool, launcher: Launcher, tmp_path: Path
) -> None:
    await pool.run(tasks.who)
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        fresh = Launcher()
        fresh.launch()
        opened = opened_by(fresh)
        fresh.end()
    assert opened
    assert "open" not in opened


@linux
async def test_nothing_is_done_where_a_worker_cannot_be_confined(
    launcher: Launcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = RenderPool(PoolSettings(workers=1, limits=WithoutLibseccomp()), launcher)
    made.start()
    try:
        with pytest.raises(NotConfined, match="libseccomp2"):
            await made.run(tasks.write_file, str(tmp_path / "new"))
    finally:
        await made.stop()
    assert not (tmp_path / "new").exists()


async def test_no_worker_does_a_second_task(pool: RenderPool) -> None:
    assert len({await pool.run(tasks.who) for _ in range(6)}) == 6


async def test_a_worker_has_nothing_open_but_its_own_channel(pool: RenderPool) -> None:
    assert await pool.run(tasks.open_files) == 1


@linux
async def test_no_worker_is_left_when_its_pool_is_stopped(pool: RenderPool, launcher: Launcher) -> None:
    hanging = asyncio.create_task(pool.run(tasks.hang))
    await until(lambda: bool(pool._busy))
    await pool.stop()
    with pytest.raises(WorkFailed):
        await hanging
    await until(lambda: not workers_of(launcher))


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
    with pytest.raises(WorkFailed):
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
async def test_the_largest_pictures_that_are_said_to_be_taken(launcher: Launcher, colour: int, samples: int) -> None:
    memory = Settings.model_fields["render_memory_mb"].default * MEBIBYTE
    pool = RenderPool(PoolSettings(workers=1, seconds_per_task=60, limits=TaskLimits(memory_bytes=memory)), launcher)
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
