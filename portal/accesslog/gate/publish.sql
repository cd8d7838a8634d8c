grant insert on accesslog.cosignature to portal_gate;
grant insert, update on portal.log_publication to portal_gate;
grant insert, update, delete on portal.log_witness to portal_gate;

-- Publishing the log, and what witnesses say of it. All of it is hashes, signatures and counts: nothing of an entry.

-- The next checkpoint that is to be published after that of so many leaves: the largest at most so many leaves further, else the
-- next one; none when all is published.
-- for: portal_worker, portal_owner
create function gate.checkpoint_to_publish(after bigint, most integer) returns table (size bigint, root bytea, note text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select checkpoint.size, checkpoint.root, checkpoint.note from accesslog.checkpoint
    where checkpoint.size > after
    order by case when checkpoint.size <= after + most then -checkpoint.size else checkpoint.size end
    limit 1
$$;

-- for: portal_worker, portal_owner
create function gate.checkpoint_at(size bigint) returns table (root bytea, note text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select checkpoint.root, checkpoint.note from accesslog.checkpoint where checkpoint.size = checkpoint_at.size
$$;

-- for: portal_worker, portal_owner
create function gate.leaf_hashes(first bigint, before bigint) returns table (hash bytea)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select leaf.hash from accesslog.leaf where leaf.number >= first and leaf.number < before order by leaf.number
$$;

-- How far the log is published, or why it is not.
-- for: portal_worker
create function gate.note_publication(size bigint, failure text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    insert into portal.log_publication as kept (size, published_at, failure)
    values (coalesce(note_publication.size, 0), now(), note_publication.failure)
    on conflict (single) do update set
        size = coalesce(note_publication.size, kept.size), failure = excluded.failure,
        published_at = case when note_publication.size is null then kept.published_at else now() end
$$;

-- What a look at a witness's checkpoint came to; "line" is its cosignature over the checkpoint of "size", which the worker has checked.
-- for: portal_worker
create function gate.note_witness(name text, key text, state text, size bigint default null, cosigned_at timestamptz default null, line text default null)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.log_witness as kept (name, key, state, size, cosigned_at, looked_at)
    values (note_witness.name, note_witness.key, note_witness.state, note_witness.size, note_witness.cosigned_at, now())
    on conflict on constraint log_witness_pkey do update set
        key = excluded.key, state = excluded.state, looked_at = now(),
        size = coalesce(excluded.size, kept.size), cosigned_at = coalesce(excluded.cosigned_at, kept.cosigned_at);
    if line is not null then
        insert into accesslog.cosignature (size, witness, key, cosigned_at, line)
        select checkpoint.size, note_witness.name, note_witness.key, note_witness.cosigned_at, note_witness.line
        from accesslog.checkpoint where checkpoint.size = note_witness.size
        on conflict do nothing;
    end if;
end
$$;

-- The witnesses that are asked now: the others are no longer shown.
-- for: portal_worker
create function gate.keep_witnesses(names text[], needed integer) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    delete from portal.log_witness where not (log_witness.name = any (names));
    insert into portal.log_publication (size, needed) values (0, keep_witnesses.needed)
    on conflict (single) do update set needed = excluded.needed
$$;

-- What a verification reads. The worker reckons it anew outside the database; nothing in it names a person.
-- for: portal_worker
create function gate.leaves_to_verify(first bigint, most integer)
returns table (number bigint, hash bytea, sealed_id uuid, entry accesslog.entry)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select leaf.number, leaf.hash, leaf.entry_id, entry from accesslog.leaf
    left join accesslog.entry on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at
    where leaf.number >= first order by leaf.number limit most
$$;

-- The hashes of the leaves with the numbers from "first" to before "until", in their order and behind one another; nothing when one is of another
-- length, which would shift all that stand behind it, and null when there are no such leaves.
-- for: portal_worker
create function gate.hashes_to_verify(first bigint, until bigint) returns bytea
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select case when not every(octet_length(leaf.hash) = 32) then '' else string_agg(leaf.hash, '') end
    from (select sealed.hash from accesslog.leaf as sealed where sealed.number >= first and sealed.number < until order by sealed.number) as leaf
$$;

-- for: portal_worker
create function gate.checkpoints_to_verify() returns table (size bigint, root bytea, note text, sealed_at timestamptz, key text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.sealed_at, checkpoint.key from accesslog.checkpoint order by checkpoint.size
$$;

-- for: portal_worker
create function gate.cosignatures_to_verify() returns table (size bigint, witness text, key text, line text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select cosignature.size, cosignature.witness, cosignature.key, cosignature.line from accesslog.cosignature order by cosignature.size
$$;

-- An entry of a transaction that the seal has passed, or of none, and that has no leaf of its id and its moment where leaves are read, was put there afterwards.
-- So was one whose id a leaf has of another moment: it is never sealed.
-- for: portal_worker
create function gate.added_entries(most integer) returns table (id uuid, recorded_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select entry.id, entry.recorded_at from (
        select entry.id, entry.recorded_at, entry.transaction from accesslog.entry
        where not exists (select from accesslog.leaf where leaf.entry_id = entry.id and leaf.recorded_at = entry.recorded_at and leaf.number >= 0)
        offset 0  -- only of these it is asked what follows
    ) as entry
    where coalesce(entry.transaction < (select coalesce(max(checkpoint.until), '0') from accesslog.checkpoint), true)
       or exists (select from accesslog.leaf where leaf.entry_id = entry.id)
    order by entry.recorded_at, entry.id limit most
$$;

-- An entry whose side row is of another person, address or browser than it is bound to.
-- for: portal_worker
create function gate.unbound_entries(most integer) returns table (id uuid, recorded_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select entry.id, entry.recorded_at from accesslog.entry
    join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
    where entry.commitment is distinct from accesslog.commitment(side.salt, side.candidate_id, side.ip, side.agent)
    order by entry.recorded_at, entry.id limit most
$$;
