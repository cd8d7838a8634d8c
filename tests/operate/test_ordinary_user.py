"""Everything also runs for an ordinary user, as that user."""

import os
import pwd
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.settings import PROJECT
from tests.operate.running import READY, free_port, new_home, wait_until_gone

ENVIRONMENT = {
    "PATH": os.defpath,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": f"{PROJECT}:{sysconfig.get_path('purelib')}",
}

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as one already")


def _interpreter(uid: int) -> str | None:
    """A Python like this one with which the user can run the portal; either may be in root's closed home."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for name in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            done = subprocess.run(
                [name, "-c", "import portal.cli"], user=uid, cwd="/", env=ENVIRONMENT, check=False, capture_output=True
            )
        except OSError:
            continue
        if done.returncode == 0:
            return name
    return None


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that belongs to nobody, the user."""
    with new_home() as made:
        nobody = pwd.getpwnam("nobody")
        os.chown(made, nobody.pw_uid, nobody.pw_gid)
        yield made


def test_an_ordinary_user_runs_everything_as_themselves(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    python = _interpreter(nobody.pw_uid)
    if python is None:
        pytest.skip("this Python or the portal itself is in a folder closed to others")
    process = subprocess.Popen(
        [python, "-u", "-m", "portal.cli", "up", "--no-demo", "--home", str(home), "--port", str(free_port())],
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        cwd="/",
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith(READY):
            break
    process.terminate()
    process.wait(30)
    assert READY in said, said
    wait_until_gone(home)
    owners = {path.lstat().st_uid for path in home.rglob("*")}
    assert owners == {nobody.pw_uid}
