grant insert on portal.criteria to portal_gate;
grant select on portal.criteria to portal_web;
create policy web_reads on portal.criteria for select to portal_web using (company_id = any (array(select gate.companies())));

-- By what the candidates of a position are judged. The company's administrators choose from one list of criteria that concern the work
-- (portal/selection/scorecards.py), before anybody is judged by them. Nothing of a person stands here.

create function gate.criteria_codes() returns text[]
language sql immutable parallel safe as $$
    select '{skills,experience,qualifications,japanese,communication,teamwork,motivation,learning,problems,accuracy,safety,customers}'::text[]
$$;

-- Those that stand now; a row of nulls when none were set.
create function gate.criteria_of(opening uuid) returns portal.criteria
language sql stable set search_path = pg_catalog, pg_temp as $$
    select criteria from portal.criteria where criteria.opening_id = opening order by criteria.version desc limit 1
$$;

-- "set"; "unchanged"; "meanwhile", when a colleague set others than the page showed; or "refused". A further version leaves the scorecards
-- that are filled in with theirs. Two who set some at once are told by their version: no row is held that an ending could wait for.
-- for: portal_web
create function gate.set_criteria(opening uuid, shown integer, chosen text[]) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    stands portal.criteria;
    made integer;
    wanted text[] := array(select code from unnest(gate.criteria_codes()) with ordinality as listed (code, place)
                           where code = any (chosen) order by place);
    refusal text := gate.refused_unless(viewer, 'employer_admin');
begin
    if refusal is null and not exists (
        select from portal.opening as own where own.id = opening and own.company_id = viewer.company_id) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(@'criteria_set', viewer, refusal);
        return 'refused';
    end if;
    if wanted = '{}' or not chosen <@ gate.criteria_codes() then
        raise exception 'gate.set_criteria: some of the list are chosen' using errcode = 'invalid_parameter_value';
    end if;
    stands := gate.criteria_of(opening);
    if stands.codes = wanted then
        return 'unchanged';
    elsif coalesce(stands.version, 0) = shown then
        insert into portal.criteria (opening_id, company_id, version, codes, set_by)
        values (opening, viewer.company_id, shown + 1, wanted, viewer.account_id) on conflict do nothing returning version into made;
    end if;
    perform gate.record(@'criteria_set', viewer, case when made is null then @'criteria_changed' end, subject => opening,
                        facts => jsonb_build_object('criteria', cardinality(wanted), 'criteria_version', made));
    return case when made is null then 'meanwhile' else 'set' end;
end
$$;
