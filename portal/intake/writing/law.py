"""A person's law as a file says it: never looser than what stands in the portal, or than the address demands.

Promise: what is refused here the database would take as the stricter law, or as unknown. The file's sender is told
first.
"""

import json
from dataclasses import dataclass

import asyncpg

from portal.intake.items_of_resume import item_values
from portal.intake.people import Person
from portal.intake.problems import Problem, Unreadable, quoted
from portal.intake.writing.work import Work
from portal.language.i18n import N_
from portal.language.zone import JAPAN

OWN = "basics.x-shokai"
# What the record has already was held against the others when it came: compliance may have loosened it since.
DEMANDED = """
select demanded.law, demanded.because
from (select $1::uuid as person) as asked
     left join personal.candidate_items as items on items.candidate_id = asked.person,
     gate.law_demanded(asked.person, $2, case when items.email is distinct from $3 then $3 end,
                       case when items.telephone is distinct from $4 then $4 end) as demanded
"""
SAME = "select reference, law from gate.same_records(null, $1, $2) where reference <> $3 order by reference"
HOLDS = """
select candidate.reference, num_nonnulls(candidate.restricted_at, candidate.objected_at)
from personal.candidate_items as items join personal.candidate on candidate.id = items.candidate_id
where lower(items.email) = lower($1) and candidate.erased_at is null order by candidate.reference
"""
LOOSER = N_(
    "a law that admits no more than {stands}, which stands in the portal: a file does not loosen it. Compliance does, "
    "with reason and evidence: `portal candidate loosen {reference} --what regime`. "
    "What was closed then opens by a consent given afterwards"
)
ADDRESS = N_(
    "a law that admits no more than {stands}: the address is in {country}, and this law protects whoever lives "
    "there, of whatever nationality. If the person lives elsewhere, correct the address"
)
NO_STATE = N_(
    "a law that admits no more than {stands}: the address is in the United States and names neither region nor postal "
    "code, so it may be in California. Give basics.location.region"
)
SAME_PERSON = N_(
    "a law that admits no more than {stands}: {other} has the same e-mail address or telephone number and is under "
    "it. If they are two people, give each their own; otherwise compliance loosens it on the record"
)
NOWHERE = N_(
    "the country where the person lives, in basics.location.countryCode: without it no law looser than eea is "
    "believed. Leave regime out while it is not known: then nothing opens"
)
HELD = N_(
    "{stands} has the same e-mail address or telephone number: from now on {law} protects them as well. If they are "
    "two people, give each their own, and have compliance loosen it: `portal candidate loosen {stands} --what regime`."
)
HELD_TOO = N_(
    "{stands} is restricted, or objects, from now on: a record with the same e-mail address does. If they are two "
    "people, give each their own, and have compliance lift it: `portal candidate loosen {stands} --what restriction`."
)
RESTRICTED = N_(
    "The restriction of {stands} stays: a file does not lift it. "
    "`portal candidate loosen {reference} --what restriction` does, with reason and evidence."
)
OBJECTED = N_(
    "The objection of {stands} stays: a file does not lift it. "
    "`portal candidate loosen {reference} --what objection` does, with reason and evidence."
)


async def check_law(work: Work, person: Person, row: asyncpg.Record | None) -> None:
    """Raises Unreadable for a law that admits more than the one that stands, or than the record demands. Also for
    what was said in the future."""
    _check_times(work, person)
    asked = person.resume.basics.shokai.regime
    strict = dict(await work.connection.fetch("select code, strictness from portal.regime")) | {None: -1}
    stands = max((row["regime"], row["least_regime"]), key=strict.__getitem__) if row else None
    known = row is not None and row["regime"] is not None
    if strict[asked] < strict[stands] and (known or asked is not None):
        raise _refused(person, LOOSER, stands=stands or "")
    if asked is None or strict[asked] == max(strict.values()):
        return
    values = item_values(person.resume, work.now)
    if values.address is None:
        raise _refused(person, NOWHERE)
    place = json.dumps(values.address, ensure_ascii=False)
    row_id = row["id"] if row else None
    found = await work.connection.fetchrow(DEMANDED, row_id, place, values.email, values.telephone)
    if found is None or strict[asked] >= strict[found["law"]]:
        return
    if found["because"] is not None:
        raise _refused(person, SAME_PERSON, stands=found["law"], other=found["because"])
    stated = values.address["region"] or values.address["postal_code"] or found["law"] == "eea"
    raise _refused(person, ADDRESS if stated else NO_STATE, stands=found["law"], country=values.address["country"])


def _check_times(work: Work, person: Person) -> None:
    """Raises Unreadable for something that was said in the future: until then it would hold nothing."""
    own = person.resume.basics.shokai
    for column in ("restricted_at", "objected_at", "confirmed_at"):
        said = work.at(getattr(own, column))
        if said is not None and said > work.now:
            place = f"{person.place}/resume.json"
            raise Unreadable(Problem(place, N_("a time that has been"), None, f"{OWN}.{column}", said.isoformat()))


def _refused(person: Person, wanted: str, **details: str) -> Unreadable:
    asked = person.resume.basics.shokai.regime
    said = {**details, "reference": person.reference}
    return Unreadable(Problem(f"{person.place}/resume.json", wanted, None, f"{OWN}.regime", quoted(asked or ""), said))


def tell_what_stays(work: Work, person: Person, row: asyncpg.Record) -> None:
    """What else a file does not say stays as it is, and is told."""
    own = person.resume.basics.shokai
    for column, wanted in (("restricted_at", RESTRICTED), ("objected_at", OBJECTED)):
        if row[column] is not None and getattr(own, column) is None:
            stood = row[column].astimezone(JAPAN).replace(tzinfo=None).isoformat(" ", "minutes")
            details = {"stands": stood, "reference": person.reference}
            place = f"{person.place}/resume.json"
            work.notices.append(Problem(place, wanted, None, f"{OWN}.{column}", None, details, sentence=True))


@dataclass(frozen=True)
class Same:
    """Records with the e-mail address or telephone number of a file, by reference: the law of each other one, and of
    how many of restriction and objection each with the same e-mail address has."""

    laws: dict[str, str | None]
    holds: dict[str, int]


async def same_records(work: Work, person: Person) -> Same:
    """As they stand now."""
    values = item_values(person.resume, work.now)
    laws = await work.connection.fetch(SAME, values.email, values.telephone, person.reference)
    return Same(dict(laws), dict(await work.connection.fetch(HOLDS, values.email)))


def tell_who_is_held(work: Work, person: Person, before: Same, now: Same) -> None:
    """What a file did to the records of the same person (`gate.hold_same_by_law`, `gate.hold_by_same_mail`), and what
    those did to it."""
    own = person.resume.basics.shokai
    asked = {person.reference: sum(each is not None for each in (own.restricted_at, own.objected_at))}
    changed = [(HELD, other, law) for other, law in now.laws.items() if law != before.laws.get(other)]
    changed += [
        (HELD_TOO, other, None)
        for other, holds in now.holds.items()
        if holds > max(before.holds.get(other, 0), asked.get(other, 0))
    ]
    for said, other, law in changed:
        details = {"stands": other, "law": law or ""}
        place = f"{person.place}/resume.json"
        work.notices.append(Problem(place, said, None, f"{OWN}.regime", None, details, sentence=True))
