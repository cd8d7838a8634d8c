-- An entry names its reasons by their codes: 27 of the 31 bits of a number were taken, and a bit means nothing by itself.
create function accesslog.codes_of(reasons integer) returns text[]
language sql stable as $$ select array_agg(code order by mask) from portal.reason where mask & reasons <> 0 $$;

alter table accesslog.entry
    alter column reasons drop default,
    alter column reasons drop not null,
    alter column reasons type text[] using case when reasons <> 0 then accesslog.codes_of(reasons) end;

drop function accesslog.codes_of(integer);
drop table portal.reason;

-- Entries of the first version say neither of what kind their subject is nor what their act was about.
alter table accesslog.entry
    add column subject_kind text,
    add column facts jsonb,
    alter column schema_version set default 2;
