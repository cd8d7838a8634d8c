"""What a verification asks of the database, as the owner may, or as the worker by functions of the gate."""

from dataclasses import dataclass

from portal.accesslog.seal.page import Pages
from portal.accesslog.seal.written import written

LEAVES = """
select leaf.number, leaf.hash, leaf.entry_id as sealed_id, entry.*
from accesslog.leaf left join accesslog.entry on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at
where leaf.number >= $1 order by leaf.number limit $2
"""
# The moments are no condition of their own: those of all these leaves lie between them. They spare the rest of the log.
SOME = """
select leaf.number, entry.* from accesslog.leaf left join accesslog.entry
    on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at and entry.recorded_at between $3 and $4
where leaf.number >= $1 and leaf.number < $2
"""
# Hashes of another length would shift all that stand behind them.
SEALED = """
select case when not every(octet_length(hash) = 32) then '' else string_agg(hash, '') end,
    min(recorded_at), max(recorded_at)
from (select * from accesslog.leaf where number >= $1 and number < $2 order by number) as leaf
"""
CHECKPOINTS = "select size, root, note, sealed_at from accesslog.checkpoint order by size"
COSIGNATURES = "select size, witness, key, line from accesslog.cosignature order by size"
# What is counted, so that what was added need not be looked for. `passed` entries are of transactions before $1, up to
# which all is sealed, or of none. `later` ones are of others and have a leaf, and that of `sealed` ones is their own.
# No index has `ctid`: an entry that an index lacks is counted, and as passed.
COUNTED = """
select every_one.many as entries, every_one.many - after.many as passed, later.many as later, later.sealed
from (select count(ctid) as many from accesslog.entry) as every_one,
     (select count(*) as many from accesslog.entry where transaction >= $1) as after,
     (select count(*) as many,
             count(*) filter (where leaf.recorded_at = entry.recorded_at and leaf.number >= 0) as sealed
      from accesslog.entry join accesslog.leaf on leaf.entry_id = entry.id where entry.transaction >= $1) as later
"""
PASSED = "select coalesce(max(until), '0') from accesslog.checkpoint"
# An entry of a transaction that was passed, or of none, and that has no leaf was put there afterwards. So was one whose
# id a leaf of another moment has. A leaf is of one entry, whose id and moment it has, and stands where leaves are read.
ADDED = """
select id, recorded_at from (
    select entry.id, entry.recorded_at, entry.transaction from accesslog.entry
    where not exists (select from accesslog.leaf
                      where leaf.entry_id = entry.id and leaf.recorded_at = entry.recorded_at and leaf.number >= 0)
    offset 0  -- only of these it is asked what follows
) as entry
where coalesce(entry.transaction < (select coalesce(max(until), '0') from accesslog.checkpoint), true)
    or exists (select from accesslog.leaf where leaf.entry_id = entry.id)
order by entry.recorded_at, entry.id limit $1
"""
# A side row of another person, address or browser than its entry is bound to. One that was erased is not there. What
# `accesslog.commitment` reckons is written out: whoever exchanged a side row could have exchanged that function, too.
UNBOUND = """
select entry.id, entry.recorded_at from accesslog.entry
join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
where entry.commitment is distinct from sha256(
    side.salt || uuid_send(coalesce(side.candidate_id, '00000000-0000-0000-0000-000000000000'))
    || int4send(octet_length(coalesce(host(side.ip), ''))) || convert_to(coalesce(host(side.ip), ''), 'UTF8')
    || int4send(octet_length(coalesce(side.agent, ''))) || convert_to(coalesce(side.agent, ''), 'UTF8'))
order by entry.recorded_at, entry.id limit $1
"""
WAITING = "select count(*) from accesslog.entry where not exists (select from accesslog.leaf where entry_id = entry.id)"
LEAVES_OF_GATE = "select number, hash, sealed_id, (entry).* from gate.leaves_to_verify($1, $2)"
# One more than there can be, so that two leaves of one number are both there.
SOME_OF_GATE = """
select number, (entry).* from gate.leaves_to_verify($1, ($2::bigint - $1)::integer + 1) where number < $2
"""
SEALED_OF_GATE = "select gate.hashes_to_verify($1, $2)"


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of the database; each as the owner may, or as the worker."""

    pages: Pages = Pages(LEAVES, SEALED, written(SOME))
    checkpoints: str = CHECKPOINTS
    cosignatures: str = COSIGNATURES
    added: str = ADDED
    unbound: str = UNBOUND
    waiting: str = WAITING
    passed: str = PASSED
    counted: str = COUNTED


AS_OWNER = Questions()
AS_WORKER = Questions(
    Pages(LEAVES_OF_GATE, SEALED_OF_GATE, written(SOME_OF_GATE)),
    "select * from gate.checkpoints_to_verify()",
    "select * from gate.cosignatures_to_verify()",
    "select * from gate.added_entries($1)",
    "select * from gate.unbound_entries($1)",
    "select many from gate.waiting_for_the_seal()",
    passed="",  # the worker does not count
)
