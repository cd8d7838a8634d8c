"""The invented people, from `cast/*.toml` to JSON Resume files. `cast/README.md` explains the keys."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CAST = Path(__file__).parent / "cast"


@dataclass(frozen=True, slots=True)
class Sent:
    """One introduction of a person: to which opening, how far it came, on which kind of consent."""

    opening: str
    stage: str
    days: int
    consent: str
    result: str | None = None
    decided_days: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, with lists where the file has rows."""

    ref: str
    name: list[str]
    facts: list[str]
    lives: list[str]
    reach: list[str]
    japanese: list[Any]
    label: str
    work: list[list[Any]]
    school: list[list[str]]
    licences: list[list[str]]
    skills: list[list[Any]]
    languages: list[str]
    status: list[str]
    summary: str
    motivation: str = ""
    wishes: str = ""
    available: str = ""
    lang: str = "ja"
    file: str = ""
    photo: bool = False
    holds: str = ""
    regime: str = "general"
    restricted: str = ""
    objected: str = ""
    sent: list[Sent] = field(default_factory=list)
    also: list[list[str]] = field(default_factory=list)


def everyone() -> list[Person]:
    """The whole cast, in the order of their references."""
    found = []
    for path in sorted(CAST.glob("*.toml")):
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["person"]:
            each["sent"] = [Sent(*row) for row in each["sent"]]
            found.append(Person(**each))
    return sorted(found, key=lambda person: person.ref)


def json_resume(person: Person) -> Any:
    """The person as a JSON Resume with the extension; fields without a value are left out."""
    display, _family, _given, *_rest = person.name
    country, postal, region, city, line = person.lives
    return without_empty(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": {
                "name": display,
                "label": person.label,
                "email": person.reach[0],
                "phone": person.reach[1],
                "summary": person.summary,
                "location": {
                    "address": line,
                    "postalCode": postal,
                    "city": city,
                    "countryCode": country,
                    "region": region,
                },
                "x-shokai": _extension(person),
            },
            "work": [_work(row) for row in person.work],
            "education": [
                dict(zip(("institution", "area", "studyType", "startDate", "endDate"), row, strict=True))
                for row in person.school
            ],
            "certificates": [dict(zip(("name", "issuer", "date"), row, strict=True)) for row in person.licences],
            "skills": [dict(zip(("name", "level", "keywords"), row, strict=True)) for row in person.skills],
            "languages": [
                dict(zip(("language", "fluency"), each.split(":"), strict=True)) for each in person.languages
            ],
            "meta": {"version": "v1.0.0"},
        }
    )


def _work(row: list[Any]) -> dict[str, Any]:
    keys = ("name", "position", "startDate", "endDate", "location", "summary", "highlights")
    return dict(zip(keys, row, strict=True))


def _extension(person: Person) -> dict[str, Any]:
    _display, family, given, family_kana, given_kana, latin = person.name
    test, level, score, date = person.japanese
    code, expires, detail, permission, grade = [*person.status, *[""] * 5][:5]
    return {
        "regime": person.regime,
        "name": {
            "family": family,
            "given": given,
            "family_kana": family_kana,
            "given_kana": given_kana,
            "latin": latin,
        },
        "nationality": person.facts[0],
        "date_of_birth": person.facts[1],
        "gender": person.facts[2],
        "residence_status": {
            "code": code,
            "grade": grade,
            "detail": detail,
            "expires": expires,
            "extra_permission": permission,
        },
        "japanese_level": {"test": test, "level": level, "score": score or None, "date": date},
        "motivation": person.motivation,
        "wishes": person.wishes,
        "available_from": person.available,
        "resume_holds": _held(person),
        "restricted_at": person.restricted,
        "objected_at": person.objected,
    }


def _held(person: Person) -> str:
    """What the drawn file shows (`portal.demo.papers`); empty for none, and where nobody is said to have looked."""
    if person.holds == "unknown" or not person.file:
        return ""
    scanned = ["name", "email", "telephone", "background", "qualifications"]
    return ";".join(scanned if person.file != "pdf" else [*scanned, "address", *(["photo"] if person.photo else [])])


def without_empty(value: Any) -> Any:
    """The same JSON without the fields and lists that hold nothing."""
    if isinstance(value, dict):
        kept = {name: without_empty(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in ("", None, [], {})}
    if isinstance(value, list):
        return [without_empty(each) for each in value]
    return value
