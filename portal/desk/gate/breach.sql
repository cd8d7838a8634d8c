-- Breach help: whom and which items an account, a sign-in, a time or a file reached, in one step.

-- Of all permitted entries that a filter finds and that showed something: the persons by number, with what was shown of each, to whom, from
-- when to when; how many there are, under which law; how many entries are of persons who were erased. Of a breach everybody counts: all
-- entries are looked through, whatever their number, and summed up before anything is joined. In a file are up to 20000 persons, in the
-- page 200, the latest first; "persons" counts all.
-- for: portal_web
create function gate.breach(filter gate.log_filter, one uuid, form text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    begun record;
    answer jsonb;
begin
    select * into begun from gate.ask_log(@'breach_reckoned', filter, one, jsonb_build_object('form', form));
    if begun.entry is null then
        return null;
    end if;
    execute format($query$
        with found as materialized (
            select side.candidate_id, entry.introduction_id, entry.company_id, bit_or(entry.items) as items, count(*) as entries,
                   count(*) filter (where entry.action = 'handed_over') as files, min(entry.recorded_at) as first_at, max(entry.recorded_at) as last_at
            from %s
            left join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
            where entry.items <> 0 and entry.decision = 'permitted' and %s
            group by side.candidate_id, entry.introduction_id, entry.company_id
        ), people as materialized (
            select found.candidate_id, candidate.reference, candidate.regime, bit_or(found.items) as items, sum(found.entries) as entries,
                   sum(found.files) as files, min(found.first_at) as first_at, max(found.last_at) as last_at,
                   array_agg(distinct introduced.code) filter (where introduced.code is not null) as codes,
                   array_agg(distinct company.name) filter (where company.name is not null) as companies
            from found join personal.candidate on candidate.id = found.candidate_id
            left join personal.introduction as introduced on introduced.id = found.introduction_id
            left join portal.company on company.id = found.company_id
            group by found.candidate_id, candidate.reference, candidate.regime
        )
        select jsonb_build_object(
            'persons', (select count(*) from people), 'erased', (select coalesce(sum(entries), 0) from found where candidate_id is null),
            'eea', (select count(*) from people where regime = 'eea'), 'entries', (select coalesce(sum(entries), 0) from found),
            'items', gate.item_codes((select coalesce(bit_or(items), 0) from found)), 'first_at', (select min(first_at) from found),
            'last_at', (select max(last_at) from found),
            'by_item', (select coalesce(jsonb_object_agg(item.code, (select count(*) from people where people.items & item.mask <> 0)), '{}')
                        from portal.item where item.mask & (select coalesce(bit_or(items), 0) from people) <> 0),
            'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                        'reference', one.reference, 'candidate_id', one.candidate_id, 'regime', one.regime, 'items', gate.item_codes(one.items),
                        'entries', one.entries, 'files', one.files, 'codes', coalesce(one.codes, '{}'), 'companies', coalesce(one.companies, '{}'),
                        'first_at', one.first_at, 'last_at', one.last_at) order by one.last_at desc, one.reference), '[]')
                     from (select * from people order by last_at desc, reference limit case when $4 is null then 200 else 20000 end) as one))
        $query$, gate.log_source(begun.asked, false, false), gate.log_conditions(begun.asked, false, false))
    into answer using begun.asked, null::timestamptz, null::uuid, form;
    return answer;
end
$$;
