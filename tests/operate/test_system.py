"""What a bare machine lacks is named, each package once."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.operate import system
from portal.settings import PROJECT


def _named(path: Path, *arguments: str) -> list[str]:
    command = [sys.executable, "-m", "portal.operate.system", *arguments]
    return subprocess.run(
        command, env={"PATH": str(path)}, cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def test_the_tests_need_a_browser_its_driver_and_a_reader_of_pdfs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "_loads", lambda name: False)
    browsers = ["chromium", "chromium-headless-shell"]
    assert system.packages(system.missing_for_tests()) == [*browsers, "libatomic1", "poppler-utils"]
    monkeypatch.setattr(system, "_loads", lambda name: True)
    for name in ("google-chrome", "pdftotext"):
        (tmp_path / name).touch(0o755)
    assert system.missing_for_tests() == []
    (tmp_path / "chromium").touch(0o755)
    assert system.packages(system.missing_for_tests()) == browsers[1:]
    (tmp_path / browsers[1]).touch(0o755)
    assert system.missing_for_tests() == []


def test_setup_asks_for_them_only_with_tests(tmp_path: Path) -> None:
    without = set(_named(tmp_path))
    assert {"fontconfig", "fonts-noto-cjk", "fonts-noto-core"} <= without
    assert {"chromium", "poppler-utils"} <= set(_named(tmp_path, "--tests")) - without
