-- The register that a placement business keeps (Employment Security Act): job seekers and job offers, each with its introductions and their
-- results. Whoever is named in it has an entry of their own.

-- The introductions of a time with whom, for what, and what came of it; each seeker with what the register asks for.
-- for: portal_web
create function gate.placement_register(since timestamptz, until timestamptz, form text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    answer jsonb;
begin
    perform gate.record(@'register_exported', viewer, refusal, facts => jsonb_build_object('since', gate.moment(placement_register.since),
                        'until', gate.moment(placement_register.until), 'form', placement_register.form));
    if refusal is not null then
        return null;
    end if;
    with listed as materialized (
        select introduction.id, introduction.code, introduction.candidate_id, introduction.company_id, introduction.opening_id, introduction.introduced_at,
               newest.result, newest.recorded_at as decided_at
        from personal.introduction
        left join lateral (
            select outcome.result, outcome.recorded_at from personal.outcome
            where outcome.introduction_id = introduction.id
              and not exists (select from personal.outcome_undone as undone where undone.introduction_id = outcome.introduction_id and undone.turn = outcome.turn)
            order by outcome.turn desc, outcome.recorded_at desc, outcome.corrects nulls first limit 1) as newest on true
        where (since is null or introduction.introduced_at >= since) and (until is null or introduction.introduced_at < until)
        order by introduction.introduced_at desc, introduction.id limit 20000
    ), told as (
        select gate.record(@'register_named', viewer, introduction => min(listed.id::text)::uuid, items => @name | @address | @date_of_birth | @background,
                           candidate => listed.candidate_id) as entry
        from listed join personal.candidate on candidate.id = listed.candidate_id and candidate.erased_at is null group by listed.candidate_id
    )
    select jsonb_build_object(
        'named', (select count(*) from told),
        'introductions', (select coalesce(jsonb_agg(jsonb_build_object(
            'code', listed.code, 'introduced_at', listed.introduced_at, 'result', listed.result, 'decided_at', listed.decided_at,
            'reference', candidate.reference, 'erased', candidate.erased_at is not null, 'name', items.name ->> 'display', 'address', items.address,
            'date_of_birth', items.date_of_birth, 'wishes', items.background ->> 'wishes', 'received_at', candidate.created_at,
            'valid_until', (select max(coalesce(consent.expires_at, 'infinity')) from personal.consent
                            where consent.candidate_id = candidate.id and consent.withdrawn_at is null),
            'opening', opening.title, 'opening_created_at', opening.created_at, 'opening_closed_at', opening.closed_at,
            'company_id', company.id, 'company', company.name, 'company_address', company.address, 'representative', company.representative)
            order by listed.introduced_at desc, listed.id), '[]')
         from listed
         join personal.candidate on candidate.id = listed.candidate_id
         left join personal.candidate_items as items on items.candidate_id = candidate.id
         join portal.opening on opening.id = listed.opening_id
         join portal.company on company.id = listed.company_id))
    into answer;
    return answer;
end
$$;
