"""Imports go one way, in the order of the design: `web` and `accesslog` know no domain."""

import subprocess
import sys
from pathlib import Path

from portal.settings import PROJECT

CONTRACT = Path(__file__).with_name("imports.ini")


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--config", CONTRACT, "--no-cache"], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stdout
