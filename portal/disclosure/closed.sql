-- Where every gate begins: nothing may be called or read. What a function's own line, its file's head and its domain's rights.sql say comes after.

revoke all on all tables in schema portal, personal, accesslog, gate from public, portal_web, portal_worker, portal_gate;
revoke all on all functions in schema gate, accesslog from public, portal_web, portal_worker;

grant usage on schema portal, personal, accesslog, gate to portal_gate;
grant select on all tables in schema portal, personal, accesslog to portal_gate;
grant usage on schema gate, portal to portal_web;
grant usage on schema gate, accesslog to portal_worker;

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
