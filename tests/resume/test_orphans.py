"""When the portal's own process is killed, neither a worker nor the fork server stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio
from pathlib import Path
from portal.resume.pool import PoolSettings, RenderPool
from tests.resume import tasks
from tests.resume.limits import TaskLimits

async def main():
    pool = RenderPool(PoolSettings(workers=2, seconds_per_task=600, limits=TaskLimits()))
    pool.start()
    hanging = asyncio.create_task(pool.run(tasks.hang))
    server = pool._launcher.process
    children = Path(f"/proc/{server}/task/{server}/children")
    while len(children.read_text().split()) < 3:
        await asyncio.sleep(0.01)
    print(server, children.read_text(), flush=True)
    await hanging

if __name__ == "__main__":
    asyncio.run(main())
"""


def running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killed_in_the_middle_of_a_hung_task(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, env=environment) as portal:
        assert portal.stdout is not None
        workers = {int(word) for word in portal.stdout.readline().split()}
        portal.send_signal(signal.SIGKILL)
    assert len(workers) == 4  # the fork server, one worker that hangs, two that wait
    end = time.monotonic() + 30
    while any(map(running, workers)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(map(running, workers))
