grant update on portal.log_sink to portal_gate;

-- Handing sealed entries to the operator's own collector, in the order of their leaves. The side row, which names people, stays here.

-- for: portal_worker
create function gate.entries_to_hand_over(most integer) returns table (number bigint, entry accesslog.entry)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select leaf.number, entry from accesslog.leaf
    join accesslog.entry on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at
    where leaf.number >= (select sink.next from portal.log_sink as sink) order by leaf.number limit most
$$;

-- What a try came to: "next" is one more than the last number that the collector took, or null.
-- for: portal_worker
create function gate.note_hand_over(next bigint, failure text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update portal.log_sink as sink
    set next = greatest(sink.next, coalesce(note_hand_over.next, 0)), failure = left(note_hand_over.failure, 100),
        handed_at = case when note_hand_over.next is null then sink.handed_at else now() end
$$;

-- for: portal_web
create function gate.log_sink() returns table (next bigint, handed_at timestamptz, failure text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select sink.next, sink.handed_at, sink.failure from portal.log_sink as sink where gate.reads_the_seal()
$$;
