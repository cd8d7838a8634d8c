"""What the sessions of random worlds ask the gate, and how a whole batch of them asks at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from portal.candidates.items import ALL_ITEMS, Item, Purpose
from tests import model
from tests.facts import Introduction, Session
from tests.model import Viewer, Wanted
from tests.world import World

PURPOSES: tuple[Purpose | None, ...] = (None, Purpose.SELECTION, Purpose.CONTACT)

# For each visit: put on its session and its request id, then disclose what it asks for.
DISCLOSE = """
select visit.request, disclosed.*
from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::integer[])
    as visit (secret, request, asked, purpose, wanted)
cross join lateral (
    select set_config('portal.session', visit.secret, true)
        || set_config('portal.request', json_build_object('id', visit.request)::text, true) as arrived
) as context
cross join lateral gate.disclose(
    case when context.arrived is not null then string_to_array(visit.asked, ',')::uuid[] end,
    visit.purpose, 'page_shown', visit.wanted
) as disclosed
"""
ENTRIES = """
select entry.*, coalesce(reasons, '{}') as codes, side.candidate_id,
       accesslog.commitment(side.salt, side.candidate_id, side.ip, side.agent) = entry.commitment as committed
from accesslog.entry
join accesslog.entry_subject as side on (side.recorded_at, side.entry_id) = (entry.recorded_at, entry.id)
where transaction = pg_current_xact_id() and action = $1
"""
STANDING = """
select introduction_id, selection_items, contact_items, gate.reason_codes(selection_reasons) as selection_reasons,
       gate.reason_codes(contact_reasons) as contact_reasons, consent_id, agreement_id, decided_at
from gate.standing_at($1, null)
"""


SEARCH = """
select visit.request, found.*
from unnest($1::text[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::boolean[], $7::smallint[], $8::text[],
            $9::text[], $10::int[])
    as visit (secret, request, name, rank, permission, decided, own_rank, keywords, qualification, wanted)
cross join lateral (
    select set_config('portal.session', visit.secret, true)
        || set_config('portal.request', json_build_object('id', visit.request)::text, true) as arrived
) as context
cross join lateral gate.search(
    row(case when context.arrived is not null then visit.name end, null, null,
        visit.rank, visit.permission, visit.decided, null, visit.own_rank, null, null, null,
        visit.keywords, visit.qualification, null, null)::gate.search_filter,
    null, null, false, 100, visit.wanted
) as found
"""
BASIS = """
select visit.request, basis.introduction_id, basis.selection_items, basis.contact_items
from unnest($1::text[], $2::uuid[], $3::text[]) as visit (secret, request, asked)
cross join lateral (select set_config('portal.session', visit.secret, true) as arrived) as context
cross join lateral unnest(
    case when context.arrived is not null then string_to_array(visit.asked, ',')::uuid[] end
) as one
cross join lateral gate.basis(one) as basis
"""


@dataclass(frozen=True)
class Visit:
    """One session (or nobody) asking for all introductions of its world, and searching among them."""

    world: World
    session: Session | None
    request: UUID
    purpose: Purpose | None
    items: Item
    filter: Wanted

    @property
    def secret(self) -> str:
        """What is put in as the session's secret."""
        return self.session.secret if self.session else "a secret of nobody's"

    @property
    def viewer(self) -> Viewer | None:
        """Who the model says that this is."""
        return model.viewer_of(self.world, self.session, self.world.now) if self.session else None

    @property
    def asked(self) -> list[UUID]:
        """All introductions there are, and one there is not."""
        return [*(found.id for found in self.world.every(Introduction)), self.request]


def visits_in(world: World, data: bytes) -> Iterator[Visit]:
    """One for each session and one for nobody; what they ask for is read off the end of the bytes."""
    names = [introduction.candidate.reference for introduction in world.every(Introduction)]
    filters = (
        Wanted(), Wanted(rank=4), Wanted(rank=5), Wanted(own_rank=4),
        Wanted(permission="with_permission"), Wanted(permission="none"),
        Wanted(keywords=names[0]), Wanted(keywords="background qual"), Wanted(qualification=names[-1]),
        Wanted(decided=True), Wanted(decided=False), Wanted(name=names[0]), Wanted(name=names[-1], rank=1),
    )  # fmt: skip
    nobody = [None] if data[-9] % 4 == 0 else []
    for place, session in enumerate([*world.every(Session), *nobody]):
        byte = data[-1 - place]
        yield Visit(
            world,
            session,
            uuid5(world.every(Introduction)[0].id, str(place)),
            PURPOSES[byte % 3],
            ALL_ITEMS if byte % 5 else Item(byte << 5 & ALL_ITEMS),
            filters[byte // 3 % len(filters)],
        )
