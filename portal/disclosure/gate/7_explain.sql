-- Of a purpose's items those that are not open although the purpose is, each with what keeps it closed.
create function gate.closed_items(for_purpose text, open integer, agreed integer, consented integer, admitted integer) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('item', item.code, 'because', array_remove(array[
               case when agreed & item.mask = 0 then 'not_in_agreement' end,
               case when consented & item.mask = 0 then 'not_in_consent' end,
               case when admitted & item.mask = 0 then 'not_admitted_by_law' end], null)) order by item.mask), '[]')
    from portal.item join portal.purpose on purpose.code = for_purpose
    where purpose.items & item.mask <> 0 and open & item.mask = 0
$$;

-- "Why can company A (not) see X?" For compliance, and for the account manager who looks after the company. Never for a recruiter.

create function gate.explain(introduction uuid)
returns table (introduction_id uuid, code text, candidate_reference text, company_id uuid, company_name text, company_name_latin text,
               opening_title text, opening_title_latin text, stage text,
               selection_decision text, selection_reasons text[], selection_items text[],
               contact_decision text, contact_reasons text[], contact_items text[],
               facts jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    standing record;
    refusal integer;
begin
    select * into standing from gate.standing as found where found.introduction_id = introduction;
    refusal := case
        when viewer.session_id is null then @no_live_session
        when viewer.role not in ('compliance', 'account_manager') then @not_for_this_role
        when standing.introduction_id is null then @no_such_record
        when standing.company_id not in (select gate.companies()) then @other_company
        else 0
    end;
    perform gate.record('explained', viewer, refusal, introduction, company => standing.company_id, candidate => standing.candidate_id);
    if refusal <> 0 then
        return;
    end if;
    return query
    select standing.introduction_id, standing.code, candidate.reference, company.id, company.name, company.name_latin,
           opening.title, opening.title_latin, standing.stage,
           gate.decision(standing.selection_reasons), gate.reason_codes(standing.selection_reasons), gate.item_codes(standing.selection_items),
           gate.decision(standing.contact_reasons), gate.reason_codes(standing.contact_reasons), gate.item_codes(standing.contact_items),
           jsonb_build_object(
               'company_status', company.status, 'company_country', company.country, 'regime', candidate.regime,
               'agreement_number', agreement.number, 'agreement_until', gate.end_of(agreement),
               'selection_closed', gate.closed_items('selection', standing.selection_items, agreement.items, consent.items,
                                                     regime.items | consent.explicit_items),
               'contact_closed', gate.closed_items('contact', standing.contact_items, agreement.items, consent.items,
                                                   regime.items | consent.explicit_items),
               'consent_given_at', consent.given_at, 'consent_until', consent.expires_at, 'consent_withdrawn_at', consent.withdrawn_at,
               'decided_at', standing.decided_at, 'contact_until', standing.contact_until)
    from portal.company
    join portal.opening on opening.id = standing.opening_id
    join personal.candidate on candidate.id = standing.candidate_id
    left join portal.regime on regime.code = candidate.regime
    left join portal.agreement on agreement.id = standing.agreement_id
    left join personal.consent on consent.id = standing.consent_id
    where company.id = standing.company_id;
end
$$;

-- The account manager's list: who was put forward where, and whether anything is open. No names.
create function gate.managed_introductions(
    company uuid, standing_open boolean, asked_code text, from_at timestamptz, from_id uuid, backwards boolean, page_size integer
)
returns table (introduction_id uuid, code text, company_id uuid, company_name text, company_name_latin text, opening_title text, opening_title_latin text,
               stage text, outcome text, introduced_at timestamptz, selection_open boolean, contact_open boolean, reasons text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    mine uuid[];
begin
    if not gate.may_manage(company) then
        return;
    end if;
    mine := array(select found from gate.companies() as found where company is null or found = company);
    return query
    select page.introduction_id, page.code, page.company_id, company.name, company.name_latin, opening.title, opening.title_latin, page.stage,
           (select latest.result from personal.outcome latest where latest.introduction_id = page.introduction_id
            order by latest.recorded_at desc, latest.id desc limit 1),
           page.introduced_at, page.selection_items <> 0, page.contact_items <> 0,
           gate.reason_codes(page.selection_reasons & page.contact_reasons)
    from (
        (select * from gate.standing as older
         where not backwards and older.company_id = any (mine)
           and (asked_code is null or older.code = asked_code)
           and (from_at is null or (older.introduced_at, older.introduction_id) < (from_at, from_id))
           and (standing_open is null or (older.selection_items | older.contact_items <> 0) = standing_open)
         order by older.introduced_at desc, older.introduction_id desc limit least(page_size, 100))
        union all
        (select * from gate.standing as newer
         where backwards and newer.company_id = any (mine)
           and (asked_code is null or newer.code = asked_code)
           and (newer.introduced_at, newer.introduction_id) > (from_at, from_id)
           and (standing_open is null or (newer.selection_items | newer.contact_items <> 0) = standing_open)
         order by newer.introduced_at, newer.introduction_id limit least(page_size, 100))
    ) as page
    join portal.company on company.id = page.company_id
    join portal.opening on opening.id = page.opening_id
    order by page.introduced_at desc, page.introduction_id desc;
end
$$;

-- How many introductions there are, by company and opening, for those who look after the companies.
create function gate.introduction_counts(company uuid)
returns table (company_id uuid, opening_id uuid, introductions bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if gate.may_manage(company) then
        return query
        select counted.company_id, counted.opening_id, count(*)
        from personal.introduction as counted
        where counted.company_id in (select found from gate.companies() as found where company is null or found = company)
        group by counted.company_id, counted.opening_id;
    end if;
end
$$;

-- Whether the viewer may look at introductions as the operator does; the answer is recorded either way.
create function gate.may_manage(company uuid) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal integer := case
        when viewer.session_id is null then @no_live_session
        when viewer.role not in ('account_manager', 'compliance') then @not_for_this_role
        when company is not null and company not in (select gate.companies()) then @other_company
        else 0
    end;
begin
    perform gate.record('introductions_listed', viewer, refusal, company => company);
    return refusal = 0;
end
$$;
