"""Templates of agreements: clauses with places for choices and parties, written as text and read as data.

A text begins with `# title`; each clause is `## key heading`, and its body below. What stands in braces in a body is a
place, which the database fills from the agreement's columns (agreements/gate/templates.sql).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from portal.candidates.items import ALL_ITEMS, codes_of
from portal.language.i18n import N_, Said
from portal.values.wrong import Wrong

FIRST = Path(__file__).parent / "first_template"
LANGUAGES = ("ja", "en")
CHOICES = (
    "items", "purposes", "contact_days", "grace_days", "inactive_days", "daily_downloads", "fair_screening",
    "territory", "effective_at", "expires_at",
)  # fmt: skip
PARTIES = (
    "company_name", "company_address", "company_representative", "company_corporate_number",
    "operator_name", "operator_address", "operator_representative",
    "signatory_name", "signatory_title", "signatory_authority",
)  # fmt: skip
OPTIONAL = ("group",)
WANTED = (
    "parties", "purposes", "items", "no_passing_on", "group", "people", "fair_selection", "contact", "retention",
    "kept_by_law", "territory", "abroad", "received", "security", "processors", "breach", "audit", "confidentiality",
    "antisocial", "succession", "term", "grace", "liability", "severability", "law",
)  # fmt: skip
PLACE = re.compile(r"\{([^{}]*)\}")
CLAUSE = re.compile(r"^## ([a-z][a-z_]*) (.+)$")
MARK = re.compile("\ufdd0([^\ufdd1]*)\ufdd1([^\ufdd2]*)\ufdd2([^\ufdd3]*)\ufdd3")
ITEM_WORDS = {
    "ja": "氏名|メールアドレス|写真|国籍|住所|生年月日|年齢|性別|電話番号|経歴|資格|在留資格|日本語能力|"
    "提出された履歴書の写し",
    "en": "name|e-mail address|photo|nationality|address|date of birth|age|gender|telephone number|work and education|"
    "qualifications|status of residence|level of Japanese|the resume as uploaded",
}
OTHER_WORDS = {
    "ja": {
        "selection": "採用の可否の判断",
        "contact": "雇用または不採用に関する連絡",
        "anywhere": "国または地域を限定しない",
        "no_end": "解約の日",
        "no_limit": "定めない",
        "no_group": (
            "乙は、自らのグループ会社であっても、個人データを他の会社に利用させてはならない。共同して利用するときは、"
            "その会社が甲と別に契約し、かつ本人がその会社への提供に同意していなければならない。"
        ),
        "group_of": (
            "本契約は、%name%（公表リスト第%list%版、%day%公表、%address%）の次の会社のため"
            "の契約とする。%members%。乙以外の各社は、本契約への参加を書面で表明し、甲がこれを記録した時から"
            "、自らの契約と同じく本契約に拘束される。グループを離れた会社、およびここに記載のない会社は、本契約にもと"
            "づいて個人データを利用できない。いずれの会社にも、本人がその会社への提供に同意した個人データだけを提供す"
            "る。"
        ),
        "fair_screening": "国籍、性別、年齢、生年月日および写真は、選考が内定の段階に至るまで開示しない",
        "no_fair_screening": "内定の段階まで開示しない項目を定めない",
    },
    "en": {
        "selection": "deciding whether to hire",
        "contact": "contact about employment or non-acceptance",
        "anywhere": "any country or region",
        "no_end": "the day of termination",
        "no_limit": "none",
        "no_group": (
            "The company lets no other company use the personal data, not even one of its own group. For joint "
            "use, that company has an agreement of its own with the operator, and the person has consented to "
            "disclosure to it."
        ),
        "group_of": (
            "This agreement is concluded for these companies of %name% (published list, version %list%, "
            "published on %day% at %address%): %members%. Each of them but the company itself states in writing "
            "that it joins, and is bound by this agreement as by one of its own from the moment the operator has "
            "recorded it. A company that has left the group, or is not listed here, uses no personal data under "
            "this agreement. To each company only those personal data are disclosed whose person has consented "
            "to disclosure to that company."
        ),
        "fair_screening": "nationality, gender, age, date of birth and photo are not disclosed until the selection "
        "is at the offer",
        "no_fair_screening": "no item is kept back until the offer",
    },
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in one language."""

    key: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Text:
    """A template in one language."""

    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a clause that was made: plain words, or a choice with its value as the columns have it."""

    words: str
    choice: str = ""
    value: str = ""


def read(written: str) -> Text:
    """A template's text. Raises Wrong when it is none."""
    title, clauses, lines = "", list[Clause](), list[str]()
    for line in [*written.strip().splitlines(), "## end -"]:
        if found := CLAUSE.match(line.strip()):
            if clauses:
                clauses[-1] = Clause(clauses[-1].key, clauses[-1].heading, " ".join(lines))
            clauses.append(Clause(found[1], found[2].strip(), ""))
            lines = []
        elif not clauses and line.startswith("# "):
            title = line[2:].strip()
        elif line.strip():
            lines.append(line.strip())
    if not title or len(clauses) < 2 or any(not clause.body for clause in clauses[:-1]):
        raise Wrong(N_("Please begin with “# title”, and each clause with “## key heading” and its words below."))
    return Text(title, tuple(clauses[:-1]))


def fits(ja: Text, en: Text) -> Said | None:
    """What keeps two texts from being one template; None when nothing does."""
    for one, other in zip(ja.clauses, en.clauses, strict=False):
        if one.key != other.key:
            return Said(
                N_("The clauses differ: %(one)s in Japanese, %(other)s in English."),
                {"one": one.key, "other": other.key},
            )
        if places(one.body) != places(other.body):
            return Said(N_("The places of the clause %(key)s differ between the languages."), {"key": one.key})
    if len(ja.clauses) != len(en.clauses):
        return Said(N_("Both languages need the same clauses."))
    keys, there = (
        {clause.key for clause in ja.clauses},
        {place for clause in ja.clauses for place in places(clause.body)},
    )
    if missing := [key for key in WANTED if key not in keys]:
        return Said(N_("These clauses are missing: %(keys)s."), {"keys": ", ".join(missing)})
    if missing := [place for place in (*CHOICES, *PARTIES) if place not in there]:
        return Said(N_("These places are missing: %(places)s."), {"places": ", ".join(missing)})
    if unknown := sorted(there - {*CHOICES, *PARTIES, *OPTIONAL}):
        return Said(N_("There are no such places: %(places)s."), {"places": ", ".join(unknown)})
    return None


def places(body: str) -> frozenset[str]:
    """The places in a clause."""
    return frozenset(PLACE.findall(body))


def clauses_of(ja: Text, en: Text) -> list[dict[str, Any]]:
    """The clauses as the database keeps them."""
    return [
        {
            "key": one.key,
            "ja": {"heading": one.heading, "body": one.body},
            "en": {"heading": other.heading, "body": other.body},
        }
        for one, other in zip(ja.clauses, en.clauses, strict=True)
    ]


def written(title: str, clauses: Sequence[Mapping[str, Any]], language: str) -> str:
    """The same as `read` reads it, to be changed into a newer version."""
    parts = [f"## {one['key']} {one[language]['heading']}\n{one[language]['body']}" for one in clauses]
    return "\n\n".join([f"# {title}", *parts]) + "\n"


@cache
def first(language: str) -> str:
    """The first template, which comes with the portal."""
    return (FIRST / f"{language}.txt").read_text(encoding="utf-8")


@cache
def words() -> dict[str, dict[str, str]]:
    """How choices are put into words, by language and code."""
    return {language: dict(_words(language)) for language in LANGUAGES}


def _words(language: str) -> Iterator[tuple[str, str]]:
    names = ITEM_WORDS[language].split("|")
    yield from zip(codes_of(ALL_ITEMS), names, strict=True)
    yield from OTHER_WORDS[language].items()
    for code, name in Locale(language).territories.items():
        if re.fullmatch("[A-Z]{2}", code):
            yield code, str(name)


def pieces(marked: str) -> list[Piece]:
    """A marked body in pieces, in their order."""
    found, at = [], 0
    for mark in MARK.finditer(marked):
        if mark.start() > at:
            found.append(Piece(marked[at : mark.start()]))
        found.append(Piece(mark[3], mark[1] if mark[1] in CHOICES else "", mark[2]))
        at = mark.end()
    return [*found, Piece(marked[at:])] if at < len(marked) else found
