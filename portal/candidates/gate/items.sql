create function gate.item_codes(items integer) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(code order by mask), '{}') from portal.item where item.mask & items <> 0
$$;

create function gate.purpose_codes(purposes integer) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(code order by mask), '{}') from portal.purpose where purpose.mask & purposes <> 0
$$;
