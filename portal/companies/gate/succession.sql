-- Who a recipient is: name, corporate number, country, address and representative. Agreements and consents stand on it. When one of them
-- becomes another, whoever writes it, nothing is disclosed until compliance has recorded what happened, with its evidence (S59, S60).

create function gate.identity(company portal.company) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object('name', company.name, 'corporate_number', company.corporate_number, 'country', company.country,
                              'address', company.address, 'representative', company.representative)
$$;

-- What of a known identity became another. What was not known and is filled in is no change.
create function gate.identity_changes(former jsonb, later jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(was.key order by was.key), '{}') from jsonb_each(former) as was
    where was.value <> 'null' and later -> was.key is distinct from was.value
$$;

-- Which kinds of succession these changes can be. Another number or country is another legal person.
create function gate.succession_kinds(changes text[]) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when changes && array['corporate_number', 'country'] then array['merged']
                when 'name' = any (changes) then array['renamed', 'merged']
                when 'representative' = any (changes) then array['representative', 'merged']
                else array['moved', 'merged'] end
$$;

-- The companies that wait for compliance because of who they are now, the longest wait first; one of them, or all.
-- for: portal_web
create function gate.companies_in_succession(asked uuid default null)
returns table (company_id uuid, name text, name_latin text, since timestamptz, changed_at timestamptz, former jsonb, later jsonb, kinds text[], recorded jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, company.name, company.name_latin, company.identity_changed_at, company.changed_at, company.stood_as, gate.identity(company),
           gate.succession_kinds(gate.identity_changes(company.stood_as, gate.identity(company))),
           (select coalesce(jsonb_agg(jsonb_build_object('kind', said.kind, 'evidence', said.evidence, 'recorded_at', said.recorded_at,
                                                         'recorded_by', account.display_name) order by said.recorded_at desc), '[]')
            from portal.succession as said join portal.account on account.id = said.recorded_by where said.company_id = company.id)
    from portal.company
    where gate.viewer_role() = 'compliance' and company.identity_changed_at is not null and (asked is null or company.id = asked)
    order by company.identity_changed_at, company.id
$$;

-- "recorded", and disclosure goes on: after a merger only for whoever consents to the new recipient. "meanwhile" when the company was changed
-- after "seen", "not_this_kind" when the change cannot be that, "over" when none waits. Null: it is not for this viewer.
-- for: portal_web
create function gate.record_succession(asked uuid, seen timestamptz, kind text, evidence text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.company;
    answer text;
begin
    if refusal is null then
        select company.* into found from portal.company where company.id = asked for no key update;
        viewer := gate.viewer();  -- who waited for it may have been suspended
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case when found.id is null then @'no_such_record' end);
    end if;
    answer := case
        when refusal is not null then null
        when found.identity_changed_at is null then 'over'
        when found.changed_at <> seen then 'meanwhile'
        when gate.is_blank(evidence) then 'unproved'
        when kind <> all (gate.succession_kinds(gate.identity_changes(found.stood_as, gate.identity(found)))) then 'not_this_kind'
        else 'recorded'
    end;
    refusal := case answer when 'recorded' then null when 'unproved' then @'unproved' else coalesce(refusal, @'not_now') end;
    perform gate.record(@'succession_recorded', viewer, refusal, company => found.id, subject => found.id,
                        facts => case when answer = 'recorded' then jsonb_build_object('succession', kind) end);
    if answer = 'recorded' then
        insert into portal.succession (company_id, kind, former, later, changed_at, evidence, recorded_by)
        values (asked, record_succession.kind, found.stood_as, gate.identity(found), found.identity_changed_at,
                record_succession.evidence, viewer.account_id);
        update portal.company
        set identity_changed_at = null, stood_as = null,
            succeeded_at = case when record_succession.kind = 'merged' then clock_timestamp() else succeeded_at end
        where company.id = asked;
        perform gate.put_mail('succession_recorded', found.account_manager_id) where found.account_manager_id is not null;
    end if;
    return answer;
end
$$;
