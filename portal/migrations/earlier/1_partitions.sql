-- Making the log's partitions is one thing, keeping those of the coming months another: a demo's log begins months ago.

-- Makes the partitions of every month from the first day's to the last day's that has none. The owner alone may call it.
create function accesslog.make_partitions(from_day date, to_day date) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made integer := 0;
    first timestamp;
    parent text;
    partition text;
begin
    perform pg_advisory_xact_lock(hashtext('accesslog.keep_partitions'));
    for first in select generate_series(date_trunc('month', from_day::timestamp), date_trunc('month', to_day::timestamp), '1 month')
    loop
        foreach parent in array array['entry', 'entry_subject'] loop
            partition := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
            if to_regclass(format('accesslog.%I', partition)) is null then
                execute format('create table accesslog.%I partition of accesslog.%I for values from (%L) to (%L)',
                               partition, parent, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
                execute format('alter table accesslog.%I enable row level security', partition);
                execute format('alter table accesslog.%I force row level security', partition);
                execute format('create trigger no_truncate before truncate on accesslog.%I for each statement execute function accesslog.refuse_change()',
                               partition);  -- a partition does not inherit it, as it does the triggers for each row
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$$;
revoke all on function accesslog.make_partitions(date, date) from public;

create or replace function accesslog.keep_partitions(months_ahead integer default 12) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select accesslog.make_partitions(today, (today + make_interval(months => months_ahead))::date)
    from (select date_trunc('month', now() at time zone 'UTC')::date as today) as this
$$;
