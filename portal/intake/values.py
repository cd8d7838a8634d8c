"""The kinds of value a field can hold, each with the sentence that says what would be right.

Promise: what passes is in the portal's own form (E.164, ISO codes, bits of items); what does not
is refused with a message id of ours, never with a library's wording. Text stays text: a value that
begins with "=" is a name like any other.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError
from stdnum.exceptions import ValidationError as NumberInvalid
from stdnum.jp import cn

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item, Purpose, code_of, item_of
from portal.intake.moments import Moment, parse_moment
from portal.language.i18n import N_

TERRITORIES = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - {
    "EU",
    "EZ",
    "UN",
    "XA",
    "XB",
    "ZZ",
    "QO",
}
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
OLDEST_BIRTHDAY = date(1900, 1, 1)
# `default` is the source policy's thirteen; the uploaded file is always asked for by itself.
ITEM_SETS = {"default": ALL_ITEMS & ~Item.RESUME_ORIGINAL, "all": ALL_ITEMS, "none": NO_ITEMS}
TRUE, FALSE = (
    frozenset({"yes", "true", "1", "はい", "有"}),
    frozenset({"no", "false", "0", "いいえ", "無"}),
)


def wrong(wanted: str, **details: str) -> PydanticCustomError:
    """A refusal to raise. `wanted` is a message id; the details are shown with it."""
    return PydanticCustomError("wrong", "{wanted}", {"wanted": wanted, **details})


def _reference(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", value) or ".." in value:
        raise wrong(
            N_("a reference: 1 to 64 letters, digits, hyphens, dots or underscores, beginning with a letter or digit")
        )
    return value


def _country(value: str) -> str:
    code = value.upper()
    if code not in TERRITORIES:
        raise wrong(N_("a country's two-letter code (ISO 3166-1), such as JP or VN"))
    return code


def _corporate_number(value: str) -> str:
    try:
        return str(cn.validate(value))
    except NumberInvalid:
        raise wrong(N_("a corporate number: 13 digits whose first is the check digit of the others")) from None


def _telephone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "JP")
    except phonenumbers.NumberParseException:
        number = None
    # Only the length is judged: new ranges (060 since July 2026) come before the library knows them.
    if number is None or not phonenumbers.is_possible_number(number):
        raise wrong(N_("a telephone number with its country, such as +81 90 1234 5678"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError:
        raise wrong(N_("an e-mail address, such as hanako@example.jp")) from None


def _moment(value: object) -> Moment:
    try:
        return value if isinstance(value, Moment) else parse_moment(str(value))
    except (ValueError, OverflowError):
        raise wrong(
            N_("a date or time: 2026-04-01, 2026-04-01T09:30, 2026/4/1, 令和8年4月1日, today-12d or now-3h")
        ) from None


def _until(value: object) -> Moment:
    moment = _moment(value)
    return moment if isinstance(value, Moment) else moment.through()


def _items(value: object) -> Item:
    if isinstance(value, Item):
        return value
    chosen = NO_ITEMS
    for word in (part.strip().lower() for part in str(value).split(";") if part.strip()):
        try:
            chosen |= ITEM_SETS[word] if word in ITEM_SETS else item_of(word)
        except ValueError:
            listed = ", ".join(code_of(item) for item in Item)
            raise wrong(N_("items separated by semicolons, or default, all or none: {items}"), items=listed) from None
    return chosen


def _purposes(value: object) -> int:
    if isinstance(value, int):
        return value
    try:
        return sum(Purpose[word] for word in {part.strip().upper() for part in str(value).split(";")})
    except KeyError:
        raise wrong(N_("purposes separated by semicolons: selection, contact")) from None


def _yes(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in TRUE | FALSE:
        raise wrong(N_("yes or no"))
    return word in TRUE


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise wrong(N_("a date as YYYY, YYYY-MM or YYYY-MM-DD"))
    return value


def _birthday(value: object) -> date:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = date.min
    if not OLDEST_BIRTHDAY <= day <= datetime.now(UTC).date():
        raise wrong(N_("a date of birth as YYYY-MM-DD"))
    return day


def _printable(value: str) -> str:
    """Zero-width joiners belong to several scripts; other control characters to none. Marks that turn the
    direction of what follows could make a name read as another."""
    if any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in value):
        raise wrong(N_("text without control characters"))
    if _TURNING.search(value):
        raise wrong(N_("text without marks that turn its direction (U+202A to U+202E, U+2066 to U+2069)"))
    return value


_Plain = AfterValidator(_printable)
Reference = Annotated[str, AfterValidator(_reference)]
Country = Annotated[str, AfterValidator(_country)]
CorporateNumber = Annotated[str, AfterValidator(_corporate_number)]
Telephone = Annotated[str, AfterValidator(_telephone)]
Email = Annotated[str, AfterValidator(_email)]
When = Annotated[Moment, BeforeValidator(_moment)]
Until = Annotated[Moment, BeforeValidator(_until)]
Items = Annotated[Item, BeforeValidator(_items)]
Purposes = Annotated[int, BeforeValidator(_purposes)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Birthday = Annotated[date, BeforeValidator(_birthday)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), _Plain]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), _Plain]
