-- How many rows of a table a transaction has read tells of rows that it was not shown; and a large object outlives the
-- transaction it was made in. Run by a superuser in the portal's database; may be run again.

do $$
declare
    function regprocedure;
begin
    for function in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and (proname like 'pg\_stat\_get\_%' and pronargs = 1 and proargtypes[0] = 'oid'::regtype
               or proname like 'lo\_%' or proname in ('loread', 'lowrite'))
    loop
        execute format('revoke execute on function %s from public', function);
    end loop;
end
$$;
