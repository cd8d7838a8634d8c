"""A person's law as a file says it: never looser than what stands in the portal, or than the address demands.

Promise: what is refused here the database would take as the stricter law, or as unknown. The file's sender is told
first.
"""

import json

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


async def laws_of_same(work: Work, person: Person) -> dict[str, str | None]:
    """By reference, the law of everybody else with the e-mail address or telephone number of the file."""
    values = item_values(person.resume, work.now)
    return dict(await work.connection.fetch(SAME, values.email, values.telephone, person.reference))


def tell_who_is_held(work: Work, person: Person, before: dict[str, str | None], now: dict[str, str | None]) -> None:
    """Whoever was there first is under the law of this person by now (`gate.hold_same_by_law`): that is told."""
    for other, law in now.items():
        if law != before.get(other):
            details = {"stands": other, "law": law or ""}
            place = f"{person.place}/resume.json"
            work.notices.append(Problem(place, HELD, None, f"{OWN}.regime", None, details, sentence=True))
