"""The disclosed items as a resume's cells.

Promise: a cell is filled from its own item only. An age is not worked out from a birth date, nor
anything else from anything else: an item that is not open stays closed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from portal.candidates.residence import residence_name
from portal.language.addresses import address
from portal.language.formats import country_name, telephone
from portal.language.i18n import speaking
from portal.resume.calendars import parsed
from portal.resume.history import (
    Line,
    Writer,
    education_lines,
    schools,
    work_lines,
    work_posts,
)
from portal.resume.request import ResumeRequest
from portal.resume.text import MANY, long, short

View = dict[str, Any]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _entries(value: object) -> list[Mapping[str, Any]]:
    given = value if isinstance(value, list) else []
    return [entry for entry in given[:MANY] if isinstance(entry, Mapping)]


def _name(given: object) -> View:
    name = _mapping(given)
    display, latin = short(name.get("display")), short(name.get("latin"))
    kana = " ".join(filter(None, (short(name.get("family_kana")), short(name.get("given_kana")))))
    return {"display": display or latin, "kana": kana, "latin": latin}


def _address(given: object) -> str:
    place = _mapping(given)
    parts = {part: short(place.get(part)) for part in ("postal_code", "region", "city", "line")}
    return address({**parts, "country": short(place.get("country")).upper()})


def _residence(given: object, writer: Writer) -> View:
    status = _mapping(given)
    code = short(status.get("code"))
    grade = short(status.get("grade"))
    names = {residence_name(code, language, grade) for language in ("ja", "en")}
    detail = short(status.get("detail"))
    return {
        "name": residence_name(code, writer.language, grade),
        "detail": None if detail in names else detail,
        "expires": writer.text(status.get("expires")),
        "work": short(status.get("work")),
    }


def _japanese(given: object, writer: Writer) -> View:
    level = _mapping(given)
    score = level.get("score")
    return {
        "test": short(level.get("test")),
        "level": short(level.get("level")),
        "score": str(score) if isinstance(score, int) else "",
        "date": writer.text(level.get("date")),
        "cefr": short(level.get("cefr")),
    }


def _qualifications(given: object, writer: Writer) -> list[Line]:
    def order(entry: Mapping[str, Any]) -> str:
        return str(entry.get("date") or "9999")

    return [
        writer.line(
            parsed(short(entry.get("date"))),
            "graduated",
            short(entry.get("name")),
            short(entry.get("issuer")),
        )
        for entry in sorted(_entries(given), key=order)
    ]


def _background(given: object, writer: Writer) -> View:
    background = _mapping(given)
    return {
        "label": short(background.get("label")),
        "summary": long(background.get("summary")),
        "education": education_lines(background.get("education"), writer),
        "work": work_lines(background.get("work"), writer),
        "schools": schools(background.get("education"), writer),
        "posts": work_posts(background.get("work"), writer),
        "skills": [
            {
                "name": short(skill.get("name")),
                "level": short(skill.get("level")),
                "keywords": [word for word in map(short, list(skill.get("keywords") or [])[:MANY]) if word],
            }
            for skill in _entries(background.get("skills"))
        ],
        "languages": [
            {"language": short(one.get("language")), "fluency": short(one.get("fluency"))}
            for one in _entries(background.get("languages"))
        ],
        "motivation": long(background.get("motivation")),
        "wishes": long(background.get("wishes")),
        "available_from": writer.text(background.get("available_from")),
    }


def view_of(request: ResumeRequest) -> View:
    """Everything the templates need: `open` (codes of the items there are), `missing`, and a value per open item."""
    writer = Writer(request.calendar, request.language, request.made_on)
    items: Mapping[str, Any] = request.items
    view: View = {
        "open": frozenset(items),
        "missing": request.missing,
        "code": short(request.code),
        "calendar": request.calendar,
        "made_on": writer.text(request.made_on.isoformat()),
        "has_photo": "photo" in items and request.photo is not None,
    }
    makers: dict[str, Callable[[Any], object]] = {
        "name": _name,
        "email": short,
        "nationality": lambda code: country_name(short(code).upper()),
        "address": _address,
        "date_of_birth": writer.text,
        "age": lambda years: str(years) if isinstance(years, int) else "",
        "gender": short,
        "telephone": lambda number: telephone(short(number)),
        "background": lambda given: _background(given, writer),
        "qualifications": lambda given: _qualifications(given, writer),
        "residence_status": lambda given: _residence(given, writer),
        "japanese_level": lambda given: _japanese(given, writer),
    }
    with speaking(request.language):
        return view | {code: make(items[code]) for code, make in makers.items() if code in items}
