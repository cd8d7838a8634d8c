"""How dates, countries, languages and sizes are written, in the language in force.

Days are calendar days as stored. Moments are shown in Japan's time, which is the portal's.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_skeleton

from portal.language.i18n import _, babel_locale
from portal.language.zone import JAPAN

JAPAN_CODE = 81
UNITS = ("B", "KB", "MB", "GB", "TB")
COMPACT_COUNTRIES = {
    "en": {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Macau"},
    "ja": {"HK": "香港", "MM": "ミャンマー", "MO": "マカオ"},
}


def day(value: date | datetime | str | None) -> str:
    """A calendar day; also a year or a month alone, as "YYYY" and "YYYY-MM". Empty for None.

    Any other text, such as a day that no calendar has, is shown as it was written.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(JAPAN).date()
    return _written(str(value), babel_locale())


def short_day(value: datetime) -> str:
    """The day of a moment in Japan, for a list: without its year while that is this year's."""
    local = value.astimezone(JAPAN)
    return _of_this_year(local.date(), babel_locale()) if local.year == datetime.now(JAPAN).year else day(local)


def short_last_day(value: datetime) -> str:
    """The same as `last_day`, for a list."""
    return short_day(value - timedelta(microseconds=1))


@lru_cache(maxsize=2_000)
def _of_this_year(value: date, locale: Locale) -> str:
    return format_skeleton("MMMd", datetime.combine(value, time.min), locale=locale)


def last_day(value: datetime | None) -> str:
    """The last day on which something holds that ends at this moment: what ends at midnight holds on the day before."""
    return "" if value is None else day(value - timedelta(microseconds=1))


@lru_cache(maxsize=20_000)  # a page has a dozen days, and the next page nearly the same ones
def _written(value: str, locale: Locale) -> str:
    try:
        year, *further = (int(piece) for piece in value.split("-"))
        first = date(year, *further, *(1, 1)[len(further) :])
    except (ValueError, TypeError, OverflowError):
        return value
    if len(further) == 2:
        return format_date(first, "long" if locale.language == "ja" else "medium", locale=locale)
    return format_skeleton("yMMM" if further else "y", datetime.combine(first, time.min), locale=locale)


def moment(value: datetime | None, *, seconds: bool = False) -> str:
    """A moment in Japan's time, to the minute or the second. Empty for None. `value` must know its zone."""
    local = _in_japan(value)
    return f"{day(local)} {local:{'%H:%M:%S' if seconds else '%H:%M'}}" if local else ""


def exact_moment(value: datetime | None) -> str:
    """The same as the log keeps it, to the microsecond, with its zone."""
    local = _in_japan(value)
    return f"{day(local)} {local:%H:%M:%S.%f} (UTC+9)" if local else ""


def _in_japan(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value and value.astimezone(JAPAN)


def country_name(code: str | None) -> str:
    """The name of an ISO 3166-1 alpha-2 country; the code itself when it is not one."""
    if not code:
        return ""
    locale = babel_locale()
    short = COMPACT_COUNTRIES.get(locale.language, {}).get(code)
    return short or str(locale.territories.get(code, code))


def language_name(tag: str | None) -> str:
    """The name of a language from its tag ("my", "pt-BR"); what was written when it is not a tag."""
    if not tag:
        return ""
    names = babel_locale().languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0].lower()) or tag)


def telephone(number: str | None) -> str:
    """A number in E.164 as it is dialled in Japan: Japanese ones without the country, others with it. `;ext=` behind it
    is an extension."""
    if not number:
        return ""
    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    extension, read.extension = read.extension, None
    kind = phonenumbers.PhoneNumberFormat
    dialled = phonenumbers.format_number(read, kind.NATIONAL if read.country_code == JAPAN_CODE else kind.INTERNATIONAL)
    return _("%(number)s ext. %(extension)s") % {"number": dialled, "extension": extension} if extension else dialled


def filesize(count: int | None) -> str:
    """A number of bytes in the largest unit that keeps it at 1 or more: "812 B", "1.4 MB"."""
    if count is None:
        return ""
    size = float(count)
    unit = 0
    while size >= 1000 and unit < len(UNITS) - 1:
        size /= 1000
        unit += 1
    number = f"{size:.0f}" if unit == 0 or size >= 10 else f"{size:.1f}"
    return f"{number} {UNITS[unit]}"
