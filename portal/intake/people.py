"""The candidates of a folder: one folder each, its name the candidate's reference.

`candidates/<reference>/resume.json`, and beside it at most one resume.pdf, .jpg, .jpeg or .png (the
person's own file) and one photo. They are read one person at a time, however many there are.
"""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from portal.intake.explain import problems_of
from portal.intake.json_resume import Resume
from portal.intake.limits import RESUME_BYTES
from portal.intake.problems import Problem, Unreadable, quoted
from portal.intake.tables import check_file
from portal.intake.values import Reference
from portal.language.i18n import N_

FOLDER = "candidates"
DATA = "resume.json"
ORIGINALS = ("resume.pdf", "resume.jpg", "resume.jpeg", "resume.png")
PHOTOS = ("photo.jpg", "photo.jpeg", "photo.png")
KNOWN = frozenset({DATA, *ORIGINALS, *PHOTOS})
LEFT_BY_WINDOWS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
LARGEST_DOCUMENT = 50 * 1024 * 1024
_reference: TypeAdapter[str] = TypeAdapter(Reference)


@dataclass(frozen=True, slots=True)
class Person:
    """One candidate as handed in. The files are bytes as received: nothing has looked into them yet."""

    reference: str
    place: str
    resume: Resume
    source_digest: bytes
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def person_folders(folder: Path) -> list[Path]:
    """The folders of the candidates, in the order of their references; none behind a link, which may lead anywhere."""
    people = folder / FOLDER
    if people.is_symlink() or not people.is_dir():
        return []
    return sorted(path for path in people.iterdir() if not is_passed_over(path.name))


def is_passed_over(name: str) -> bool:
    """Whether a file is one that a system or a program leaves in folders, which is nobody's."""
    return name.startswith((".", "~$")) or name.lower() in LEFT_BY_WINDOWS


def read_person(folder: Path, today: date | None = None) -> Person | list[Problem]:
    """One candidate, or everything that is wrong with the folder: a person is taken in whole or not at all. What must
    exist on the day is judged by `today`, which is today in Japan where it is not given."""
    try:
        return _read(folder, today)
    except Unreadable as refused:
        return [refused.problem]
    except ValidationError as refused:
        return problems_of(refused, f"{FOLDER}/{folder.name}/{DATA}", None)


def _read(folder: Path, today: date | None) -> Person:
    place = f"{FOLDER}/{folder.name}"
    reference = _checked_reference(folder, place)
    names = sorted(path.name for path in folder.iterdir() if not is_passed_over(path.name))
    if unknown := [name for name in names if name.lower() not in KNOWN]:
        known = ", ".join((DATA, *ORIGINALS, *PHOTOS))
        raise Unreadable(
            Problem(
                place,
                N_("only these files: {known}"),
                value=quoted(unknown[0]),
                details={"known": known},
            )
        )
    content = _bytes(folder / _only(names, (DATA,), place, DATA), f"{place}/{DATA}", RESUME_BYTES)
    files = {
        kind: (found.lower(), _bytes(folder / found, f"{place}/{found}", LARGEST_DOCUMENT))
        for kind, choices in (("resume_original", ORIGINALS), ("photo", PHOTOS))
        if (found := _only(names, choices, place))
    }
    resume = Resume.model_validate(_json(content, f"{place}/{DATA}"), context={"today": today})
    return Person(reference, place, resume, _digest(content, files), files)


def _checked_reference(folder: Path, place: str) -> str:
    if folder.is_symlink() or not folder.is_dir():
        raise Unreadable(Problem(place, N_("a folder for each candidate, named by the reference")))
    try:
        return _reference.validate_python(folder.name)
    except ValidationError as refused:
        raise Unreadable(replace(problems_of(refused, place, None)[0], value=None)) from None


def _bytes(path: Path, name: str, limit: int) -> bytes:
    check_file(path, name, limit)
    return path.read_bytes()


def _only(names: list[str], choices: tuple[str, ...], place: str, otherwise: str = "") -> str:
    """The one of the names that is among the choices, in whichever case; `otherwise` where there is none."""
    found = [name for name in names if name.lower() in choices]
    if len(found) > 1:
        raise Unreadable(
            Problem(
                place,
                N_("one file of: {known}"),
                value=quoted(", ".join(found)),
                details={"known": ", ".join(choices)},
            )
        )
    return found[0] if found else otherwise


def _each_once(name: str, pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, unless it says one thing twice: whoever reads it would see the first, and the last would count."""
    known: dict[str, object] = {}
    for key, value in pairs:
        if key in known:
            raise Unreadable(Problem(name, N_("each field once"), None, key))
        known[key] = value
    return known


def _json(content: bytes, name: str) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=partial(_each_once, name))
    except UnicodeDecodeError:
        raise Unreadable(Problem(name, N_("a text file in UTF-8"))) from None
    except json.JSONDecodeError as damage:
        raise Unreadable(
            Problem(
                name,
                N_("JSON; reading stops here: {reason}"),
                damage.lineno,
                details={"reason": damage.msg},
            )
        ) from None
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        raise Unreadable(Problem(name, N_("JSON nested as the schema says, not deeper"))) from None


def _digest(content: bytes, files: dict[str, tuple[str, bytes]]) -> bytes:
    """What the folder held, so that the same folder is known again without unpacking anything."""
    whole = hashlib.sha256(hashlib.sha256(content).digest())
    for kind, (name, document) in sorted(files.items()):
        whole.update(f"{kind}\0{name}\0".encode() + hashlib.sha256(document).digest())
    return whole.digest()
