-- Reasons and decisions. The rule reckons with one number, a bit for each of its reasons; an entry has their codes.

create function gate.decision(reasons bigint) returns text
language sql immutable parallel safe as $$
    select case when reasons = 0 then 'permitted' when reasons & @missing_fact = reasons then 'undetermined' else 'refused' end
$$;

create function gate.reason_codes(reasons bigint) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(code order by mask), '{}') from accesslog.reason where reason.mask & reasons <> 0
$$;
