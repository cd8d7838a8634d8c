"""Countries, and the numbers that companies and places have."""

import re

from babel import Locale
from stdnum.exceptions import ValidationError as NumberInvalid
from stdnum.jp import cn

from portal.language.i18n import N_
from portal.values.text import symbols
from portal.values.wrong import REQUIRED, Wrong

# Codes that the CLDR has and ISO 3166-1 gives to no country: groups of countries, islands of others, and tests.
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
TERRITORIES = (
    frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES
)


def country(written: str) -> str:
    """The two letters of ISO 3166-1, in capitals."""
    code = symbols(written).upper()
    if not code:
        raise Wrong(REQUIRED)
    if code not in TERRITORIES:
        raise Wrong(N_("Please enter a country's two-letter code (ISO 3166-1), such as JP or VN."))
    return code


def corporate_number(written: str) -> str:
    """The 13 digits of a Japanese 法人番号, from a registration number for invoices (T and the same digits) too."""
    number = symbols(written)
    if not number:
        raise Wrong(REQUIRED)
    try:
        return str(cn.validate(number.upper().removeprefix("T")))
    except NumberInvalid:
        raise Wrong(
            N_("Please enter a corporate number: 13 digits, of which the first is the check digit of the others.")
        ) from None


def postal_code(written: str, *, of: str) -> str:
    """The postal code of a place in the country `of`. A Japanese one is seven digits, kept as 100-0001."""
    code = symbols(written).removeprefix("〒").strip()
    if not code:
        raise Wrong(REQUIRED)
    if of != "JP":
        return code
    digits = re.sub(r"[-\s\u2010-\u2015\u2212\u30fc]", "", code)
    if not re.fullmatch(r"[0-9]{6,7}", digits):  # spreadsheets lose the 0 of Hokkaido and the north
        raise Wrong(N_("Please enter the seven digits of a Japanese postal code, such as 100-0001."))
    return f"{digits.zfill(7)[:3]}-{digits.zfill(7)[3:]}"
