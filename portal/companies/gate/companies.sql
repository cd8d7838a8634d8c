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
