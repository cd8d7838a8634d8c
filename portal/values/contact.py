"""How somebody is reached: e-mail and telephone."""

import re
from collections.abc import Collection

import phonenumbers
from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from phonenumbers import PhoneNumber

from portal.language.i18n import N_
from portal.values.text import line, symbols
from portal.values.wrong import REQUIRED, Wrong

# Their phones were given addresses with dots where no standard has them, and their servers take mail to those.
DOTTED_CARRIERS = frozenset({"docomo.ne.jp", "ezweb.ne.jp", "au.com"})
LONGEST_EMAIL = 254
_DOTS = re.compile(r"\.{2,}")
# 内線 is the word for an extension on Japanese cards.
_EXTENSION = re.compile(r"[\s,;、(]*(?:内線(?:番号)?|extension|ext\.?|x|#)[\s:.]*=?(\d{1,7})[\s)]*$", re.IGNORECASE)
_MOBILE = re.compile(r"0?[6-9]0\d{8}")  # without the 0 where a spreadsheet has lost it
JAPAN, JAPAN_CODE = "JP", 81


def email(written: str) -> str:
    """An address that mail can be sent to, its domain as mail servers write it. Letters keep their case."""
    typed = symbols(written)
    if not typed:
        raise Wrong(REQUIRED)
    local, at, domain = typed.rpartition("@")
    if at and domain.lower() in DOTTED_CARRIERS:
        _validated(_DOTS.sub(".", local).rstrip(".") + at + domain)
        return local + at + domain.lower()
    if at and (".." in local or local.endswith(".")):
        raise Wrong(
            N_("Please check this e-mail address: mail reaches none with two dots in a row or a dot before the @.")
        )
    found = _validated(typed)
    return f"{found.local_part}@{found.ascii_domain}"


def sought_email(written: str) -> str:
    """An address to find somebody by, in the form that `email` gives it where mail can be sent to it at all."""
    typed = line(written, most=LONGEST_EMAIL)
    try:
        return email(typed)
    except Wrong:
        return symbols(typed)  # nobody's, and whoever asks is told no more than that


def _validated(address: str) -> ValidatedEmail:
    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise Wrong(N_("Please enter an e-mail address such as name@example.com.")) from None


def telephone(written: str, *, homes: Collection[str] = (JAPAN,)) -> str:
    """A number as +, country and digits, and `;ext=` with an extension if it has one.

    One without a country belongs to the one of `homes` in which it can be dialled. Where that is none or several, the
    writer is asked for the country.
    """
    typed = symbols(written)
    if not typed:
        raise Wrong(REQUIRED)
    extension = _EXTENSION.search(typed)
    digits = typed[: extension.start()] if extension else typed
    number = _abroad(digits) if digits.startswith("+") else _without_plus(digits, homes)
    if number is None:
        raise Wrong(N_("Please enter a telephone number with its country, such as +81 90 1234 5678."))
    read = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{read};ext={extension[1]}" if extension else read


def _abroad(digits: str) -> PhoneNumber | None:
    """Only the length is judged: new ranges come before the library knows them."""
    number = _parsed(digits, None)
    return number if number and phonenumbers.is_possible_number(number) else None


def _without_plus(digits: str, homes: Collection[str]) -> PhoneNumber | None:
    numbers = [number for home in homes if (number := _parsed(digits, home)) and _is_dialled(digits, number)]
    if not numbers and digits.startswith("00"):  # 0077 and 0088 are Japan's; elsewhere 00 leads abroad
        return _abroad("+" + digits[2:])
    countries = {number.country_code for number in numbers}
    return numbers[0] if len(countries) == 1 else None


def _is_dialled(digits: str, number: PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) or (
        number.country_code == JAPAN_CODE and _MOBILE.fullmatch(re.sub(r"\D", "", digits)) is not None
    )


def _parsed(digits: str, home: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, home)
    except phonenumbers.NumberParseException:
        return None
