-- Row-level security, forced everywhere: even a table's owner reads through a policy. The gate and the owner's programs read
-- all rows by policy; the web process reads ordinary records of the companies its session may see, and nothing else.

do $$
declare
    place record;
begin
    for place in
        select relnamespace::regnamespace::text as schema, relname as name
        from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text in ('portal', 'personal', 'accesslog')
    loop
        execute format('alter table %I.%I enable row level security', place.schema, place.name);
        execute format('alter table %I.%I force row level security', place.schema, place.name);
        execute format('create policy gate_all on %I.%I to portal_gate using (true) with check (true)', place.schema, place.name);
        execute format('drop policy if exists owner_all on %I.%I', place.schema, place.name);
        execute format('create policy owner_all on %I.%I to portal_owner using (true) with check (true)', place.schema, place.name);
    end loop;
end
$$;

create policy web_reads on portal.item for select to portal_web using (true);
create policy web_reads on portal.purpose for select to portal_web using (true);
create policy web_reads on portal.regime for select to portal_web using (true);
create policy web_reads on portal.reason for select to portal_web using (true);
create policy web_reads on portal.notice for select to portal_web using ((select gate.viewer_account()) is not null);

create policy web_reads on portal.company for select to portal_web using (id = any (array(select gate.companies())));
create policy web_reads on portal.opening for select to portal_web using (company_id = any (array(select gate.companies())));
create policy web_reads on portal.agreement for select to portal_web using (company_id = any (array(select gate.companies())));
create policy web_reads on portal.company_group for select to portal_web
    using (exists (select from portal.company where company.group_id = company_group.id));
create policy web_reads on portal.account for select to portal_web
    using (id = (select gate.viewer_account())
           or company_id = any (array(select gate.companies()))
           or (select gate.viewer_role()) in ('administrator', 'compliance'));
create policy web_reads on portal.undertaking for select to portal_web
    using (account_id = (select gate.viewer_account())
           or (select gate.viewer_role()) = 'compliance'
           or agreement_id in (select agreement.id from portal.agreement where (select gate.viewer_role()) in ('account_manager', 'employer_admin')));
