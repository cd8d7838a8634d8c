"""What staff send to correct an item: each has fields of its own, and the proof is asked of all alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from portal.candidates.residence import STATUSES, is_there, residence_name, says_grade, takes_hours, work_permission
from portal.intake.japanese import JLPT_RANKS, SELF_LEVELS, JapaneseTest
from portal.language.i18n import N_, Said, language
from portal.language.zone import JAPAN
from portal.people.forms import LARGEST_SCAN, NOTE, NOTE_HINT
from portal.people.grounds import CHANNELS, GROUNDS
from portal.values import places
from portal.values.days import birthday, partial
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import choice, country, day, email, file, hidden, lines, number, telephone, text, ticked
from portal.web.uploads import Upload

SOURCES = ("person", "staff", "employer")
STAYS = N_("What stays empty stays as it is.")
WHEN = N_("A year, a month or a day, such as 2016-04.")
TESTS = ("JLPT", "BJT", "JFT-Basic", "self")


def when(label: str, **said: Any) -> Any:
    """A year, a month or a day, as exact as it is known."""
    return single(partial, label=label, required=False, **{"hint": WHEN, **said})


def statuses() -> list[tuple[str, str]]:
    """The statuses of residence with their grades that exist today, as "code:grade"."""
    today = datetime.now(JAPAN).date()
    codes = [
        (status.code, grade)
        for status in STATUSES.values()
        if is_there(status, today)
        for grade in (None, *(part.code for part in status.grades if is_there(part, today)))
    ]
    return [(f"{code}:{grade or ''}", residence_name(code, language(), grade)) for code, grade in codes]


@dataclass(frozen=True)
class Proof:
    """On whose word, how it was said or shown, and where the proof is: a note of the call, a scan, or both."""

    source: str = choice(
        N_("Who says or shows it"),
        {
            "person": N_("The person says so"),
            "staff": N_("We established it from the original, such as a residence card or a certificate"),
            "employer": N_("An employer certifies it in writing"),
        },
        widget="radios",
        initial="person",
    )
    channel: str = choice(N_("How it was said"), CHANNELS, words="channel", widget="radios", initial="telephone")
    note: str = text(NOTE, most=500, required=False, hint=NOTE_HINT)
    scan: Upload | None = file(
        N_("Scan of the paper"), most=LARGEST_SCAN, required=False, hint=N_("A PDF, JPEG or PNG. It is kept sealed.")
    )
    topic: str = hidden(str)
    seen: str = hidden(str)


@dataclass(frozen=True)
class Name:
    """The parts of a name that become others."""

    family: str = text(N_("Family name"), most=100, required=False, hint=STAYS)
    given: str = text(N_("Given name"), most=100, required=False)
    family_kana: str = text(N_("Family name in katakana"), most=100, required=False)
    given_kana: str = text(N_("Given name in katakana"), most=100, required=False)
    latin: str = text(N_("Name in Latin letters"), most=200, required=False)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Some part is corrected."""
        return something(read, "family", "given", "family_kana", "given_kana", "latin")


@dataclass(frozen=True)
class Mail:
    """An e-mail address."""

    email: str = email(N_("E-mail address"))


@dataclass(frozen=True)
class Telephone:
    """A telephone number."""

    telephone: str = telephone(N_("Telephone"))


@dataclass(frozen=True)
class Nationality:
    """A nationality."""

    nationality: str = country(N_("Nationality"))


@dataclass(frozen=True)
class Birth:
    """A day of birth, on a paper."""

    date_of_birth: date = day(N_("Date of birth"), hint=N_("Corrected on a paper alone, such as a passport."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Nobody is born after today, nor so long ago."""
        try:
            if born := read.get("date_of_birth"):
                birthday(born.isoformat(), datetime.now(JAPAN).date())
        except Wrong as wrong:
            return {"date_of_birth": wrong.said}
        return {}


@dataclass(frozen=True)
class Gender:
    """A gender, of the list or in the person's own word."""

    gender: str = choice(N_("Gender"), ("female", "male", "other"), words="gender", blank=N_("Choose one"))


@dataclass(frozen=True)
class Address:
    """A whole address: another one is not made of parts of the former."""

    country: str = country(N_("Country"))
    postal_code: str = text(N_("Postal code"), most=20, required=False)
    region: str = text(N_("Prefecture or region"), most=100, required=False)
    city: str = text(N_("City"), most=100, required=False)
    line: str = text(N_("Street and building"), most=300, required=False)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """More than a country, and a postal code that its country has."""
        try:
            if read.get("postal_code") and read.get("country"):
                places.postal_code(read["postal_code"], of=read["country"])
        except Wrong as wrong:
            return {"postal_code": wrong.said}
        return something(read, "city", "region", "line", "postal_code")


@dataclass(frozen=True)
class Residence:
    """A status of residence with its grade, on a paper. What it permits an employer to offer follows from the two."""

    status: str = single(
        str,
        widget="select",
        label=N_("Status of residence"),
        listed=statuses,
        plain=True,
        blank=N_("Choose one"),
        hint=N_("Corrected on a paper alone, such as the notice of the change of status."),
    )
    detail: str = text(N_("Field of work or designation"), most=200, required=False)
    expires: date | None = day(N_("Period of stay until"), required=False)
    extra_permission: bool = ticked(N_("Holds a permission to work beside the status"))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A status of the list, a permission that it takes, and no grade in words."""
        if "status" not in read:
            return {}
        if read["status"] not in dict(statuses()):
            return {"status": Said(N_("Please choose one from the list."))}
        status = STATUSES[read["status"].partition(":")[0]]
        if read.get("extra_permission") and not takes_hours(status):
            return {"extra_permission": Said(N_("Please leave this: beside this status no such permission is given."))}
        if says_grade(status, read.get("detail") or ""):
            return {"detail": Said(N_("Please choose the grade with the status, and leave it out here."))}
        return {}


@dataclass(frozen=True)
class Japanese:
    """A result of a test, on its certificate, or the person's own estimate."""

    test: str = choice(N_("Test"), {"JLPT": "JLPT", "BJT": "BJT", "JFT-Basic": "JFT-Basic", "self": N_("Own estimate")})
    level: str | None = choice(
        N_("Level"),
        {code: code for code in (*JLPT_RANKS, *SELF_LEVELS)},
        required=False,
        blank=N_("None"),
        hint=N_("Of JLPT from N5 to N1, of an own estimate from A1 to C1. BJT and JFT-Basic have a score instead."),
    )
    score: int | None = number(N_("Score"), least=0, most=800, required=False)
    taken: str | None = when(N_("Day of the test"))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A result that the test can give."""
        if not {"test", "level", "score", "taken"} <= {*read}:
            return {}
        try:
            japanese(read)
        except ValidationError:
            return {"level": Said(N_("Please check level and score: this test gives no such result."))}
        return {}


@dataclass(frozen=True)
class Statement:
    """What a person says of themselves; what stays empty stays."""

    label: str = text(N_("Occupation"), most=300, required=False, hint=STAYS)
    summary: str = lines(N_("Summary"), most=5000, required=False)
    motivation: str = lines(N_("Motivation"), most=5000, required=False)
    wishes: str = lines(N_("Wishes"), most=5000, required=False)
    available_from: str | None = when(N_("Can begin on"))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Some part is corrected."""
        return something(read, "label", "summary", "motivation", "wishes", "available_from")


def something(read: Mapping[str, Any], *names: str) -> dict[str, Said]:
    """What is said when none of these fields has anything."""
    if {*names} <= {*read} and not any(read[name] for name in names):
        return {names[0]: Said(N_("Please fill in what is wrong, as it is right."))}
    return {}


def japanese(read: Mapping[str, Any]) -> JapaneseTest:
    """The result; what was not filled in is not given. Raises ValidationError."""
    given = {"test": read["test"], "level": read["level"], "score": read["score"], "date": read["taken"]}
    return JapaneseTest(**{name: value for name, value in given.items() if value is not None})


def residence(value: Any) -> dict[str, Any]:
    """The status as it is stored."""
    code, _, grade = value.status.partition(":")
    permission = work_permission(code, grade or None, extra_permission=value.extra_permission)
    return {
        "code": code,
        "grade": grade or None,
        "detail": value.detail or None,
        "expires": value.expires.isoformat() if value.expires else None,
        "work": permission,
    }


GROUND = choice(
    N_("Why you look at what stands now"),
    GROUNDS,
    words="ground",
    required=False,
    blank=N_("Do not look"),
    hint=N_("With a reason the form shows what stands now, and the look is recorded. Without one it is empty."),
)
