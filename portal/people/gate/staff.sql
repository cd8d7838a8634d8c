-- Who of the operator's staff may record what a person says: compliance, the person's own account manager, and whoever looks after a
-- company that the person consented to or is introduced to.

create function gate.looks_after(viewer gate.viewer_row, person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from personal.candidate where candidate.id = person and candidate.account_manager_id = viewer.account_id)
        or exists (select from (select consent.company_id from personal.consent where consent.candidate_id = person
                                union
                                select introduction.company_id from personal.introduction where introduction.candidate_id = person) as theirs
                   where gate.keeps(viewer, theirs.company_id))
$$;

-- Why this viewer may not, as a code; null when they may. Somebody else's person, and one who was erased, is refused as one that does
-- not exist.
create function gate.refused_person(viewer gate.viewer_row, person uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when viewer.role = 'operator_program' then
            case when not exists (select from personal.candidate where id = person) then @'no_such_record' end
        when viewer.session_id is null then @'no_live_session'
        when viewer.role not in ('account_manager', 'compliance') then @'not_for_this_role'
        when not exists (select from personal.candidate where id = person and erased_at is null)
             or viewer.role = 'account_manager' and not gate.looks_after(viewer, person) then @'no_such_record'
    end
$$;

-- The companies of which this viewer may see and record what the person says: all for compliance and the person's own account manager.
create function gate.companies_of_person(viewer gate.viewer_row, person uuid) returns setof uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company.id from portal.company
    where viewer.role in ('compliance', 'operator_program')
       or company.account_manager_id = viewer.account_id or company.id = any (array(select gate.stood_in_for(viewer)))
       or exists (select from personal.candidate where candidate.id = person and candidate.account_manager_id = viewer.account_id)
$$;

-- By number: the one person, without a name. By name: up to ten whose names have all the words. Each of them is an entry about that
-- person with the ground on which they were looked for. A row in either case only for those whom this viewer may find.
-- for: portal_web
create function gate.find_people(number text, asked_name text, ground text)
returns table (person uuid, reference text, name text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role not in ('account_manager', 'compliance') then @'not_for_this_role' end;
    words text[] := gate.words_asked(asked_name);
    found record;
    many integer := 0;
begin
    if refusal is null and words is not null and (ground = any (gate.grounds())) is not true then
        raise exception 'a name is looked for on one of the grounds' using errcode = 'invalid_parameter_value';
    end if;
    for found in
        select candidate.id, candidate.reference, case when words is not null then items.name ->> 'display' end as name
        from personal.candidate left join personal.candidate_items as items on items.candidate_id = candidate.id
        where refusal is null and case when words is null then candidate.reference = number
                   else cardinality(words) > 0 and not exists (
                       select from unnest(words) as word
                       where not exists (select from personal.name_token
                                         where name_token.candidate_id = candidate.id
                                           and name_token.token >= word and name_token.token < (word || U&'\+10FFFF'))) end
          and gate.refused_person(viewer, candidate.id) is null
        order by candidate.reference limit 10
    loop
        many := many + 1;
        perform gate.record(@'person_looked_for', viewer, items => case when words is not null then @name else 0 end, candidate => found.id,
                            facts => jsonb_build_object('ground', case when words is not null then ground end));
        return query select found.id, found.reference, found.name;
    end loop;
    if many = 0 then
        perform gate.record(@'person_looked_for', viewer, coalesce(refusal, @'no_such_record'),
                            facts => jsonb_build_object('ground', case when words is not null then ground end));
    end if;
end
$$;

-- The closed list of grounds on which staff look at what is personal; the words are in portal/people/grounds.py.
create function gate.grounds() returns text[]
language sql immutable parallel safe as $$ select array['person_called', 'person_wrote', 'person_asked', 'complaint', 'legal_duty'] $$;
