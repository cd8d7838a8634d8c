"""What a bare machine lacks is named, each package once."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.operate.system import missing_for_tests, packages
from portal.settings import PROJECT


def _named(path: Path, *arguments: str) -> list[str]:
    command = [sys.executable, "-m", "portal.operate.system", *arguments]
    return subprocess.run(
        command, env={"PATH": str(path)}, cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def test_the_tests_need_a_browser_and_a_reader_of_pdfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert packages(missing_for_tests()) == ["chromium", "poppler-utils"]
    for name in ("google-chrome", "pdftotext"):
        (tmp_path / name).touch(0o755)
    assert missing_for_tests() == []


def test_setup_asks_for_them_only_with_tests(tmp_path: Path) -> None:
    fonts = ["fontconfig", "fonts-noto-cjk", "fonts-noto-core"]
    assert set(fonts) <= set(_named(tmp_path))
    assert set(_named(tmp_path, "--tests")) - set(_named(tmp_path)) == {"chromium", "poppler-utils"}
