"""The kinds of value a field of a file can hold, each with what would be right where one is wrong.

What a person may write anywhere is judged by `portal.values`; what only files hold (references, sets of items, moments
counted from the import) is judged here.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item, Purpose, code_of, item_of
from portal.intake.moments import Moment, parse_moment
from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.values import contact, days, places, text
from portal.values.wrong import Wrong

# `default` is the source policy's thirteen; the uploaded file is always asked for by itself.
ITEM_SETS = {"default": ALL_ITEMS & ~Item.RESUME_ORIGINAL, "all": ALL_ITEMS, "none": NO_ITEMS}
REGIMES = {"general": 1, "eea": 2, "california": 4}
"""The bits of `portal.regime`."""
TRUE, FALSE = (
    frozenset({"yes", "true", "1", "はい", "有"}),
    frozenset({"no", "false", "0", "いいえ", "無"}),
)


def wrong(wanted: str, **details: str) -> PydanticCustomError:
    """A refusal to raise. `wanted` is a message id; the details are shown with it."""
    return PydanticCustomError("wrong", "{wanted}", {"wanted": wanted, **details})


def taken(judge: Callable[[str], Any], given: object) -> Any:
    """A value of `portal.values`, judged inside of a model. A number stands for its digits: 2016 for "2016"."""
    try:
        return judge(_as_text(given))
    except Wrong as refused:
        raise said(refused) from None


def judged(judge: Callable[[str], Any]) -> BeforeValidator:
    """The same for the type of a field."""
    return BeforeValidator(partial(taken, judge))


def said(refused: Wrong) -> PydanticCustomError:
    """The same refusal, to raise inside of a model."""
    return PydanticCustomError("wrong", "{wanted}", {"wanted": refused.said.message, "said": refused.said})


def _as_text(given: object) -> str:
    match given:
        case str():
            return given
        case bool():
            pass
        case int():
            return str(given)
        case float():
            return f"{given:.15g}"
    raise PydanticCustomError("string_type", "text")


def _birthday(written: str) -> date:
    return days.birthday(written, datetime.now(JAPAN).date())


def _reference(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", value) or ".." in value:
        raise wrong(
            N_("a reference: 1 to 64 letters, digits, hyphens, dots or underscores, beginning with a letter or digit")
        )
    return value


def _moment(value: object) -> Moment:
    try:
        return value if isinstance(value, Moment) else parse_moment(_as_text(value))
    except Wrong as refused:
        if refused.said.message != days.DAY:
            raise said(refused) from None
        raise wrong(
            N_("a date or time: 2026-04-01, 2026-04-01T09:30, 2026/4/1, 令和8年4月1日, today-12d or now-3h")
        ) from None


def _until(value: object) -> Moment:
    moment = _moment(value)
    return moment if isinstance(value, Moment) else moment.through()


def _listed(value: object) -> list[str]:
    """The words of a list, in whichever width it is written; a separator may stand behind the last one too."""
    return [word for part in text.symbols(str(value)).lower().split(";") if (word := part.strip())]


def _items(value: object) -> Item:
    if isinstance(value, Item):
        return value
    chosen = NO_ITEMS
    for word in _listed(value):
        try:
            chosen |= ITEM_SETS[word] if word in ITEM_SETS else item_of(word)
        except ValueError:
            listed = ", ".join(code_of(item) for item in Item)
            raise wrong(N_("items separated by semicolons, or default, all or none: {items}"), items=listed) from None
    return chosen


def _purposes(value: object) -> int:
    if isinstance(value, int):
        return value
    words = {word.upper() for word in _listed(value)}
    if not words or words - Purpose.__members__.keys():
        raise wrong(N_("purposes separated by semicolons: selection, contact"))
    return sum(Purpose[word] for word in words)


def _regimes(value: object) -> int:
    if isinstance(value, int):
        return value
    words = set(_listed(value))
    if not words or words - REGIMES.keys():
        raise wrong(N_("laws separated by semicolons: general, eea, california"))
    return sum(REGIMES[word] for word in words)


def _yes(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in TRUE | FALSE:
        raise wrong(N_("yes or no"))
    return word in TRUE


Reference = Annotated[str, judged(str.strip), AfterValidator(_reference)]
Country = Annotated[str, judged(places.country)]
CorporateNumber = Annotated[str, judged(places.corporate_number)]
Telephone = Annotated[str, judged(contact.telephone)]
Email = Annotated[str, judged(contact.email)]
When = Annotated[Moment, BeforeValidator(_moment)]
Until = Annotated[Moment, BeforeValidator(_until)]
Items = Annotated[Item, BeforeValidator(_items)]
Purposes = Annotated[int, BeforeValidator(_purposes)]
Regimes = Annotated[int, BeforeValidator(_regimes)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Birthday = Annotated[date, judged(_birthday)]
PartialDate = Annotated[str, judged(days.partial)]
Line = Annotated[str, judged(text.line)]
Text = Annotated[str, judged(text.lines)]
StatusReason = Annotated[str, judged(partial(text.line, most=text.LONGEST_REASON))]
ScreeningNote = Annotated[str, judged(partial(text.line, most=2000))]
