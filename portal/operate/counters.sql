-- What the server tells everybody about itself would tell of rows that somebody was not shown: how many rows a table has,
-- or a transaction has read, how long a file or the write-ahead log is. Run by a superuser in the portal's database; may be
-- run again.

do $$
declare
    function regprocedure;
begin
    for function in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and (proname like 'pg\_stat\_get\_%'
               or proname like 'pg\_current\_wal%' or proname like 'pg\_last\_wal%'
               or proname in ('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size',
                              'pg_tablespace_size', 'pg_relation_filenode', 'pg_relation_filepath')
               -- one connection of the web process could end another's
               or proname in ('pg_terminate_backend', 'pg_cancel_backend')
               -- a large object outlives the transaction it was made in
               or proname like 'lo\_%' or proname in ('loread', 'lowrite'))
    loop
        execute format('revoke execute on function %s from public', function);
        execute format('grant execute on function %s to portal_owner', function);
    end loop;
end
$$;

-- The planner's estimate of a table's rows stands in pg_class, where everybody may read it.
do $$
declare
    harmless text;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum) into harmless
    from pg_attribute
    where attrelid = 'pg_catalog.pg_class'::regclass and not attisdropped
      and attname not in ('reltuples', 'relpages', 'relallvisible', 'relallfrozen', 'relfilenode', 'relfrozenxid', 'relminmxid');
    revoke select on pg_catalog.pg_class from public;
    execute format('grant select (%s) on pg_catalog.pg_class to public', harmless);
    grant select on pg_catalog.pg_class to portal_owner;
end
$$;
