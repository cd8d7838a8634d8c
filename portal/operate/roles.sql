-- The database's roles and what PUBLIC loses. Run by an administrator; may be run again.
-- Passwords are set separately, as verifiers.

do $$
declare
    role_name text;
begin
    foreach role_name in array array['portal_owner', 'portal_gate', 'portal_web', 'portal_worker'] loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I', role_name);
        end if;
    end loop;
end
$$;

-- The owner migrates. It inherits the gate's role, whose functions it makes and replaces.
alter role portal_owner login inherit nocreatedb nocreaterole;
-- The gate owns the functions through which personal data passes. Nobody signs in as it.
alter role portal_gate nologin noinherit nocreatedb nocreaterole;
-- The web process and the worker inherit nothing from anyone.
alter role portal_web login noinherit nocreatedb nocreaterole;
alter role portal_worker login noinherit nocreatedb nocreaterole;

do $$
begin
    if not pg_has_role('portal_owner', 'portal_gate', 'member') then
        grant portal_gate to portal_owner;
    end if;
end
$$;

-- Whatever a role was made to keep for itself, in one database or in all, is forgotten first: it may set that itself.
alter role portal_web reset all;
alter role portal_worker reset all;
do $$
declare
    kept record;
begin
    for kept in
        select pg_get_userbyid(setrole) as role, datname from pg_db_role_setting join pg_database on pg_database.oid = setdatabase
        where pg_get_userbyid(setrole) in ('portal_web', 'portal_worker')
    loop
        execute format('alter role %I in database %I reset all', kept.role, kept.datname);
    end loop;
end
$$;

-- A request that hangs lets go of its locks; a sealed log waits for no forgotten transaction.
alter role portal_web set idle_in_transaction_session_timeout = '10s';
alter role portal_web set statement_timeout = '15s';
alter role portal_web set lock_timeout = '5s';
alter role portal_web set jit = 'off';
alter role portal_worker set idle_in_transaction_session_timeout = '60s';
alter role portal_worker set lock_timeout = '10s';
alter role portal_worker set jit = 'off';

-- A value that cannot be cast is quoted in the error, which the server's own log is not to keep as well. Only a superuser can say so.
do $$
begin
    alter role portal_web set log_min_messages = 'fatal';
exception when insufficient_privilege then
    raise notice 'the server logs errors of portal_web, with the values in them: see docs/configuration.md';
end
$$;
