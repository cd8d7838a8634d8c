grant insert on portal.company to portal_gate;

-- By its number, so that files can name it; at random where another one was made under that number.
create function gate.new_reference(number text) returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select case when number is null or exists (select from portal.company where reference = 'C-' || number)
                then 'C-' || gen_random_uuid() else 'C-' || number end
$$;

-- A name as it is compared: without width, case, blanks and the words that say which kind of company it is.
create function gate.bare_name(name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select regexp_replace(regexp_replace(lower(normalize(name, nfkc)), '株式会社|有限会社|合同会社|合資会社|合名会社|\((株|有|同)\)', '', 'g'),
                          '[[:space:].,]|(co\.?,? *ltd|inc|corp|llc|k\.k)\.?[[:space:]]*$', '', 'g')
$$;

-- The company that was made first of those that are called so, and have another number or none, whoever looks after it: a company is not made
-- twice by two managers. For account managers alone.
-- for: portal_web
create function gate.namesake(number text, name text, name_latin text)
returns table (company_id uuid, made boolean, other_name text, other_name_latin text, looked_after_by text, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, false, company.name, company.name_latin, manager.display_name, coalesce(company.account_manager_id = viewer.account_id, false)
    from gate.viewer() as viewer
    join portal.company on viewer.role = 'account_manager'
     and (gate.bare_name(company.name) = gate.bare_name(namesake.name) or gate.bare_name(company.name_latin) = gate.bare_name(namesake.name_latin))
     and (company.corporate_number = namesake.number) is not true
    left join portal.account as manager on manager.id = company.account_manager_id
    order by company.created_at, company.id limit 1
$$;

-- A company whose maker looks after it from then on. It is being set up: no candidate is shown to it before it is active. When
-- another has its corporate number already, nothing is made and that one comes back.
-- for: portal_web
create function gate.create_company(number text, name text, name_latin text, address text, representative text, country text, industry text)
returns table (company_id uuid, made boolean, other_name text, other_name_latin text, looked_after_by text, mine boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role <> 'account_manager' then @'not_for_this_role' end;
    new_id uuid;
begin
    if refusal is null then
        insert into portal.company (reference, corporate_number, name, name_latin, address, representative, country, industry, account_manager_id)
        values (gate.new_reference(number), number, create_company.name, create_company.name_latin,
                create_company.address, create_company.representative, create_company.country, create_company.industry, viewer.account_id)
        on conflict (corporate_number) do nothing returning id into new_id;
    end if;
    if refusal is not null or new_id is not null then
        perform gate.record(@'company_created', viewer, refusal, company => new_id, subject => new_id);
    end if;
    return query
    select company.id, new_id is not null, company.name, company.name_latin, manager.display_name,
           coalesce(company.account_manager_id = viewer.account_id, false)
    from portal.company left join portal.account as manager on manager.id = company.account_manager_id
    where refusal is null and (company.id = new_id or (new_id is null and company.corporate_number = number));
end
$$;
