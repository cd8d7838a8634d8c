-- What proves one entry: the leaf that seals it, and what leads from it to a signed checkpoint. That is the one of the next 65,536 leaves which most witnesses
-- cosigned, and where none did the first over the leaf. "leaf" is null where it is not sealed yet.
create function gate.proof_of(entry uuid)
returns table (leaf bigint, before bigint, edges bytea[], leaves bytea[], note text, key text, sealed_at timestamptz, cosignatures text[], witnesses text[])
language sql stable set search_path = pg_catalog, pg_temp as $$
    select leaf.number, coalesce(earlier.size, 0), earlier.edges,
           (select array_agg(beside.hash order by beside.number) from accesslog.leaf as beside
            where beside.number >= coalesce(earlier.size, 0) and beside.number < over_it.size),
           over_it.note, over_it.key, over_it.sealed_at,
           (select array_agg(said.line order by said.key) from accesslog.cosignature as said where said.size = over_it.size),
           (select array_agg(said.key order by said.key) from accesslog.cosignature as said where said.size = over_it.size)
    from accesslog.leaf
    left join lateral (
        select said.size from accesslog.cosignature as said where said.size > leaf.number and said.size <= leaf.number + 65536
        group by said.size order by count(*) desc, said.size limit 1) as witnessed on true
    left join lateral (
        select checkpoint.* from accesslog.checkpoint
        where checkpoint.size > leaf.number and (witnessed.size is null or checkpoint.size = witnessed.size) order by checkpoint.size limit 1) as over_it on true
    left join lateral (
        select checkpoint.* from accesslog.checkpoint where checkpoint.size <= leaf.number order by checkpoint.size desc limit 1) as earlier on true
    where leaf.entry_id = proof_of.entry
$$;

-- The same with the entry itself, for compliance, who has it checked. Recorded.
-- for: portal_web
create function gate.entry_proof(asked uuid)
returns table (entry accesslog.entry, leaf bigint, before bigint, edges bytea[], leaves bytea[], note text, key text, cosignatures text[], witnesses text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(@'entry_checked', viewer, refusal, subject => asked);
    if refusal is null then
        return query
            select one, proof.leaf, proof.before, proof.edges, proof.leaves, proof.note, proof.key, proof.cosignatures, proof.witnesses
            from accesslog.entry as one left join gate.proof_of(one.id) as proof on true
            where one.id = asked and (accesslog.moment_of(asked) is null or one.recorded_at between accesslog.moment_of(asked) and accesslog.moment_of(asked) + interval '1 millisecond');
    end if;
end
$$;
