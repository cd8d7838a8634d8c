-- The companies whose ordinary records (name, openings, agreements) this viewer may read. The policies ask it.
-- for: portal_web
create function gate.companies() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id
    from gate.viewer() as viewer
    join portal.company
      on case viewer.role
             when 'recruiter' then company.id = viewer.company_id
             when 'employer_admin' then company.id = viewer.company_id
             when 'account_manager' then company.account_manager_id = viewer.account_id or company.id = any (array(select gate.stood_in_for(viewer)))
             when 'compliance' then true
             when 'administrator' then true
             else false
         end
$$;

-- What stands behind a company's name where it is looked for, so that no two are called alike: its corporate number, or the end of its id.
create function gate.mark_of(company portal.company) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(company.corporate_number, upper(right(company.id::text, 8)))
$$;

-- The companies that are called as was asked: by id, by the mark in brackets behind a name, by a whole corporate number, or by part of a
-- name; all of them with nothing asked. Whoever calls it leaves out what a viewer may not read.
create function gate.companies_so_called(asked text) returns table (id uuid, is_just_that boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
    with said as (
        select folded, upper(substring(folded from '\(([0-9]{13}|[0-9a-f]{8})\)$')) as mark,
               case when folded ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then folded::uuid end as id
        from (select btrim(lower(normalize(coalesce(asked, ''), nfkc))) as folded) as written
    )
    select company.id, said.folded = any (string_to_array(company.name_folded, E'\n'))
    from said
    join portal.company
      on case when said.id is not null then company.id = said.id
              when said.mark is not null then gate.mark_of(company) = said.mark
              else strpos(company.name_folded, said.folded) > 0 or company.corporate_number = said.folded end
$$;

-- Up to 20 companies that this viewer may read and that are called so, those first whose name is just that. "manager" is who looks after it,
-- for an administrator.
-- for: portal_web
create function gate.companies_called(asked text, going_on boolean)
returns table (id uuid, name text, name_latin text, mark text, manager text, is_just_that boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, company.name, company.name_latin, gate.mark_of(company),
           case when gate.viewer_role() = 'administrator' then account.display_name end, called.is_just_that
    from gate.companies_so_called(asked) as called
    join portal.company on company.id = called.id and (company.status <> 'terminated' or not going_on)
    left join portal.account on account.id = company.account_manager_id
    where company.id in (select gate.companies())
    order by 6 desc, company.name collate "C", company.id
    limit 20
$$;
