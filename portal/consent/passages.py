"""What a notice says, held against its text: what is quoted stands in it, and names what it is quoted for.

Promise: that people were told of a country, a law, or items beyond the usual is believed only with the words that told
them. `gate.keep_notice` refuses a quotation that is not in the text; here is said which one, and what it leaves out.
Which words name an item or a purpose stands in `gate.named_as`, and `gate.left_out` says which of them are missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel import Locale

from portal.language.i18n import N_

JAPANESE = Locale("ja")
TERRITORIES = tuple(str(name) for name in JAPANESE.territories.values())
KATAKANA = "[ァ-ヺー]"
EEA, CALIFORNIA = 2, 4
LAWS = {
    "eea": (EEA, ("EEA", "GDPR", "欧州経済領域", "一般データ保護規則")),
    "california": (CALIFORNIA, ("カリフォルニア", "CCPA", "CPRA")),
}
ABROAD = ("country", "system", "measures", "differences")
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What the text does not say: about which passage, what would be right, and the word that is missing."""

    passage: str
    wanted: str
    missing: str = ""


def unsaid(
    text: str, passages: Mapping[str, str], *, regimes: int, country: str | None, stands: bool = False
) -> Iterator[Unsaid]:
    """Every passage that a Japanese notice is said to hold, and does not, or that does not say what it is for.

    One that `stands` may say nothing of what differs from Japan's law: that was not asked for once."""
    plain = _plain(text)
    for name, passage in passages.items():
        if len(_plain(passage)) < SHORTEST or _plain(passage) not in plain:
            yield Unsaid(name, N_("words that stand in the notice's text"))
    if country is not None:
        yield from (
            Unsaid(
                name,
                N_(
                    "the words in which the notice tells of the country, its system, what differs from Japan's law, "
                    "and what the company does"
                ),
            )
            for name in ABROAD
            if name not in passages and not (stands and name == "differences")
        )
        called = str(JAPANESE.territories.get(country, country))
        if not _names(passages.get("country", ""), called):
            yield Unsaid("country", N_("words that name the country: {missing}"), called)
    for law, (bit, names) in LAWS.items():
        if regimes & bit and not any(name in passages.get(law, "") for name in names):
            yield Unsaid(
                law,
                N_("the words in which the notice speaks to people under this law: one of {missing}"),
                ", ".join(names),
            )


def _names(passage: str, called: str) -> bool:
    """Whether the words name this territory itself, and not another whose name, or a word that, has this name in it."""
    rest = passage
    for longer in TERRITORIES:
        if called in longer and called != longer:
            rest = rest.replace(longer, " ")
    return re.search(rf"(?<!{KATAKANA}){re.escape(called)}(?!{KATAKANA})", rest) is not None


def _plain(text: str) -> str:
    return re.sub(r"[ \t\r\n\u3000]", "", text)
