"""The rule of disclosure (design, section 3), said once more in Python, from the design's words alone.

A viewer gets an item of an introduction for a purpose at a time if and only if nine conditions hold.
`reasons` yields the name of everything that stands against it; `verdict` is what follows from them.
Nothing here was taken from the SQL: where the two disagree, one of them is wrong.
"""

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from portal.candidates.items import CONTACT_ITEMS, NO_ITEMS, SELECTION_ITEMS, Item, Purpose
from tests.facts import (
    DAY,
    Account,
    Agreement,
    Campaign,
    Company,
    CompanyNetwork,
    Consent,
    GroupList,
    GroupMember,
    Halt,
    Introduction,
    Joined,
    Network,
    Outcome,
    Revocation,
    Session,
    Undertaking,
    Undone,
    Withdrawal,
)
from tests.world import World

IDLE = timedelta(minutes=30)
TOKYO = timezone(timedelta(hours=9))
# What a member's joining says as the group agreement does.
SHARED = ("items", "purposes", "contact_days", "inactive_days", "daily_downloads", "fair_screening", "territory")
JAPAN = "JP"
JAPANESE_NETWORKS = ("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")

# Condition 6: the seven items of S31 and no others; every other regime has no ceiling of its own.
EEA_ITEMS = (
    Item.NATIONALITY | Item.ADDRESS | Item.DATE_OF_BIRTH | Item.TELEPHONE
    | Item.BACKGROUND | Item.QUALIFICATIONS | Item.JAPANESE_LEVEL
)  # fmt: skip
REGIME_BITS = {"general": 1, "eea": 2, "california": 4}
# The day of the policy that first allowed sharing (S63).
SHARING_SINCE = date(2024, 2, 13)
# The published list for California has none of these three (S41).
CALIFORNIA_ITEMS = ~(Item.AGE | Item.GENDER | Item.RESIDENCE_STATUS)
CEILINGS = {"general": ~NO_ITEMS, "california": CALIFORNIA_ITEMS, "eea": EEA_ITEMS}

# What may not decide (S39), and so stays closed until the offer where the agreement or the position says so.
NOT_DECISIVE = Item.NATIONALITY | Item.GENDER | Item.AGE | Item.DATE_OF_BIRTH | Item.PHOTO

# What is a missing fact rather than an answer.
UNKNOWN = {"regime_unknown", "company_country_unknown", "network_country_unknown", "network_unknown"}


@dataclass(frozen=True)
class Verdict:
    """What one viewer gets of one introduction for one purpose: items, or the reasons against."""

    items: Item
    reasons: frozenset[str]

    @property
    def decision(self) -> str:
        """Permitted, refused, or undetermined when nothing but facts is missing."""
        if not self.reasons:
            return "permitted"
        return "undetermined" if self.reasons <= UNKNOWN else "refused"


@dataclass(frozen=True)
class Wanted:
    """What a search asks for; each filter on an item sees only where that item is open."""

    name: str | None = None
    rank: int | None = None
    permission: str | None = None
    decided: bool | None = None
    own_rank: int | None = None
    keywords: str | None = None
    qualification: str | None = None


@dataclass(frozen=True)
class Viewer:
    """Who a live session is: the account, the agreement it works under, the network's country, and whether it is one
    of the company's."""

    account: Account
    agreement: Agreement | None
    country: str | None
    within: bool | None


def verdict(world: World, introduction: Introduction, purpose: Purpose, viewer: Viewer | None, t: datetime) -> Verdict:
    """What a viewer gets. Of an introduction not made yet, or to another company, only that it is no record."""
    if introduction.introduced_at > t or not concerns(introduction, viewer):
        return nothing(viewer)
    under = agreement_for(world, introduction.company, viewer, t)
    without = _concluded(world, introduction, purpose, under, t)
    law = law_of(introduction, consent_for(world, introduction, t))
    against = set(of_the_viewer(law, viewer, under.territory if under else None))
    return Verdict(NO_ITEMS, without.reasons | against) if against else without


def concerns(introduction: Introduction, viewer: Viewer | None) -> bool:
    """Whether the introduction is to the viewer's own company."""
    return viewer is not None and viewer.account.company is introduction.company


def nothing(viewer: Viewer | None) -> Verdict:
    """What a viewer gets where there is no record."""
    return Verdict(NO_ITEMS, frozenset({"no_such_record", *of_the_role(viewer)}))


def purpose_meant(world: World, introduction: Introduction, viewer: Viewer | None, t: datetime) -> Purpose:
    """What a page without a purpose is for: selection while it is open, contact when that is what is left."""
    if verdict(world, introduction, Purpose.SELECTION, viewer, t).items:
        return Purpose.SELECTION
    there = introduction.introduced_at <= t and concerns(introduction, viewer)
    decided = there and decided_at(world, introduction, t) is not None
    contact = verdict(world, introduction, Purpose.CONTACT, viewer, t).items
    return Purpose.CONTACT if decided or contact else Purpose.SELECTION


def standing(world: World, introduction: Introduction, purpose: Purpose, t: datetime) -> Verdict:
    """The same without a viewer: what a recruiter with a live session in Japan and every undertaking would get."""
    return _concluded(world, introduction, purpose, agreement_for(world, introduction.company, None, t), t)


def found(world: World, viewer: Viewer | None, wanted: Wanted) -> list[Introduction]:
    """What a search finds: introductions of which anything is open, judged by open items alone."""
    return [one for one in world.every(Introduction) if _matches(world, one, viewer, wanted)]


def _matches(world: World, introduction: Introduction, viewer: Viewer | None, wanted: Wanted) -> bool:
    t, values = world.now, introduction.candidate.items
    chosen = verdict(world, introduction, Purpose.SELECTION, viewer, t).items
    either = chosen | verdict(world, introduction, Purpose.CONTACT, viewer, t).items
    decided = decided_at(world, introduction, t) is not None
    return bool(
        either
        and (wanted.decided is None or wanted.decided == decided)
        and (wanted.name is None or (Item.NAME in either and wanted.name.title() in values["name"]["given"]))
        and (wanted.rank is None or (Item.JAPANESE_LEVEL in chosen and _has(values, wanted.rank, own=False)))
        and (wanted.own_rank is None or (Item.JAPANESE_LEVEL in chosen and _has(values, wanted.own_rank, own=True)))
        and (
            wanted.permission is None
            or (Item.RESIDENCE_STATUS in chosen and values["residence_status"]["work"] == wanted.permission)
        )
        and (
            wanted.qualification is None
            or (Item.QUALIFICATIONS in chosen and _begin(wanted.qualification, _known(values, Item.QUALIFICATIONS)))
        )
        and (wanted.keywords is None or _begin(wanted.keywords, _known(values, chosen)))
    )


def _known(values: Mapping[str, Any], items: Item) -> list[str]:
    """The words of these of the two items that tell what a person knows."""
    label = values["background"]["label"] if Item.BACKGROUND in items else ""
    names = [one["name"] for one in values["qualifications"]] if Item.QUALIFICATIONS in items else []
    return " ".join([label, *names]).lower().split()


def _begin(asked: str, known: list[str]) -> bool:
    """Whether each word asked for is how one begins that is known."""
    return all(any(word.startswith(each) for word in known) for each in asked.lower().split())


def _has(values: Mapping[str, Any], rank: int, *, own: bool) -> bool:
    """Whether this level is reached: by a test, or by what the person says."""
    level = values["japanese_level"]
    return (level["test"] == "self") is own and level["rank"] >= rank


def _concluded(
    world: World, introduction: Introduction, purpose: Purpose, under: Agreement | None, t: datetime
) -> Verdict:
    consent = consent_for(world, introduction, t)
    against = set(of_the_company(introduction.company, under, purpose))
    if under is None:
        against |= set(of_missing(world, introduction.company, t))
    if halted(world, introduction.company):
        against.add("company_not_active")
    against |= set(of_the_recipient(introduction.company, consent, t))
    against |= set(of_the_consent(consent, purpose, t, world.now))
    if consent and withdrawn(world, consent, t):
        against.add("consent_withdrawn")
    against |= set(of_the_person(introduction, consent, t))
    against |= set(of_abroad(introduction, consent))
    if taken_back(world, introduction, t):
        against.add("introduction_withdrawn")
    against |= set(of_the_window(world, introduction, under, purpose, t))
    if against or not under or not consent:
        return Verdict(NO_ITEMS, frozenset(against))
    covers = covered(introduction, under, consent, purpose)
    items = covers & ~held(introduction, under, purpose)
    if items:
        return Verdict(items, frozenset())
    return Verdict(NO_ITEMS, frozenset({"fair_screening" if covers else "item_not_open"}))


def covered(introduction: Introduction, agreement: Agreement, consent: Consent, purpose: Purpose) -> Item:
    """Conditions 3, 4, 6 and 9, item by item: promised, consented to, within the regime, of use for the purpose."""
    notice = consent.notice
    said = consent.items & (notice.items or NO_ITEMS)
    ceiling = CEILINGS[law_of(introduction, consent) or ""] | (said & (notice.explicit_items or NO_ITEMS))
    serving = SELECTION_ITEMS if purpose is Purpose.SELECTION else CONTACT_ITEMS
    return agreement.items & said & ceiling & serving


def held(introduction: Introduction, agreement: Agreement, purpose: Purpose) -> Item:
    """Condition 10, fair screening: what may not decide is closed for selection until the offer."""
    chosen = agreement.fair_screening or introduction.opening.fair_screening
    waits = chosen and purpose is Purpose.SELECTION and introduction.stage != "offer"
    return NOT_DECISIVE if waits else NO_ITEMS


def of_the_viewer(law: str | None, viewer: Viewer | None, within: Sequence[str] | None) -> Iterator[str]:
    """Condition 1, and the networks of conditions 3 and 6. Nobody is of no company and in no known place."""
    yield from of_the_role(viewer)
    if viewer is None or viewer.agreement is None:
        yield "undertaking_not_accepted"
    if viewer is not None and viewer.within is not True:
        yield "network_unknown" if viewer.within is None else "network_outside_company"
    country = viewer and viewer.country
    if country is None and (law == "eea" or within is not None):
        yield "network_country_unknown"
    if law == "eea" and country not in (None, JAPAN):
        yield "network_outside_japan"
    if within is not None and country is not None and country not in within:
        yield "network_outside_territory"


def of_the_role(viewer: Viewer | None) -> Iterator[str]:
    """That half of condition 1 that does not ask about the introduction."""
    if viewer is None:
        yield "no_live_session"
    elif viewer.account.role not in ("recruiter", "employer_admin"):
        yield "not_for_this_role"


def of_the_company(company: Company, agreement: Agreement | None, purpose: Purpose) -> Iterator[str]:
    """Conditions 2 and 3: active, and bound by an agreement that covers the purpose."""
    if company.status != "active":
        yield "company_not_active"
    if agreement is None:
        yield "agreement_not_in_force"
    elif not agreement.purposes & purpose:
        yield "purpose_not_in_agreement"


def of_missing(world: World, company: Company, t: datetime) -> Iterator[str]:
    """Condition 3: what an agreement would go on but for, and a group agreement that the company is not under."""
    own = [a for a in agreements(world) if a.company is company and in_force_otherwise(world, a, t)]
    campaigns = world.every(Campaign)
    if any(concerned(campaign, a) and campaign.ends_at <= t for a in own for campaign in campaigns):
        yield "new_version_not_signed"
    if any(left(world, a, t) for a in own):
        yield "group_left"
    groups = [
        one.group
        for one in world.every(GroupMember)
        if one.company is company and one.since <= t and (one.until is None or one.until > t)
    ]
    shared = (a for a in world.every(Agreement) if a.group in groups and a.company is not company)
    if any(in_force(world, a, t) for a in shared):
        yield "group_agreement_not_joined"


def of_the_recipient(company: Company, consent: Consent | None, t: datetime) -> Iterator[str]:
    """Conditions 3 and 4: still what agreement and consent name, or a succession is recorded. What was said to another
    legal person does not count."""
    if company.identity_changed_at and company.identity_changed_at <= t:
        yield "recipient_changed"
    if consent and company.succeeded_at and consent.given_at < company.succeeded_at:
        yield "consent_to_former_recipient"


def of_the_consent(consent: Consent | None, purpose: Purpose, t: datetime, written: datetime) -> Iterator[str]:
    """Condition 4 but for withdrawals: given before, not expired, proved, and to this purpose of the notice shown."""
    if consent is None:
        yield "consent_not_given"
        return
    if consent.expires_at and consent.expires_at <= t:
        yield "consent_expired"
    if any(lacks(consent, written)):
        yield "consent_unsupported"
    if not consent.purposes & (consent.notice.purposes or 0) & purpose:
        yield "purpose_not_in_consent"


def lacks(consent: Consent, written: datetime) -> Iterator[bool]:
    """What keeps a consent from being believed: notice, time, evidence. `written` is when it was recorded."""
    notice = consent.notice
    yield notice.policy_version is None or notice.policy_version < SHARING_SINCE
    yield consent.given_at < notice.published_at
    yield notice.valid_until is not None and consent.given_at >= notice.valid_until
    yield consent.given_at > written
    yield bool(notice.promises_expiry) and consent.expires_at is None
    if notice.most_days and consent.expires_at:  # the last day counts whole
        yield consent.expires_at > consent.given_at + (notice.most_days + 1) * DAY
    yield consent.channel is None or (consent.channel != "page" and not consent.evidence)


def law_of(introduction: Introduction, consent: Consent | None) -> str | None:
    """The law that applies to a statement: one from before a loosening stays under the law of then."""
    candidate = introduction.candidate
    before = consent and candidate.loosened_at and consent.given_at < candidate.loosened_at
    return candidate.former_regime if before else candidate.regime


def of_the_person(introduction: Introduction, consent: Consent | None, t: datetime) -> Iterator[str]:
    """Condition 5, and that somebody has said which law is the person's."""
    candidate = introduction.candidate
    if candidate.restricted_at and candidate.restricted_at <= t:
        yield "candidate_restricted"
    if candidate.objected_at and candidate.objected_at <= t:
        yield "candidate_objecting"
    if candidate.erased_at and candidate.erased_at <= t:
        yield "candidate_erased"
    if consent and candidate.lifted_at and consent.given_at < candidate.lifted_at:
        yield "consent_before_lifting"
    if law_of(introduction, consent) is None:
        yield "regime_unknown"


def of_abroad(introduction: Introduction, consent: Consent | None) -> Iterator[str]:
    """The notice's and the company's part of condition 6, and condition 7: told of this very country."""
    regime, notice = law_of(introduction, consent), consent and consent.notice
    if regime and notice and not (notice.regimes or 0) & REGIME_BITS[regime]:
        yield "notice_not_for_regime"
    match introduction.company.country:
        case "JP":
            return
        case None:
            yield "company_country_unknown"
        case country:
            if regime == "eea":
                yield "company_outside_japan"
            if notice and notice.country != country:
                yield "foreign_transfer_notice_missing"


def of_the_window(
    world: World, introduction: Introduction, agreement: Agreement | None, purpose: Purpose, t: datetime
) -> Iterator[str]:
    """Condition 8: selection until an outcome, the position's closing or the agreement's days without activity, contact
    for the agreement's days after it."""
    decided, closed = decided_at(world, introduction, t), introduction.opening.closed_at
    ends = {"opening_closed": closed, "introduction_inactive": inactive_at(introduction, agreement)}
    over = {name: moment for name, moment in ends.items() if moment and moment <= t}
    ended = decided or min(over.values(), default=None)
    if ended is None:
        return
    contact_over = agreement is not None and ended + agreement.contact_days * DAY <= t
    if purpose is Purpose.SELECTION:
        yield from ["window_closed"] if decided else over
    elif contact_over:
        yield "window_closed"


def inactive_at(introduction: Introduction, agreement: Agreement | None) -> datetime | None:
    """When the selection ends for want of activity; None where the agreement sets no such time."""
    if agreement is None or agreement.inactive_days is None:
        return None
    return introduction.last_activity_at + agreement.inactive_days * DAY


def taken_back(world: World, introduction: Introduction, t: datetime) -> bool:
    """Whether it was withdrawn: it is over for both purposes then."""
    return any(one.introduction is introduction and one.withdrawn_at <= t for one in world.every(Withdrawal))


def decided_at(world: World, introduction: Introduction, t: datetime) -> datetime | None:
    """When the outcome that stands was recorded. A later correction changes what was decided, not when."""
    undone = {one.turn for one in world.every(Undone) if one.introduction is introduction and one.undone_at <= t}
    for outcome in world.every(Outcome):
        first = outcome.introduction is introduction and not outcome.corrects
        if first and outcome.recorded_at <= t and outcome.turn not in undone:
            return outcome.recorded_at
    return None


def consent_for(world: World, introduction: Introduction, t: datetime) -> Consent | None:
    """The person's newest statement about the company: it replaces what they said before."""
    said = [
        consent
        for consent in world.every(Consent)
        if consent.candidate is introduction.candidate
        and consent.company is introduction.company
        and consent.given_at <= t
    ]
    return max(said, key=lambda consent: (consent.given_at, consent.id), default=None)


def withdrawn(world: World, consent: Consent, t: datetime) -> bool:
    """Whether the person has withdrawn since what they said last, by whichever statement about the company: a person
    withdraws from a company, and not from one row."""
    since = (
        other.withdrawn_at
        for other in world.every(Consent)
        if other.candidate is consent.candidate
        and other.company is consent.company
        and (
            other is consent or (other.given_at <= t and other.withdrawn_at and other.withdrawn_at >= consent.given_at)
        )
    )
    return any(moment is not None and moment <= t for moment in since)


def in_force(world: World, agreement: Agreement, t: datetime) -> bool:
    """Lacking nothing, signed by both, effective, not expired, not terminated and not superseded past its grace. Nor
    ended by a campaign for a newer version or by leaving the group."""
    over = any(concerned(campaign, agreement) and campaign.ends_at <= t for campaign in world.every(Campaign))
    return not over and not left(world, agreement, t) and in_force_otherwise(world, agreement, t)


def left(world: World, agreement: Agreement, t: datetime) -> bool:
    """Whether a company is no longer the member that joined; an agreement of its own it does not lose so."""
    stays = memberships(world, agreement)
    return bool(agreement.joined_agreement) and not any(one.until is None or one.until > t for one in stays)


def memberships(world: World, agreement: Agreement) -> list[GroupMember]:
    """What of a company's time in the group a joining stands on, in order of its end: what began before it."""
    joined, signed = agreement.joined_agreement, agreement.operator_signed_at
    stays = [
        one
        for one in world.every(GroupMember)
        if joined is not None
        and one.company is agreement.company
        and one.group is joined.group
        and signed is not None
        and one.since <= signed
    ]
    return sorted(stays, key=lambda one: (one.until is None, one.until or signed))


def concerned(campaign: Campaign, agreement: Agreement) -> bool:
    """Whether a campaign is about an agreement: of an older version, or from outside and signed before it began."""
    if campaign.called_off_at:
        return False
    if agreement.template_version is not None:
        return agreement.template_version < campaign.template_version
    return agreement.company_signed_at is not None and agreement.company_signed_at < campaign.started_at


def in_force_otherwise(world: World, agreement: Agreement, t: datetime) -> bool:
    """The same without campaigns and without leaving."""
    signed = agreement.company_signed_at, agreement.operator_signed_at
    return (
        not any(unbound(world, agreement))
        and not (agreement.joined_agreement and over(world, agreement.joined_agreement, t))
        and all(moment is not None and moment <= t for moment in (*signed, agreement.effective_at))
        and not (agreement.expires_at and agreement.expires_at <= t)
        and not (agreement.terminated_at and agreement.terminated_at <= t)
        and not (agreement.superseded_at and agreement.superseded_at + agreement.grace_days * DAY <= t)
    )


def over(world: World, agreement: Agreement, t: datetime) -> bool:
    """Whether the agreement of a group has ended, by anything."""
    end = end_of(world, agreement)
    return end is not None and end <= t


def agreements(world: World) -> list[Agreement]:
    """Every agreement, and what members of groups have joined."""
    return [*world.every(Agreement), *world.every(Joined)]


def listed(world: World, agreement: Agreement) -> list[Company]:
    """The companies of its group as they were when it was signed; as they are, while it is not."""
    t = agreement.company_signed_at or world.now
    return [
        one.company
        for one in world.every(GroupMember)
        if one.group is agreement.group and one.since <= t and (one.until is None or one.until > t)
    ]


def published(world: World, agreement: Agreement) -> bool:
    """Whether the group had published a list that names each of its companies, the one that signs among them."""
    day = (agreement.company_signed_at or world.now).astimezone(TOKYO).date()
    lists = [one for one in world.every(GroupList) if one.group is agreement.group and one.published_on <= day]
    if not lists:
        return False
    text, companies = max(lists, key=lambda one: one.version).text, listed(world, agreement)
    return agreement.company in companies and all(company.name in text for company in companies)


def unbound_joining(world: World, agreement: Agreement, joined: Agreement) -> Iterator[bool]:
    """What keeps a member's joining from binding: its own particulars and paper, and the group agreement as it is."""
    yield not all((agreement.company_name, agreement.company_address, agreement.company_representative))
    yield not agreement.company_country
    yield agreement.company_country == JAPAN and not agreement.company_corporate_number
    yield not all((agreement.signatory_name, agreement.signatory_title, agreement.signatory_authority))
    yield not agreement.evidence
    yield joined.group is None or any(unbound(world, joined))
    signed, own = joined.operator_signed_at, agreement.operator_signed_at
    yield joined.company_signed_at is None or signed is None or (own is not None and signed > own)
    yield agreement.company is joined.company or agreement.company not in listed(world, joined)
    yield any(getattr(agreement, name) != getattr(joined, name) for name in SHARED)
    yield agreement.effective_at < joined.effective_at


def unbound(world: World, agreement: Agreement) -> Iterator[bool]:
    """What keeps a text from binding: its parties, who signed by what authority, the paper, and its own numbers."""
    if agreement.joined_agreement is not None:
        yield from unbound_joining(world, agreement, agreement.joined_agreement)
        return
    if agreement.group is not None:
        yield not published(world, agreement)
        words = agreement.said_group or ""
        names = [agreement.group.name, *(company.name for company in listed(world, agreement))]
        yield agreement.template_version is None and not all(name in words for name in names)
    yield not all(
        (
            agreement.company_name and agreement.company_name.strip(),
            agreement.company_address,
            agreement.company_representative,
        )
    )
    yield not agreement.company_country
    yield agreement.company_country == JAPAN and not agreement.company_corporate_number
    yield not all((agreement.operator_name, agreement.operator_address, agreement.operator_representative))
    yield not all((agreement.signatory_name, agreement.signatory_title, agreement.signatory_authority))
    if agreement.template_version is not None:  # its text is made from the columns
        return
    yield agreement.company_signed_at is not None and not agreement.evidence
    yield agreement.said_days not in (None, agreement.contact_days)
    yield agreement.inactive_days is not None and agreement.said_inactive not in (None, agreement.inactive_days)
    yield agreement.daily_downloads is not None and agreement.said_downloads not in (None, agreement.daily_downloads)
    yield agreement.grace_days > 0 and agreement.said_grace not in (None, agreement.grace_days)
    yield agreement.said_items is not None and bool(agreement.items & ~agreement.said_items)


def agreement_for(world: World, company: Company, viewer: Viewer | None, t: datetime) -> Agreement | None:
    """The agreement the viewer works under; for anyone else the company's newest in force."""
    if viewer and viewer.agreement and viewer.agreement.company is company and in_force(world, viewer.agreement, t):
        return viewer.agreement
    return _newest(a for a in agreements(world) if a.company is company and in_force(world, a, t))


def _newest(agreements: Iterator[Agreement]) -> Agreement | None:
    return max(agreements, key=lambda agreement: (agreement.effective_at, agreement.id), default=None)


def viewer_of(world: World, session: Session, t: datetime) -> Viewer | None:
    """Condition 1: a live session, not by a temporary password, of an active account; and its newest agreement. What
    was begun or promised as something that the account is no more does not count."""
    live = session.expires_at > t and session.last_seen_at + IDLE > t and not revoked(world, session)
    account = session.account
    live = live and not halted(world, account) and not outlived(world, session, t)
    if not live or session.must_change_password or account.status != "active" or session.capacity != account.capacity:
        return None
    promised = (
        undertaking.agreement
        for undertaking in world.every(Undertaking)
        if undertaking.account is account and undertaking.accepted_at <= t and undertaking.capacity == account.capacity
    )
    agreement = _newest(a for a in promised if a.company is account.company and in_force(world, a, t))
    return Viewer(account, agreement, country_of(world, session.ip), within(world, account.company, session.ip))


def outlived(world: World, session: Session, t: datetime) -> bool:
    """Whether the company's agreement ended since this sign-in began, and none went on in that very moment."""
    own = [one for one in agreements(world) if one.company is session.account.company]
    ends = ((one, end_of(world, one)) for one in own)
    return any(
        end is not None
        and session.started_at < end <= t
        and in_force(world, one, end - timedelta(microseconds=1))
        and not any(in_force(world, other, end) for other in own)
        for one, end in ends
    )


def end_of(world: World, agreement: Agreement) -> datetime | None:
    """When an agreement ends or ended: expired, terminated, superseded past its grace, by a campaign, or with the group
    agreement or the membership that it stands on."""
    superseded = agreement.superseded_at and agreement.superseded_at + agreement.grace_days * DAY
    asked = [one.ends_at for one in world.every(Campaign) if concerned(one, agreement)]
    ends = [agreement.expires_at, agreement.terminated_at, superseded, *asked]
    if agreement.joined_agreement:
        stays = memberships(world, agreement)
        forever = any(one.until is None for one in stays)
        ends += [end_of(world, agreement.joined_agreement), *([] if forever else [one.until for one in stays][-1:])]
    return min((end for end in ends if end), default=None)


def within(world: World, company: Company | None, address: str | None) -> bool | None:
    """Whether an address is of the company's own networks, if it named any; None when nobody knows the address."""
    named = [ipaddress.ip_network(one.range) for one in world.every(CompanyNetwork) if one.company is company]
    if not named:
        return True
    return None if address is None else any(ipaddress.ip_address(address) in one for one in named)


def halted(world: World, what: Account | Company) -> bool:
    """Whether an ending of it binds that is not written to its record yet."""
    return any(what in (halt.account, halt.company) for halt in world.every(Halt))


def revoked(world: World, session: Session) -> bool:
    """Whether this sign-in was ended, by itself or with all of its account that had begun by then."""
    return any(
        end.account is session.account and end.session in (None, session) and end.revoked_at >= session.started_at
        for end in world.every(Revocation)
    )


def country_of(world: World, address: str | None) -> str | None:
    """Where an address is, by the narrowest range that holds it; None when none does."""
    known = tuple((network.range, network.country) for network in world.every(Network))
    return None if address is None else _country(known, address)


@cache
def _country(known: tuple[tuple[str, str], ...], address: str) -> str | None:
    places = [(range, JAPAN) for range in JAPANESE_NETWORKS] + list(known)
    ranges = [(ipaddress.ip_network(range), country) for range, country in places]
    holding = [(range.prefixlen, country) for range, country in ranges if ipaddress.ip_address(address) in range]
    return max(holding, default=(0, None))[1]
