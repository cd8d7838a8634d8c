"""From a JSON Resume to the portal's items, one value per column of `personal.candidate_items`."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.candidates.items import (
    Address,
    Background,
    JapaneseLevel,
    Name,
    Qualification,
    ResidenceStatus,
)
from portal.candidates.residence import work_permission
from portal.intake.json_resume import Basics, Resume


@dataclass(frozen=True, slots=True)
class ItemValues:
    """Every item of a candidate but the photo, which is a document. The age follows from the date of birth."""

    name: Name
    email: str | None
    nationality: str | None
    address: Address | None
    date_of_birth: date | None
    gender: str | None
    telephone: str | None
    background: Background
    qualifications: list[Qualification]
    residence_status: ResidenceStatus | None
    japanese_level: JapaneseLevel | None


def item_values(resume: Resume, now: datetime) -> ItemValues:
    """The items of one resume; relative dates in it are counted from `now`."""
    basics, own = resume.basics, resume.basics.shokai
    return ItemValues(
        name=_name(basics),
        email=basics.email,
        nationality=own.nationality,
        address=_address(basics),
        date_of_birth=own.date_of_birth,
        gender=own.gender,
        telephone=basics.phone,
        background=_background(resume),
        qualifications=[{"name": each.name, "issuer": each.issuer, "date": each.date} for each in resume.certificates],
        residence_status=_residence(basics, now),
        japanese_level=own.japanese_level.item() if own.japanese_level else None,
    )


def _name(basics: Basics) -> Name:
    parts = basics.shokai.name
    return {
        "family": parts.family,
        "given": parts.given,
        "family_kana": parts.family_kana,
        "given_kana": parts.given_kana,
        "latin": parts.latin,
        "display": basics.name or " ".join(part for part in (parts.family, parts.given) if part),
    }


def _address(basics: Basics) -> Address | None:
    place = basics.location
    if place is None or place.country_code is None:
        return None
    return {
        "country": place.country_code,
        "postal_code": place.postal_code,
        "region": place.region,
        "city": place.city,
        "line": place.address,
    }


def _residence(basics: Basics, now: datetime) -> ResidenceStatus | None:
    status = basics.shokai.residence_status
    if status is None:
        return None
    return {
        "code": status.code,
        "grade": status.grade,
        "detail": status.detail,
        "expires": status.expires.on(now).isoformat() if status.expires else None,
        "work": work_permission(status.code, status.grade, extra_permission=status.extra_permission),
    }


def _background(resume: Resume) -> Background:
    own = resume.basics.shokai
    return {
        "label": resume.basics.label,
        "summary": resume.basics.summary,
        "work": [
            {
                "company": each.name,
                "position": each.position,
                "start": each.start,
                "end": each.end,
                "location": each.location,
                "summary": each.summary,
                "highlights": each.highlights,
            }
            for each in resume.work
        ],
        "education": [
            {
                "institution": each.institution,
                "area": each.area,
                "study_type": each.study_type,
                "start": each.start,
                "end": each.end,
            }
            for each in resume.education
        ],
        "skills": [{"name": each.name, "level": each.level, "keywords": each.keywords} for each in resume.skills],
        "languages": [{"language": each.language, "fluency": each.fluency} for each in resume.languages],
        "motivation": own.motivation,
        "wishes": own.wishes,
        "available_from": own.available_from,
    }
