grant insert, update on portal.log_verification to portal_gate;

-- Verifications of the whole log: asked for on compliance's page and once a day by the worker, which does them.

-- How the log is published and witnessed, and the newest verifications, for compliance. The page that shows them is recorded by
-- gate.log_seal.
create function gate.reads_the_seal() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select viewer.session_id is not null and viewer.role = 'compliance' from gate.viewer() as viewer
$$;

-- for: portal_web
create function gate.log_publication() returns table (size bigint, published_at timestamptz, failure text, needed integer)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select publication.size, publication.published_at, publication.failure, publication.needed from portal.log_publication as publication
    where gate.reads_the_seal()
$$;

-- for: portal_web
create function gate.log_witnesses() returns table (name text, state text, size bigint, cosigned_at timestamptz, looked_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select witness.name, witness.state, witness.size, witness.cosigned_at, witness.looked_at from portal.log_witness as witness
    where gate.reads_the_seal() order by witness.name
$$;

-- for: portal_web
create function gate.log_verifications()
returns table (asked_at timestamptz, asked_by text, begun_at timestamptz, done bigint, total bigint, ended_at timestamptz, result text,
               kinds text[], numbers bigint[], cosigned bigint)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select one.asked_at, account.display_name, one.begun_at, one.done, one.total, one.ended_at, one.result, one.kinds, one.numbers, one.cosigned
    from portal.log_verification as one left join portal.account on account.id = one.asked_by
    where gate.reads_the_seal() order by one.asked_at desc limit 5
$$;

-- True when it is asked for, false when one is under way already, null when the viewer may not.
-- for: portal_web
create function gate.ask_verification() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(@'verification_asked', viewer, refusal);
    if refusal is not null then
        return null;
    end if;
    insert into portal.log_verification (asked_by) values (viewer.account_id) on conflict do nothing;
    return found;
end
$$;

-- Once a day, when there is something to verify.
-- for: portal_worker
create function gate.plan_verification() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.log_verification (asked_by)
    select null where exists (select from accesslog.checkpoint where checkpoint.sealed_at < now() - interval '1 day')
        and not exists (select from portal.log_verification as one where one.asked_at > now() - interval '1 day')
    on conflict do nothing;
    return found;
end
$$;

-- The verification that is to be done, for one worker at a time: another takes it up when nothing was noted for a minute.
-- for: portal_worker
create function gate.verification_to_do() returns table (id uuid, done bigint, edges bytea[])
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update portal.log_verification as one
    set begun_at = coalesce(one.begun_at, now()), noted_at = now(),
        total = coalesce((select max(checkpoint.size) from accesslog.checkpoint), 0)
    where one.ended_at is null and (one.noted_at is null or one.noted_at < now() - interval '1 minute')
    returning one.id, one.done, one.edges
$$;

-- for: portal_worker
create function gate.note_verification(id uuid, done bigint, edges bytea[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update portal.log_verification as one
    set done = note_verification.done, edges = note_verification.edges, noted_at = clock_timestamp(), total = greatest(one.total, note_verification.done)
    where one.id = note_verification.id and one.ended_at is null
$$;

-- What it came to, with its entry.
-- for: portal_worker
create function gate.end_verification(id uuid, result text, size bigint, kinds text[], numbers bigint[], cosigned bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    program gate.viewer_row;
begin
    program.role := 'operator_program';
    update portal.log_verification as one
    set ended_at = clock_timestamp(), result = end_verification.result, kinds = end_verification.kinds, numbers = end_verification.numbers,
        cosigned = end_verification.cosigned, done = end_verification.size, total = greatest(one.total, end_verification.size)
    where one.id = end_verification.id and one.ended_at is null;
    if found then
        perform gate.record(@'log_verified', program, facts => jsonb_build_object('sealed', size, 'faults', cardinality(kinds), 'done', result <> 'not_done'));
    end if;
end
$$;
