"""The closed list of a candidate's items, and what each may serve.

Promise: nothing about a candidate is disclosed that is not one of these fourteen items. A set of
items is one integer, a bit per item, the same bits as in the database (sources: S1, S3).
"""

from enum import IntEnum, IntFlag
from functools import cache
from typing import Literal, TypedDict


class Item(IntFlag):
    """One bit per item, in the order the privacy policy names them; the original file comes last."""

    NAME = 1
    EMAIL = 2
    PHOTO = 4
    NATIONALITY = 8
    ADDRESS = 16
    DATE_OF_BIRTH = 32
    AGE = 64
    GENDER = 128
    TELEPHONE = 256
    BACKGROUND = 512
    QUALIFICATIONS = 1024
    RESIDENCE_STATUS = 2048
    JAPANESE_LEVEL = 4096
    RESUME_ORIGINAL = 8192


class Purpose(IntEnum):
    """Why an item is shown. The list is closed: there is no third purpose."""

    SELECTION = 1
    CONTACT = 2


NO_ITEMS = Item(0)
ALL_ITEMS = Item((1 << len(Item)) - 1)

CONTACT_ITEMS = Item.NAME | Item.EMAIL | Item.TELEPHONE | Item.ADDRESS
SELECTION_ITEMS = ALL_ITEMS & ~(Item.EMAIL | Item.TELEPHONE | Item.ADDRESS)

# What each purpose opens unless the consent says otherwise; the name serves both.
DEFAULT_ITEMS: dict[Purpose, Item] = {
    Purpose.SELECTION: SELECTION_ITEMS,
    Purpose.CONTACT: CONTACT_ITEMS,
}


def code_of(item: Item) -> str:
    """The item's code, as stored and as the key of a disclosure: `Item.DATE_OF_BIRTH` ->
    "date_of_birth". A set of several items has no code: ValueError."""
    if item.name is None or len(item) != 1:
        raise ValueError(f"{item!r} is not one item; go through its members")
    return item.name.lower()


@cache  # of the few sets that occur: a list asks for those of each of its rows
def codes_of(items: Item) -> tuple[str, ...]:
    """The codes of every item in the set, in bit order."""
    return tuple(code_of(item) for item in items)


def item_of(code: str) -> Item:
    """The item with this code. ValueError when the closed list has no such code."""
    try:
        return Item[code.upper()]
    except KeyError:
        raise ValueError(f"{code!r} is not an item; known: {', '.join(codes_of(ALL_ITEMS))}") from None


class Name(TypedDict):
    """`display` is the full name in its own script and order; a person may have no family name."""

    family: str | None
    given: str
    family_kana: str | None
    given_kana: str | None
    latin: str
    display: str


class Address(TypedDict):
    """`country` is ISO 3166-1 alpha-2."""

    country: str
    postal_code: str | None
    region: str | None
    city: str | None
    line: str | None


class Work(TypedDict):
    """Dates are "YYYY", "YYYY-MM" or "YYYY-MM-DD". A start without an end goes on to the present; without
    either nothing is known of when it was."""

    company: str | None
    position: str | None
    start: str | None
    end: str | None
    location: str | None
    summary: str | None
    highlights: list[str]


class Education(TypedDict):
    """Dates as in `Work`."""

    institution: str | None
    area: str | None
    study_type: str | None
    start: str | None
    end: str | None


class Skill(TypedDict):
    name: str | None
    level: str | None
    keywords: list[str]


class Language(TypedDict):
    language: str | None
    fluency: str | None


class Background(TypedDict):
    """`available_from` is from when on the person can work: a date as in `Work`."""

    label: str | None
    summary: str | None
    work: list[Work]
    education: list[Education]
    skills: list[Skill]
    languages: list[Language]
    motivation: str | None
    wishes: str | None
    available_from: str | None


class Qualification(TypedDict):
    name: str | None
    issuer: str | None
    date: str | None


# In the order of the search's choices: from what an employer may offer at once to what it has to ask.
WorkPermission = Literal[
    "unrestricted",
    "within_scope",
    "employer_bound",
    "employer_and_field_bound",
    "trainer_bound",
    "designated",
    "with_permission",
    "after_change",
    "none",
    "not_known",
]


class ResidenceStatus(TypedDict):
    """`code` and `grade` are those of `portal.candidates.residence`; `expires` is "YYYY-MM-DD". `detail` is the field
    of work or the designation in the person's words."""

    code: str
    grade: str | None
    detail: str | None
    expires: str | None
    work: WorkPermission


class JapaneseLevel(TypedDict):
    """`rank` is 0 (none) to 5 (N1 or its equal). "self" is the person's own estimate and certifies nothing."""

    test: Literal["JLPT", "BJT", "JFT-Basic", "self"]
    level: str | None
    score: int | None
    date: str | None
    rank: int
    cefr: Literal["A1", "A2", "A2.1", "A2.2", "B1", "B2", "C1"] | None


class DisclosedItems(TypedDict, total=False):
    """What the gate returns for one introduction. A key that is absent is not open.

    `email`, `telephone` (E.164), `nationality` (ISO 3166-1 alpha-2), `date_of_birth`
    ("YYYY-MM-DD") and `gender` are strings; `photo` and `resume_original` are document ids.
    """

    name: Name
    email: str
    photo: str
    nationality: str
    address: Address
    date_of_birth: str
    age: int
    gender: str
    telephone: str
    background: Background
    qualifications: list[Qualification]
    residence_status: ResidenceStatus
    japanese_level: JapaneseLevel
    resume_original: str
