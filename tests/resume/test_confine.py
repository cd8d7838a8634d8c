"""A confined worker changes nothing about any file and reaches no other process, on any kernel that can hold it."""

import os
import pwd
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.resume import landlock
from portal.resume.cache import PdfCache
from portal.resume.failures import WorkerLost
from portal.resume.launcher import Launcher
from portal.resume.make import cleaned_photo, resume_pdf
from portal.resume.pool import PoolSettings, RenderPool
from portal.resume.seccomp import newest
from portal.resume.system_calls import filter_program
from portal.settings import PROJECT
from tests.documents import hostile
from tests.resume import meddling, papers, tasks
from tests.resume.limits import TESTS, TaskLimits
from tests.resume.test_pool import linux

ALLOW, REFUSE, UNKNOWN, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN, OTHER = 4711, 4712


@dataclass(frozen=True)
class Canary:
    """A file that a worker may read, in a folder of its own, and a process that it may not end."""

    file: Path
    process: "subprocess.Popen[bytes]"

    def looks(self) -> tuple[object, ...]:
        """Everything that meddling would change."""
        seen = self.file.stat()
        kept = (seen.st_mode, seen.st_uid, seen.st_gid, seen.st_mtime_ns, seen.st_nlink)
        names = sorted(path.name for path in self.file.parent.iterdir())
        return self.file.read_bytes(), kept, os.listxattr(self.file), names, self.process.poll()


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    folder = tmp_path / "readable"
    folder.mkdir()
    file = folder / "canary"
    file.write_bytes(b"sings")
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield Canary(file, process)
        process.kill()


@linux
async def test_a_worker_changes_nothing_about_a_file_and_ends_no_process(launcher: Launcher, canary: Canary) -> None:
    readable = (TESTS, str(canary.file.parent))
    pool = RenderPool(PoolSettings(workers=1, seconds_per_task=20, limits=TaskLimits(readable=readable)), launcher)
    before = canary.looks()
    pool.start()
    try:
        done = await pool.run(meddling.attempt, sorted(meddling.WAYS), str(canary.file), canary.process.pid)
    finally:
        await pool.stop()
    assert done == []
    assert canary.looks() == before


OLDER_KERNEL = """
import os
from portal.resume import confine, landlock
from tests.documents import hostile
from tests.resume import meddling, papers, tasks
newest = landlock.handled
VERSION = {version}
landlock.handled = lambda _version: newest(VERSION)
if not VERSION:
    confine.read_only = lambda _places: False
confine.confine(confine.Limits(readable=({folder!r},)))
os._exit(len(meddling.attempt({ways!r}, {file!r}, {process})))
"""


@linux
@pytest.mark.parametrize(
    ("version", "ways"),
    [(0, [*meddling.REFUSED_BY_THE_FILTER]), (1, [way for way in meddling.WAYS if way != "empty while opening"])],
)
def test_on_an_older_kernel_it_is_as_much_as_that_can_hold(canary: Canary, version: int, ways: list[str]) -> None:
    file, before = canary.file, canary.looks()
    program = OLDER_KERNEL.format(
        version=version, folder=str(file.parent), ways=ways, file=str(file), process=canary.process.pid
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == 0
    assert canary.looks() == before


@linux
async def test_a_worker_holds_no_capability_and_works(launcher: Launcher) -> None:
    pool = RenderPool(PoolSettings(workers=1, limits=TaskLimits()), launcher)
    pool.start()
    try:
        left = await pool.run(tasks.capabilities)
        assert b"%PDF" in await resume_pdf(pool, PdfCache(), papers.request())
        assert (await cleaned_photo(pool, hostile.tagged_jpeg(), "a.jpg")).jpeg
    finally:
        await pool.stop()
    kinds = ("Inh", "Prm", "Eff", "Amb", "Bnd") if os.geteuid() == 0 else ("Inh", "Prm", "Eff", "Amb")
    assert {kind: left[kind] for kind in kinds} == dict.fromkeys(kinds, 0)


@linux
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can read another account's closed folder")
async def test_root_goes_on_reading_what_it_needs_in_another_accounts_closed_folder(
    launcher: Launcher, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    (closed / "code").mkdir(parents=True)
    (closed / "code" / "page").write_bytes(b"text")
    os.chown(closed, pwd.getpwnam("nobody").pw_uid, -1)
    closed.chmod(0o700)
    pool = RenderPool(PoolSettings(workers=1, limits=TaskLimits(readable=(TESTS, str(closed / "code")))))
    pool.start()
    try:
        assert await pool.run(tasks.read_file, str(closed / "code" / "page")) == b"text"
        left = await pool.run(tasks.capabilities)
    finally:
        await pool.stop()
    assert (left["Prm"], left["Eff"], left["Bnd"]) == (4, 4, 0)


WITHOUT_ANY = """
import os
from portal.resume.capabilities import drop_all
from portal.resume.confine import Limits, confine
drop_all(needed=[])
confine(Limits())
os._exit(0)
"""


@linux
def test_who_has_no_capability_to_drop_is_confined_all_the_same() -> None:
    assert subprocess.run([sys.executable, "-c", WITHOUT_ANY], cwd=PROJECT, check=False).returncode == 0


@linux
async def test_a_worker_may_end_itself(launcher: Launcher) -> None:
    pool = RenderPool(PoolSettings(workers=1, limits=TaskLimits()), launcher)
    pool.start()
    try:
        with pytest.raises(WorkerLost, match=str(-signal.SIGABRT)):
            await pool.run(os.abort)
    finally:
        await pool.stop()


@pytest.mark.parametrize(
    ("version", "files", "network", "scopes"),
    [
        (1, 0x1FFF, 0, 0),
        (2, 0x3FFF, 0, 0),
        (3, 0x7FFF, 0, 0),
        (4, 0x7FFF, 3, 0),
        (5, 0xFFFF, 3, 0),
        (6, 0xFFFF, 3, 3),
        (99, 0xFFFF, 3, 3),
    ],
)
def test_a_kernel_is_asked_for_what_it_knows_and_no_more(version: int, files: int, network: int, scopes: int) -> None:
    assert struct.unpack("=QQQ", landlock.handled(version)) == (files, network, scopes)


def _holds(code: int, loaded: int, value: int) -> bool:
    return {0x15: loaded == value, 0x25: loaded > value, 0x45: bool(loaded & value)}[code]


def judged(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the filter of a worker with the number OWN says of a call, run as the kernel runs it."""
    told = struct.pack("=IIQ6Q", number, architecture or MACHINES[machine], 0, *arguments, *(0,) * (6 - len(arguments)))
    steps = list(struct.iter_unpack("HBBI", filter_program(MACHINES[machine], OWN)))
    at, loaded = 0, 0
    while True:
        code, when, otherwise, value = steps[at]
        at += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            (loaded,) = struct.unpack_from("=I", told, value)
        else:
            at += when if _holds(code, loaded, value) else otherwise


@pytest.mark.parametrize(
    ("machine", "read", "chmod", "kill", "prlimit", "ioctl"),
    [("x86_64", 0, 91, 62, 302, 16), ("aarch64", 63, 52, 129, 261, 29)],
)
def test_the_filter_of_each_processor(machine: str, read: int, chmod: int, kill: int, prlimit: int, ioctl: int) -> None:
    assert judged(machine, read) == ALLOW
    assert judged(machine, chmod) == REFUSE
    assert [judged(machine, kill, of, 9) for of in (OWN, OTHER, 0, 2**64 - 1)] == [ALLOW, REFUSE, REFUSE, REFUSE]
    assert [judged(machine, prlimit, of) for of in (0, OWN, OTHER)] == [ALLOW, ALLOW, REFUSE]
    assert [judged(machine, ioctl, 0, request) for request in (0x5401, 0x5451, 0x40086602)] == [ALLOW, ALLOW, REFUSE]
    assert judged(machine, 0x40000000) == UNKNOWN  # the x32 form of a call
    assert judged(machine, newest(MACHINES[machine]) + 1) == UNKNOWN  # nobody could have named it here
    assert judged(machine, read, architecture=1) == KILL
