"""Small random worlds for the model: every fact of the rule, every moment on, just before and just after its boundary.

A world is read off a string of bytes, one byte a choice. So a hundred worlds are one draw of
hypothesis's and zeros mean the plainest world there is (which is what a failure shrinks to).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, SELECTION_ITEMS, Item
from tests.facts import (
    DAY,
    HOUR,
    MINUTE,
    Account,
    Agreement,
    Campaign,
    Company,
    CompanyNetwork,
    Group,
    GroupList,
    GroupMember,
    Halt,
    Introduction,
    Notice,
    Outcome,
    Revocation,
    Undone,
    Withdrawal,
)
from tests.model import EEA_ITEMS, NOT_DECISIVE
from tests.world import World, items_of

T = TypeVar("T")
BYTES_PER_WORLD = 480

INSTANT = timedelta(microseconds=1)
NETWORKS = {"203.0.113.0/24": "JP", "203.0.113.128/25": "DE", "198.51.100.0/24": "US", "2001:db8::/32": "DE"}
ADDRESSES = (
    "192.168.7.7", "203.0.113.5", "203.0.113.200", "198.51.100.1", "192.0.2.1", "2001:db8::1", "::1", None,
)  # fmt: skip
OWN_NETWORKS = (
    ("192.168.0.0/16",), ("203.0.113.0/24", "2001:db8::/32"), ("203.0.113.128/25",), ("192.168.7.7/32",),
)  # fmt: skip
# What keeps a text from binding, and beside it what does not.
UNBOUND: tuple[dict[str, Any], ...] = (
    {"company_name": "\u3000"}, {"company_address": None}, {"company_representative": None}, {"company_country": None},
    {"company_corporate_number": None}, {"company_country": "US", "company_corporate_number": None},
    {"operator_name": None}, {"operator_address": ""}, {"operator_representative": None},
    {"signatory_name": None}, {"signatory_title": None}, {"signatory_authority": None}, {"evidence": None},
    {"said_days": 30}, {"said_days": 7}, {"said_days": 3}, {"said_grace": 14}, {"said_grace": 0}, {"said_grace": 1},
    {"said_inactive": 45}, {"said_downloads": 45},
    {"said_items": ALL_ITEMS}, {"said_items": SELECTION_ITEMS}, {"said_items": EEA_ITEMS},
)  # fmt: skip
# One that is over, one that ends a moment later, and one that was called off: each about what was signed before it.
CAMPAIGNS = (
    (1, 600 * DAY, timedelta(0), None), (2, 300 * DAY, INSTANT, None), (3, HOUR, timedelta(0), -INSTANT),
)  # fmt: skip
# When a company was in a group: since and until, before now.
MEMBERSHIPS: tuple[tuple[tuple[timedelta, timedelta | None], ...], ...] = (
    ((30 * DAY, timedelta(0)),), ((30 * DAY, -INSTANT),), ((5 * DAY, None),),
    ((30 * DAY, 5 * DAY), (4 * DAY, None)), (),
)  # fmt: skip
JOINED_UNBOUND: tuple[dict[str, Any], ...] = (
    {"company_address": None}, {"company_country": None}, {"company_corporate_number": None}, {"signatory_title": None},
    {"signatory_authority": None}, {"evidence": None}, {"operator_name": None},
)  # fmt: skip
SIGNED = (700 * DAY, 600 * DAY, 600 * DAY + INSTANT, 400 * DAY, 300 * DAY, 300 * DAY + INSTANT)
GRACES, CONTACTS, QUIET = (14, 0, 1, 90), (30, 1, 7, 365), (None, 45, 3, 10, 90)


class Dice:
    """Choices read off bytes; when they have run out, always the plainest."""

    def __init__(self, data: bytes) -> None:
        self._data = iter(data)
        self._ids = 0
        self._seed = sha256(data).digest()

    def byte(self) -> int:
        """The next byte."""
        return next(self._data, 0)

    def one_of(self, options: Sequence[T]) -> T:
        """Any of them, evenly; the first is the plainest."""
        return options[self.byte() % len(options)]

    def mostly(self, usual: T, rare: Sequence[T], odds: int = 24) -> T:
        """The usual one, but once in `odds` one of the rare."""
        byte = self.byte()
        return usual if byte % odds != odds - 1 else rare[byte // odds % len(rare)]

    def moment(self, now: datetime, length: timedelta = timedelta(0)) -> datetime:
        """A moment `length` before now to the microsecond, or a microsecond off, or well off."""
        off = (timedelta(0), INSTANT, -INSTANT, -DAY, DAY, 500 * DAY, -40 * DAY)
        return now - length + self.one_of(off)

    def items(self, usual: Item = ALL_ITEMS) -> Item:
        """The usual set, or any."""
        sets = (NO_ITEMS, EEA_ITEMS, SELECTION_ITEMS, Item.NAME, NOT_DECISIVE, Item(self.byte() << 6 | self.byte()))
        return self.mostly(usual, sets, 3)

    def new_id(self) -> UUID:
        """An id that is the same whenever the bytes are."""
        self._ids += 1
        return UUID(bytes=sha256(self._seed + self._ids.to_bytes(4)).digest()[:16])


def random_world(data: bytes, now: datetime, place: int) -> World:
    """The world in these bytes. `place` sets equal worlds of one batch apart."""
    dice = Dice(bytes([place]) + data)
    dice.byte()
    world = World(now, dice.new_id)
    for range, country in NETWORKS.items():
        world.network(range, country)
    for version, began, ends, off in CAMPAIGNS:
        off_at = now + off if off else None
        world.add(Campaign, template_version=version, started_at=now - began, ends_at=now + ends, called_off_at=off_at)
    notices = [_notice(world, dice) for _ in range_of(1 + dice.byte() % 2)]
    companies = [_company(world, dice) for _ in range_of(1 + dice.byte() % 2)]
    if len(companies) == 2 and dice.mostly(False, (True,), 2):
        _group(world, dice, companies)
    staff = dice.mostly(None, ("account_manager", "compliance", "administrator"), 4)
    if staff:
        _session(world, dice, world.account(staff + world.new_mark(), staff))
    for _ in range_of(1 + dice.byte() % 2):
        _candidate(world, dice, companies, notices)
    return world


def range_of(count: int) -> range:
    """`range`, by a name that the loops above do not hide."""
    return range(count)


def _notice(world: World, dice: Dice) -> Notice:
    now, items = world.now, dice.items()
    published = dice.mostly(now - 400 * DAY, (dice.moment(now), now - 3 * DAY, now - 2 * DAY), 8)
    until = dice.mostly(None, (now - 2 * DAY, now - 2 * DAY + INSTANT, now + HOUR), 8)
    said = {
        "policy_version": dice.mostly(date(2024, 2, 13), (date(2024, 2, 12), date(2019, 2, 26)), 24),
        "purposes": dice.mostly(3, (1, 2), 12),
        "items": items or Item.NAME,
        "regimes": dice.mostly(7, (1, 3, 2, 4), 4),
        "explicit_items": dice.mostly(NO_ITEMS, (items, items & Item.NAME), 3),
        "promises_expiry": dice.mostly(False, (True,), 8),
        "country": dice.mostly(None, ("US", "DE", "US"), 2),
    }
    said["most_days"] = dice.mostly(None, (30,), 2) if said["promises_expiry"] else None
    said = dice.mostly(said, (dict.fromkeys(said),), 16)
    until = until if until and until > published else None
    return world.add(Notice, reference=world.new_mark(), published_at=published, valid_until=until, **said)


def _company(world: World, dice: Dice) -> Company:
    now = world.now
    company = world.company(
        status=dice.mostly("active", ("pending", "suspended", "terminated")),
        country=dice.mostly("JP", ("US", "DE", None), 6),
        identity_changed_at=dice.mostly(None, (dice.moment(now),), 24),
        succeeded_at=dice.mostly(None, (now - 2 * DAY, now - 2 * DAY + INSTANT, now - 3 * DAY), 12),
    )
    for named in dice.mostly((), OWN_NETWORKS, 16):
        world.add(CompanyNetwork, company=company, range=named)
    people = [
        world.account(
            world.new_mark(),
            dice.one_of(("recruiter", "employer_admin")),
            company,
            status=dice.mostly("active", ("suspended",), 24),
            capacity=dice.mostly(1, (2, 3), 12),
        )
        for _ in range_of(1 + dice.byte() % 2)
    ]
    for _ in range_of(dice.mostly(1, (0, 2, 3), 3)):
        _agreement(world, dice, company, people)
    for account in people:
        _session(world, dice, account)
        if dice.mostly(False, (True,), 32):
            world.add(Halt, account=account)
    if dice.mostly(False, (True,), 32):
        world.add(Halt, company=company, wanted=dice.one_of(("suspended", "terminated")))
    return company


def _group(world: World, dice: Dice, companies: list[Company]) -> None:
    """A group of both, the agreement of the first for it, and what the second has joined."""
    now = world.now
    group = world.add(
        Group, reference=world.new_mark(), name=f"Group {world.new_mark()}", responsible_company=companies[0]
    )
    named = dice.mostly(companies, (companies[:1], companies[1:]), 8)
    day = (now - dice.mostly(90, (10, 9, 3), 6) * DAY).date()
    world.add(GroupList, group=group, published_on=day, text=" ".join(one.name for one in named))
    for company in companies:
        for since, until in dice.mostly(((30 * DAY, None),), MEMBERSHIPS, 3 if company is companies[1] else 12):
            end = None if until is None else now - until
            world.add(GroupMember, group=group, company=company, since=now - since, until=end)
    said = f"{group.name} {_names(dice, companies)}"
    shared = _agreement(world, dice, companies[0], [], group=group, said_group=said)
    people = [account for account in world.every(Account) if account.company is companies[1]]
    signed = shared.operator_signed_at or now - 10 * DAY
    joined: Agreement = world.joined(
        shared,
        companies[1],
        company_signed_at=dice.mostly(signed, (dice.moment(now), None)),
        operator_signed_at=dice.mostly(signed, (dice.moment(now), signed - INSTANT, None), 8),
        effective_at=dice.mostly(shared.effective_at, (dice.moment(now), shared.effective_at - INSTANT), 8),
        terminated_at=dice.mostly(None, (dice.moment(now),)),
        contact_days=dice.mostly(shared.contact_days, (29,), 12),
        **dice.mostly({}, JOINED_UNBOUND, 8),
    )
    for account in people:
        accepted = dice.mostly(now - DAY, (None, dice.moment(now)), 8)
        if accepted:
            world.undertaking(joined, account, accepted_at=accepted, capacity=_capacity(dice, account))


def _names(dice: Dice, companies: list[Company]) -> str:
    return " ".join(one.name for one in dice.mostly(companies, (companies[:1],), 8))


def _agreement(world: World, dice: Dice, company: Company, people: list[Account], **said: Any) -> Agreement:
    now = world.now
    grace = dice.one_of(GRACES)
    since = now - dice.mostly(10, (3, 3, 20)) * DAY
    agreement: Agreement = world.agreement(
        company,
        effective_at=dice.mostly(since, (dice.moment(now),), 12),
        company_signed_at=dice.mostly(since, (dice.moment(now), None, *(now - began for began in SIGNED)), 10),
        operator_signed_at=dice.mostly(since, (dice.moment(now), None)),
        expires_at=dice.mostly(None, (dice.moment(now),), 10),
        terminated_at=dice.mostly(None, (dice.moment(now),)),
        superseded_at=dice.mostly(None, (dice.moment(now, grace * DAY),), 4),
        grace_days=grace,
        contact_days=dice.one_of(CONTACTS),
        inactive_days=dice.mostly(None, QUIET[1:], 2),
        daily_downloads=dice.mostly(None, (3, 45), 6),
        items=dice.items(),
        purposes=dice.mostly(3, (1, 2, 0), 10),
        fair_screening=dice.mostly(False, (True,), 4),
        territory=dice.mostly(None, (["JP"], ["DE", "JP"], ["US"]), 6),
        **dice.mostly({}, UNBOUND, 8),
        **said,
    )
    for account in people:
        accepted = dice.mostly(now - DAY, (None, dice.moment(now)), 8)
        if accepted:
            capacity = _capacity(dice, account)
            world.undertaking(agreement, account, accepted_at=accepted, capacity=capacity)
    return agreement


def _capacity(dice: Dice, account: Account) -> int:
    """That of the account, or a former one."""
    return dice.mostly(account.capacity, (1, 2), 12)


def _session(world: World, dice: Dice, account: Account) -> None:
    now = world.now
    session = world.session(
        account,
        secret=world.new_mark() * 4,
        started_at=dice.mostly(now - HOUR, (now, now - INSTANT, now - 2 * INSTANT, now - 2 * DAY), 8),
        last_seen_at=dice.mostly(now, (dice.moment(now, 30 * MINUTE),), 16),
        expires_at=dice.mostly(now + HOUR, (dice.moment(now),), 12),
        ip=dice.mostly(ADDRESSES[0], ADDRESSES, 3),
        must_change_password=dice.mostly(False, (True,), 24),
        capacity=_capacity(dice, account),
    )
    for _ in range(dice.mostly(0, (1, 2), 12)):
        of = dice.mostly(session, (None,), 2)
        world.add(Revocation, account=account, session=of, revoked_at=dice.mostly(now, (now - DAY, now - 2 * HOUR), 2))


def _candidate(world: World, dice: Dice, companies: list[Company], notices: list[Notice]) -> None:
    now = world.now
    loosened = dice.mostly(None, (now - 2 * DAY, now - 2 * DAY + INSTANT, now - 3 * DAY, now - HOUR), 6)
    mark = world.new_mark()
    items = items_of(mark)
    items["japanese_level"]["test"] = dice.mostly("JLPT", ("self",), 3)
    candidate = world.candidate(
        mark,
        items=items,
        former_regime=dice.one_of(("eea", "california")) if loosened else None,
        loosened_at=loosened,
        lifted_at=dice.mostly(None, (now - 2 * DAY, now - 2 * DAY + INSTANT, now - 3 * DAY), 16),
        regime=dice.mostly("general", ("eea", "eea", "california", None), 2),
        restricted_at=dice.mostly(None, (dice.moment(now),), 24),
        objected_at=dice.mostly(None, (dice.moment(now),), 24),
        erased_at=dice.mostly(None, (dice.moment(now),), 24),
    )
    for company in companies:
        statements = dice.mostly(1, (0, 2, 3), 3)
        for _ in range_of(statements):
            world.consent(
                candidate,
                company,
                given_at=dice.mostly(now - 2 * DAY, (now - 2 * DAY, now - 3 * DAY, dice.moment(now)), 3),
                withdrawn_at=dice.mostly(
                    None, (dice.moment(now), dice.moment(now, 2 * DAY)), 24 if statements < 2 else 4
                ),
                expires_at=dice.mostly(None, (dice.moment(now),)),
                items=dice.items(),
                notice=dice.one_of(notices),
                purposes=dice.mostly(3, (1, 2, 0), 10),
                channel=dice.mostly("paper", ("page", None), 12),
                evidence=dice.mostly("a file", (None, ""), 12),
            )
        closed = dice.mostly(None, (dice.moment(now, dice.one_of(CONTACTS) * DAY), dice.moment(now)), 8)
        fair = dice.mostly(False, (True,), 4)
        place = world.opening(company, status="closed" if closed else "open", closed_at=closed, fair_screening=fair)
        introduction = world.introduction(
            candidate,
            place,
            introduced_at=dice.mostly(now - DAY, (dice.moment(now),), 12),
            stage=dice.mostly("introduced", ("offer", "interview"), 2),
            last_activity_at=dice.mostly(now - DAY, (dice.moment(now, dice.one_of(QUIET[1:]) * DAY),), 3),
        )
        _outcomes(world, dice, introduction)
        taken = dice.mostly(None, (dice.moment(now), dice.moment(now, DAY)))
        if taken:
            world.add(Withdrawal, introduction=introduction, withdrawn_at=taken)


def _outcomes(world: World, dice: Dice, introduction: Introduction) -> None:
    decided = dice.mostly(None, (dice.moment(world.now, dice.one_of(CONTACTS) * DAY),), 3)
    if decided:
        first = world.outcome(introduction, recorded_at=decided)
        if dice.byte() % 3 == 2:
            world.outcome(introduction, recorded_at=decided + HOUR, corrects=first, result="hired")
        _undone(world, dice, first)


def _undone(world: World, dice: Dice, first: Outcome) -> None:
    """A decision that was taken back, minutes or days later, and perhaps decided on again since."""
    after = dice.mostly(None, (MINUTE, 3 * MINUTE, 3 * DAY, INSTANT), 2)
    if after is None:
        return
    undone = dice.mostly(first.recorded_at + after, (world.now, world.now + INSTANT), 8)
    undone = max(undone, first.recorded_at + INSTANT)
    world.add(Undone, introduction=first.introduction, undone_at=undone)
    again = dice.mostly(None, (undone, undone + INSTANT, undone + HOUR, world.now), 2)
    if again is not None and again >= undone:
        world.outcome(first.introduction, recorded_at=again, turn=2)
