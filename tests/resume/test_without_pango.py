"""A machine without Pango does everything but set type."""

import os
import subprocess
import sys
from pathlib import Path

from portal.settings import PROJECT

MISSING = 'raise OSError("cannot load library")\n'
TRY = """
import asyncio

import portal.app
from portal.resume.cache import PdfCache
from portal.resume.confine import Limits
from portal.resume.make import cleaned_photo, resume_pdf
from portal.resume.failures import WorkBroken
from portal.resume.pool import PoolSettings, RenderPool
from tests.resume import papers


async def main():
    pool = RenderPool(PoolSettings(workers=1, limits=Limits(readable=({folder!r},))))
    pool.start()
    try:
        photo = await cleaned_photo(pool, papers.photo(), "photo.jpg")
        print("cleaned", len(photo.jpeg) > 0)
        await resume_pdf(pool, PdfCache(), papers.request())
    except WorkBroken as error:
        print(error)
    finally:
        await pool.stop()


if __name__ == "__main__":
    asyncio.run(main())
"""


def test_pages_and_cleaning_go_on_and_a_resume_says_why_not(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(MISSING)
    program = tmp_path / "try.py"
    program.write_text(TRY.format(folder=str(tmp_path)))
    told = subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{PROJECT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.stdout.splitlines() == ["cleaned True", "OSError at weasyprint.py:1 in _set_in_type"], told.stderr
    assert "Traceback" not in told.stderr
