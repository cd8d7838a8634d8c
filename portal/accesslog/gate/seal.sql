grant insert on accesslog.leaf, accesslog.checkpoint to portal_gate;

-- Sealing the log. The worker reads what is not sealed yet, and adds leaves and a checkpoint in the same transaction. Nobody seals
-- beside it: the lock is held until that transaction ends.

-- Committed entries that have no leaf, in the order in which they are sealed; none while another seals. An entry may be sealed
-- once no transaction as old as its own is still under way: sequence and time would miss what commits late. A transaction at or
-- beyond the newest number is of another cluster, whose copy this one is, and has ended.
-- for: portal_worker
create function gate.unsealed(most integer) returns setof accesslog.entry
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    seen pg_snapshot;
    since xid8;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('accesslog.seal', 0)) then
        return;
    end if;
    seen := pg_current_snapshot();
    select checkpoint.until into since from accesslog.checkpoint order by checkpoint.size desc limit 1;
    if since is null or since >= pg_snapshot_xmax(seen) then
        since := '0';
    end if;
    -- Judged by the snapshot of the statement that reads: what began and ended since "seen" is no entry of another cluster.
    return query
        select entry.* from accesslog.entry
        where entry.transaction >= since
          and (entry.transaction < pg_snapshot_xmin((select pg_current_snapshot())) or entry.transaction >= pg_snapshot_xmax((select pg_current_snapshot())))
          and not exists (select from accesslog.leaf where leaf.entry_id = entry.id)
        order by entry.transaction, entry.recorded_at, entry.id
        limit least(most, 10000);
end
$$;

-- Where the tree stands: its newest checkpoint, or nothing.
-- for: portal_worker
create function gate.newest_checkpoint() returns table (size bigint, edges bytea[], note text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select checkpoint.size, checkpoint.edges, checkpoint.note from accesslog.checkpoint order by checkpoint.size desc limit 1
$$;

-- Adds leaves from the number "first" on, which has to be the next one, and the checkpoint over all. "until" is no later than anything committed that has no
-- leaf: whatever was not among the entries is looked for again.
-- for: portal_worker
create function gate.seal(first bigint, entries uuid[], moments timestamptz[], hashes bytea[], root bytea, edges bytea[], note text, key text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('accesslog.seal', 0));
    if first <> coalesce((select max(checkpoint.size) from accesslog.checkpoint), 0) then
        raise exception 'leaf % is not the next one', first using errcode = 'object_not_in_prerequisite_state';
    end if;
    insert into accesslog.leaf (number, recorded_at, entry_id, hash)
    select seal.first + given.place - 1, entry.recorded_at, entry.id, given.hash
    from unnest(entries, moments, hashes) with ordinality as given (id, recorded_at, hash, place)
    join accesslog.entry on entry.recorded_at = given.recorded_at and entry.id = given.id;
    if (select count(*) from accesslog.leaf where leaf.number >= seal.first) <> cardinality(entries) then
        raise exception 'what is sealed are entries of the log, each once' using errcode = 'foreign_key_violation';
    end if;
    insert into accesslog.checkpoint (size, root, edges, note, key, until)
    values (first + cardinality(entries), root, edges, note, key,
            (select least(max(entry.transaction), (
                 select min(left_out.transaction) from accesslog.entry as left_out
                 where left_out.transaction >= coalesce((select last.until from accesslog.checkpoint as last order by last.size desc limit 1), '0')
                   and left_out.transaction < pg_snapshot_xmin(pg_current_snapshot())
                   and not exists (select from accesslog.leaf as sealed where sealed.entry_id = left_out.id)))
             from accesslog.leaf join accesslog.entry on entry.recorded_at = leaf.recorded_at and entry.id = leaf.entry_id
             where leaf.number >= seal.first and entry.transaction < pg_snapshot_xmin(pg_current_snapshot())));
end
$$;

-- How many entries wait to be sealed, and since when. What waits was written after the last transaction that is sealed: the rest of
-- the log need not be looked through.
-- for: portal_owner, portal_worker
create function gate.waiting_for_the_seal() returns table (many bigint, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*), min(entry.recorded_at) from accesslog.entry
    where entry.transaction >= coalesce((select last.until from accesslog.checkpoint as last order by last.size desc limit 1), '0')
      and not exists (select from accesslog.leaf where leaf.entry_id = entry.id)
$$;

-- How far the log is sealed, for compliance: the newest checkpoint with the key it was signed with, and what waits since when.
-- for: portal_web
create function gate.log_seal()
returns table (size bigint, sealed_at timestamptz, note text, key text, waiting bigint, waiting_since timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(@'seal_read', viewer, refusal);
    if refusal is null then
        return query
            select newest.size, newest.sealed_at, newest.note, newest.key, left_over.many, left_over.since
            from gate.waiting_for_the_seal() as left_over
            left join (select checkpoint.* from accesslog.checkpoint order by checkpoint.size desc limit 1) as newest on true;
    end if;
end
$$;
