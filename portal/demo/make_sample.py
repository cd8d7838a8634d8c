"""Writes the made part of `sample/`: `python -m portal.demo.make_sample [FOLDER]`.

The candidates' folders and the tables consents, introductions and outcomes are made from the cast;
the other tables and the texts are written by hand and left as they are. The same cast with the same
fonts gives the same bytes.
"""

import csv
import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from portal.demo.cast import Person, everyone, json_resume
from portal.demo.papers import resume_pdf, scan_lines
from portal.demo.pictures import as_bytes, portrait, scan
from portal.demo.scenario import consents, introductions, outcomes

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


def main(folder: Path) -> None:
    """Make everything that is made, anew."""
    people = everyone()
    shutil.rmtree(folder / "candidates", ignore_errors=True)
    for person in people:
        _write_person(folder / "candidates" / person.ref, person)
    _write_table(folder / "consents.csv", consents(people))
    _write_table(folder / "introductions.csv", introductions(people))
    _write_table(folder / "outcomes.csv", outcomes(people))


def _write_person(folder: Path, person: Person) -> None:
    folder.mkdir(parents=True)
    text = json.dumps(json_resume(person), ensure_ascii=False, indent=2)
    (folder / "resume.json").write_text(text + "\n", encoding="utf-8")
    photo = as_bytes(portrait(person), "jpg") if person.photo else None
    if photo:
        (folder / "photo.jpg").write_bytes(photo)
    if person.file == "pdf":
        (folder / "resume.pdf").write_bytes(resume_pdf(person, photo))
    elif person.file:
        picture = as_bytes(scan(person, scan_lines(person)), person.file)
        (folder / f"resume.{person.file}").write_bytes(picture)


def _write_table(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
