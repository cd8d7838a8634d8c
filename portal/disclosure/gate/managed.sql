-- What those see who look after companies.

-- Whether the viewer may look at introductions as the operator does; the answer is recorded either way.
create function gate.may_manage(company uuid, facts jsonb) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role not in ('account_manager', 'compliance') then @'not_for_this_role'
        when company is not null and company not in (select gate.companies()) then @'other_company'
    end;
begin
    perform gate.record(@'introductions_listed', viewer, refusal, company => company, facts => facts);
    return refusal is null;
end
$$;

-- The account manager's list: who was put forward where, and whether anything is open. No names.
-- for: portal_web
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
    if not gate.may_manage(company, jsonb_build_object('open', standing_open, 'code', case when asked_code is not null then true end)) then
        return;
    end if;
    mine := array(select found from gate.companies() as found where company is null or found = company);
    return query
    select page.introduction_id, page.code, page.company_id, company.name, company.name_latin, opening.title, opening.title_latin, page.stage,
           case when page.decided_at is not null then gate.latest_outcome(page.introduction_id) end,
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

-- How many introductions there are of some companies, by company and opening, for those who look after them. An entry names
-- the company when it is asked for alone.
-- for: portal_web
create function gate.introduction_counts(companies uuid[])
returns table (company_id uuid, opening_id uuid, introductions bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if gate.may_manage(case when cardinality(companies) = 1 then companies[1] end, jsonb_build_object('counted', true)) then
        return query
        select counted.company_id, counted.opening_id, count(*)
        from personal.introduction as counted
        where counted.company_id in (select found from gate.companies() as found where found = any (companies))
        group by counted.company_id, counted.opening_id;
    end if;
end
$$;
